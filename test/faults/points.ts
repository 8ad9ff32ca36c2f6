/**
 * Crash points: a port whose every call passes a gate before and after its effect. What the gate does there is the fault:
 * nothing, a throw, a pause, or the death of the process, in which no call ever answers again.
 */

export interface Point {
  /** Port and method, e.g. `store.transaction`. */
  label: string;
  side: 'before' | 'after';
}
export type Gate = (point: Point) => Promise<void>;

/** The port with the gate around each method that is a function; other members are as they were. */
export function withGate<P extends object>(name: string, port: P, gate: Gate): P {
  return new Proxy(port, {
    get(target, key) {
      const member: unknown = Reflect.get(target, key);
      if (typeof member !== 'function' || typeof key !== 'string') return member;
      const label = `${name}.${key}`;
      return async (...input: unknown[]): Promise<unknown> => {
        await gate({ label, side: 'before' });
        const answer: unknown = await Reflect.apply(member, target, input);
        await gate({ label, side: 'after' });
        return answer;
      };
    },
  });
}

/** One life of a process: once it has died, whoever passes its gate stays there for ever. */
export interface Life {
  gate: Gate;
  kill(): void;
  /** Stands still, heartbeats too, as a process whose CPU was taken away; the world goes on without it. */
  freeze(): void;
  thaw(): void;
  /** Resolves when it dies or freezes: nobody hears of it any more. */
  gone: Promise<'gone'>;
}

/** `onPoint` is told every point with its number, from 0, and may call `kill` or `freeze`, throw or take its time. */
export function newLife(onPoint: (point: Point, number: number, life: Life) => Promise<void> | void): Life {
  const leaving = Promise.withResolvers<'gone'>();
  let ice: PromiseWithResolvers<void> | undefined;
  let isDead = false;
  let passed = 0;
  const life: Life = {
    gone: leaving.promise,
    kill() {
      isDead = true;
      leaving.resolve('gone');
    },
    freeze() {
      ice = Promise.withResolvers();
      leaving.resolve('gone');
    },
    thaw: () => ice?.resolve(),
    async gate(point) {
      if (isDead) return forever;
      await ice?.promise;
      const number = passed;
      passed += 1;
      await onPoint(point, number, life);
      await ice?.promise;
      if (isDead) return forever;
    },
  };
  return life;
}

const forever = new Promise<never>(() => undefined);

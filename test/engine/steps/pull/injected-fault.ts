/** Fails one effect of a pull, before or after it took place: a call, a segment, a commit, a transaction. */
import type { pullWorld } from './pull-world.ts';

type World = ReturnType<typeof pullWorld>;

export class InjectedFault extends Error {
  /** Effect number `at` / 2 fails: before it when `at` is even, after it when odd. */
  static at(at: number, world: World): { hasHappened(): boolean } {
    let effects = 0;
    let hasHappened = false;
    const around = <A extends unknown[], T>(act: (...args: A) => Promise<T>) => {
      return async (...args: A): Promise<T> => {
        const isHit = effects++ === Math.floor(at / 2);
        hasHappened ||= isHit;
        if (isHit && at % 2 === 0) throw new InjectedFault(`before effect ${effects}`);
        const result = await act(...args);
        if (isHit) throw new InjectedFault(`after effect ${effects}`);
        return result;
      };
    };
    world.xero.read = around(world.xero.read.bind(world.xero));
    world.mirror.writeSegment = around(world.mirror.writeSegment.bind(world.mirror));
    world.mirror.commit = around(world.mirror.commit.bind(world.mirror));
    const { transaction } = world.store;
    world.store.transaction = around(transaction.bind(world.store)) as typeof transaction;
    return { hasHappened: () => hasHappened };
  }
}

/** A readers–writer lock within this process: many share it, or one has it for itself. */
import { turns } from '../domain/turns.ts';

export interface SharedLock {
  /** Beside others that share. */
  share<T>(act: () => Promise<T>): Promise<T>;
  /** With nobody else: begins when all who share have ended, and nobody begins before it has. */
  exclude<T>(act: () => Promise<T>): Promise<T>;
  /** Somebody waits for all who share to end: whoever can end early does. */
  isAwaited(): boolean;
}

export function sharedLock(): SharedLock {
  const inTurn = turns();
  let sharing = 0;
  let excluding = 0;
  let waiting: Array<() => void> = [];
  /** Resolves when something changed: who waits looks again. */
  const change = () => new Promise<void>((resolve) => waiting.push(resolve));
  const changed = (): void => {
    const woken = waiting;
    waiting = [];
    for (const wake of woken) wake();
  };
  return {
    async share(act) {
      while (excluding > 0) await change();
      sharing += 1;
      try {
        return await act();
      } finally {
        sharing -= 1;
        changed();
      }
    },
    async exclude(act) {
      excluding += 1;
      try {
        return await inTurn(async () => {
          while (sharing > 0) await change();
          return act();
        });
      } finally {
        excluding -= 1;
        changed();
      }
    },
    isAwaited: () => excluding > 0,
  };
}

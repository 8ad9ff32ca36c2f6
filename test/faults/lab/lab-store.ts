/** The Store as one life of a server sees it: the real SQLite store of the world, with others coming between a transaction and its commit. */
import type { Store, Transaction } from '../../../server/ports.ts';
import type { Dice } from './dice.ts';
import type { Life } from './life.ts';
import type { FaultPlan } from './plan.ts';
import type { Scheduler } from './scheduler.ts';
import type { Watch } from './watch.ts';

export function labStore(
  store: Store,
  {
    life,
    scheduler,
    plan,
    dice,
    watch,
  }: { life: Life; scheduler: Scheduler; plan: FaultPlan; dice: Dice; watch: Watch },
): Store {
  return {
    ...store,
    async transaction(act) {
      let writes: Array<() => void> = [];
      const answer = await store.transaction(async (tx) => {
        writes = [];
        const seen: Transaction = {
          ...tx,
          create(collection, id, data) {
            writes.push(() => watch.stored(life, collection, id, data));
            tx.create(collection, id, data);
          },
          set(collection, id, data) {
            writes.push(() => watch.stored(life, collection, id, data));
            tx.set(collection, id, data);
          },
        };
        const result = await act(seen);
        if (dice.next() < plan.habits.contention) await scheduler.park(life);
        return result;
      });
      for (const write of writes) write();
      return answer;
    },
  };
}

/** The store answers nobody for minutes or an hour: every call fails, hangs until it is given up, or only writes are refused (F52). */
import type { HttpRequest } from '../../../server/domain/http-message.ts';
import { RetryError } from '../../../server/errors.ts';
import type { Store } from '../../../server/ports.ts';
import type { Wire } from './lab-network.ts';
import type { LabWorld } from './lab-world.ts';
import type { Life } from './life.ts';

export interface StoreOutages {
  /** The world's store as one life reaches it. */
  store(store: Store, life: Life): Store;
  /** Its network, on which nothing is written into a spreadsheet long after the store went away. */
  wire(wire: Wire): Wire;
}

type Mode = 'fails' | 'hangs' | 'read-only';

const minute = 60_000;
/** A client gives a call up after so long. */
const patienceMs = minute;
/** What was under way when the store went: a slow call each way, and the read before it. */
const underWayMs = 10 * minute;

export function storeOutages({ scheduler, watch, plan, extras, graces }: LabWorld): StoreOutages {
  const { dice } = extras;
  let left = extras.outages;
  let calls = 0;
  let nextAt = dice.one([10, 40, 100, 200]);
  let present: { mode: Mode; from: number; until: number } | undefined;

  const outage = (): typeof present => {
    calls += 1;
    if (present !== undefined && (plan.isCalm() || scheduler.now() >= present.until)) {
      watch.event('the store is back');
      present.until = Math.min(present.until, scheduler.now());
      present = undefined;
      nextAt = calls + dice.one([100, 500]);
    }
    if (present === undefined && left > 0 && calls >= nextAt && !plan.isCalm()) {
      left -= 1;
      const mode = dice.one<Mode>(['fails', 'hangs', 'read-only']);
      const ms = dice.one([2, 2, 12, 61]) * minute;
      present = { mode, from: scheduler.now(), until: scheduler.now() + ms };
      graces.away(present);
      watch.event(`the store ${mode} for ${ms / minute} minutes`);
    }
    return present;
  };
  const failed = (): RetryError => {
    watch.disturbed();
    return new RetryError('INJECTED_FAULT', { label: 'store', when: 'outage' });
  };
  const meet = async <T>(life: Life, isWrite: boolean, call: () => Promise<T>): Promise<T> => {
    const now = outage();
    if (now === undefined || (now.mode === 'read-only' && !isWrite)) return call();
    if (now.mode !== 'hangs') throw failed();
    // Some of what nobody hears of is done all the same.
    if (isWrite && dice.chance(0.1)) await call();
    await scheduler.sleepUntil(Math.min(scheduler.now() + patienceMs, now.until), life);
    throw failed();
  };

  return {
    store: (store, life) => ({
      get: (collection, id) => meet(life, false, () => store.get(collection, id)),
      query: (collection, query) => meet(life, false, () => store.query(collection, query)),
      create: (collection, id, data) => meet(life, true, () => store.create(collection, id, data)),
      replace: (collection, id, revision, data) =>
        meet(life, true, () => store.replace(collection, id, revision, data)),
      delete: (collection, id, revision) => meet(life, true, () => store.delete(collection, id, revision)),
      transaction: (act) => meet(life, true, () => store.transaction(act)),
    }),
    wire: (wire) => ({
      ...wire,
      exchange(request: HttpRequest, life: Life) {
        const isWrite = request.method === 'POST' && request.url.includes(':batchUpdate');
        const awayMs = present === undefined ? 0 : scheduler.now() - present.from;
        if (isWrite && present?.mode !== 'read-only' && awayMs > underWayMs && plan.habits.freezes === 0)
          watch.violate('I15', `a write ${awayMs} ms after the store went away`);
        return wire.exchange(request, life);
      },
    }),
  };
}

/** Runs of long ago go, a bounded number at a time, and what people still see stays. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Run } from '../../../server/domain/run.ts';
import { type SqliteStore, sqliteStore } from '../../../server/embedded/sqlite-store.ts';
import { pruneRuns } from '../../../server/engine/upkeep/prune-runs.ts';
import { runDocument } from '../../support/documents.ts';
import { exporterDocument } from '../../support/exporter-document.ts';
import { virtualClock } from '../../support/virtual-clock.ts';

const day = 24 * 3_600_000;
const options = { keepRunsMs: 90 * day };
let store: SqliteStore;
const clock = virtualClock(1_000 * day);
beforeEach(() => {
  store = sqliteStore(':memory:');
});
afterEach(() => store.close());

const put = (id: string, ageDays: number, change: Partial<Run> = {}) => {
  const at = clock.now() - ageDays * day;
  return store.create(
    'runs',
    id,
    runDocument({ requestedAt: at, endedAt: at, status: 'succeeded', ...change }),
  );
};
const left = async () => (await store.query('runs', { limit: 1_000 })).map(({ id }) => id);

test('ended runs go after ninety days, and the last of each exporter stays', async () => {
  await store.create(
    'exporters',
    'exporter',
    exporterDocument({ lastRunId: 'last', activeRunId: 'endless' }),
  );
  await store.create('exporters', 'gone', exporterDocument({ lastRunId: 'its-last', status: 'deleted' }));
  await put('old', 91);
  await put('last', 300);
  await put('its-last', 300, { exporterId: 'gone' });
  await put('orphan', 300, { exporterId: 'nobody' });
  await put('young', 89);
  await put('endless', 200, { status: 'waiting', endedAt: null });
  await put('late', 91, { endedAt: clock.now() - 89 * day });
  expect(await pruneRuns({ store, clock }, options)()).toBe(3);
  expect(await left()).toEqual(['endless', 'last', 'late', 'young']);
});

test('many that stay do not keep others from going', async () => {
  for (let at = 0; at < 250; at += 1) {
    const id = `e${String(at).padStart(3, '0')}`;
    await store.create('exporters', id, exporterDocument({ lastRunId: `${id}.last` }));
    await put(`${id}.last`, 500 - at / 1_000, { exporterId: id });
  }
  await put('old', 100);
  const chore = pruneRuns({ store, clock }, options);
  expect(await chore()).toBe(0);
  expect(await chore()).toBe(1);
  expect(await left()).toHaveLength(250);
});

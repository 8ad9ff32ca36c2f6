/** Every dataset of the catalogue with all of its columns, through consent, pull and publish, into a tab that is read back. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { catalogue } from '../../server/datasets/index.ts';
import { hasEnded } from '../../server/domain/run.ts';
import type { RunView } from '../../shared/contract/run.ts';
import { temporaryFolders } from '../support/folders.ts';
import { amelia, type ServedPerson, servedPerson } from '../support/served-person.ts';
import { type ServedWorld, servedWorld } from '../support/served-world.ts';

const folder = temporaryFolders();
let world: ServedWorld;
let person: ServedPerson;
const exporters = new Map<string, { id: string; spreadsheetId: string }>();

beforeAll(async () => {
  world = await servedWorld({ folder: folder() });
  await world.work();
  person = await servedPerson(world, amelia);
  const [connection] = await person.connectXero();
  for (const { id: dataset, columns } of catalogue) {
    // A spreadsheet each: those of one take turns.
    const { id: spreadsheetId } = await person.call('createSpreadsheet', { body: { title: dataset } });
    const body = {
      name: dataset,
      connectionId: connection?.id ?? '',
      dataset,
      columns: columns.map(({ key }) => key),
      destination: { spreadsheetId },
    };
    exporters.set(dataset, await person.call('createExporter', { body }));
  }
});
afterAll(() => world.close());

async function runAll(): Promise<Map<string, RunView>> {
  const runs = new Map<string, RunView>();
  for (const [dataset, { id }] of exporters)
    runs.set(dataset, await person.call('startRun', { params: { exporterId: id }, body: {} }));
  for (const [dataset, started] of runs) {
    let run = started;
    while (!hasEnded(run)) {
      await world.clock.sleep(50);
      run = await person.call('getRun', { params: { runId: run.id } });
    }
    runs.set(dataset, run);
  }
  return runs;
}

/** In the books of this organisation nobody has one. */
const unseen = new Set(['contact-persons']);

it('is written with every column, nothing left out and nothing unread', async () => {
  const runs = await runAll();
  for (const { id, columns } of catalogue) {
    const run = runs.get(id);
    expect(run, id).toMatchObject({ status: 'succeeded', error: null, gaps: [] });
    const rows = run?.counters.rows ?? 0;
    expect(rows > 0, id).toBe(!unseen.has(id));
    const isByMonth = columns.some(({ key }) => key === 'months');
    if (!isByMonth) expect(run?.counters.cellsWritten, id).toBe((rows + 1) * columns.length);
  }
}, 120_000);

it('is not written again when nothing changed, for one call of each list', async () => {
  const calls = world.asked.filter(({ url }) => url.includes('/api.xro/')).length;
  const runs = [...(await runAll()).values()];
  expect(runs.map(({ counters }) => counters.cellsWritten)).toEqual(runs.map(() => 0));
  const lists = new Set(catalogue.flatMap(({ needs }) => needs.resources));
  expect(world.asked.filter(({ url }) => url.includes('/api.xro/')).length - calls).toBe(lists.size);
}, 120_000);

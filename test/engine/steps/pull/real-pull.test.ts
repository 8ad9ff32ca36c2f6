/** Against the sandbox's own books, so that whatever one side gets wrong the other shows. */
import { describe, expect, it } from 'vitest';
import { catalogue, datasetById } from '../../../../server/datasets/index.ts';
import { rowsOf } from '../../../../server/datasets/rows-of.ts';
import { reconciledDatasets, reconcileTabs, type Tabs } from '../../../../server/demo/reconcile.ts';
import { sumDecimals } from '../../../../server/domain/money.ts';
import type { Cell, Mirror } from '../../../../server/mirror/mirror.ts';
import { resourceNamed } from '../../../../server/resources/index.ts';
import type { Column } from '../../../../server/resources/resource.ts';
import { everyNeed, realWorlds } from './real-world.ts';

const realWorld = realWorlds();

async function tableOf(mirror: Mirror, id: string, at: number, columns: string[] | null = null) {
  const { columns: shown, batches } = await rowsOf(mirror, datasetById(id), {
    params: {},
    columns,
    filters: [],
    at,
  });
  const rows: Array<Record<string, Cell>> = [];
  let gaps = 0;
  for await (const batch of batches) {
    gaps += batch.gaps.length;
    for (const row of batch.rows)
      rows.push(Object.fromEntries(shown.map(({ key }, place) => [key, row[place] ?? null])));
  }
  return { columns: shown, rows, gaps };
}

/** What the books of the first organisation do not have: a registration number, stock, credits with two tracking categories. */
const absent =
  /: registration-number$|^items: (quantity-on-hand|total-cost-pool)$|^(pre|over)payment-lines: tracking-2-/;
/** Datasets without a row in the sandbox; their golden pair shows them. */
const unseen = new Set(['contact-persons']);

describe.each([0, 1, 2, 3, 4, 5])('organisation %i of the sandbox', (organisation) => {
  it('lands in the mirror whole and settled, in few calls; so does what a hundredth of changes makes of it', async () => {
    const world = await realWorld({}, organisation);
    const first = await world.pull(everyNeed());
    expect(first.gaps).toEqual([]);
    const index = await world.mirror.index();
    for (const name of everyNeed().resources) {
      const { count = 0 } = index.resources[name] ?? {};
      if (organisation === 0) expect(count, name).toBeGreaterThan(0);
      const { path } = resourceNamed(name);
      const calls = world.calls.filter((call) => call.path === path).length;
      expect(calls, name).toBeLessThanOrEqual(Math.ceil(count / 1000) + 2);
    }
    expect(world.inFlight.most).toBeLessThanOrEqual(5);
    if (organisation === 0) {
      await expectAgreement(world);
      const idle = await world.pull(everyNeed());
      expect(idle.xeroCalls).toBe(everyNeed().resources.length);
      expect((await world.mirror.index()).generation).toBe(index.generation);
    }

    world.sandbox.control.change({ organisation: world.organisationId, fraction: 0.01, seed: 7 });
    await world.pull(everyNeed());
    expect((await world.mirror.index()).generation).toBe(index.generation + 1);
    await expectAgreement(world);
    for await (const batch of world.mirror.ids('reports', []))
      for (const { state } of batch) expect(state).toBe('settled');
    if (organisation === 0) await expectRows(world);
  }, 120_000);
});

type World = Awaited<ReturnType<typeof realWorld>>;

/** The reports, each other and the documents agree to the cent, by the rules of the demo; the trial balance adds up to nothing. */
async function expectAgreement({ mirror, clock }: World): Promise<void> {
  const tabs: Partial<Tabs> = {};
  for (const id of reconciledDatasets) {
    const keys = datasetById(id).columns.map(({ key }) => key);
    const { columns, rows } = await tableOf(mirror, id, clock.now(), keys);
    const cellOf = ({ type }: Column, cell: Cell | undefined) =>
      cell === null || cell === undefined ? '' : type === 'money' || type === 'rate' ? Number(cell) : cell;
    tabs[id] = {
      header: columns.map(({ label }) => label),
      rows: rows.map(
        (row) => new Map(columns.map((column) => [column.label, cellOf(column, row[column.key])])),
      ),
    };
  }
  const { checks } = reconcileTabs(tabs as Tabs);
  expect(checks.filter(({ difference }) => Number(difference) !== 0)).toEqual([]);
  expect(checks.length).toBeGreaterThan(4);

  const columns = ['kind', 'section', 'ytd-movement'];
  const { rows } = await tableOf(mirror, 'trial-balance', clock.now(), columns);
  const balance = rows.filter(({ kind }) => kind === 'account');
  expect(sumDecimals(balance.map((row) => String(row['ytd-movement'])))).toBe('0');
  expect(balance.filter((row) => row['section'] === '')).toEqual([]);
}

/** Every dataset has rows, a key of its own in each, and something in every default column. */
async function expectRows({ mirror, clock }: World): Promise<void> {
  const empty: string[] = [];
  for (const dataset of catalogue) {
    const { rows } = await tableOf(
      mirror,
      dataset.id,
      clock.now(),
      dataset.columns.map(({ key }) => key),
    );
    if (unseen.has(dataset.id)) continue;
    expect(rows.length, dataset.id).toBeGreaterThan(0);
    if (dataset.key !== null) {
      const { key } = dataset;
      const keys = rows.map((row) => key.map((one) => row[one]).join('|'));
      expect(new Set(keys).size, dataset.id).toBe(rows.length);
      expect(keys.includes(''), dataset.id).toBe(false);
    }
    for (const { key, isDefault } of dataset.columns)
      if (isDefault && key !== 'months' && rows.every((row) => row[key] === null || row[key] === ''))
        empty.push(`${dataset.id}: ${key}`);
  }
  expect(empty.filter((column) => !absent.test(column))).toEqual([]);
}

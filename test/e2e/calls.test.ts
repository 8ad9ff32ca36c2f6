/** What runs cost at Xero, and what they write: counted by the sandbox, not by us. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CellDump, SpreadsheetDump } from '../../server/sandbox/google/control/dump.ts';
import type { SandboxState } from '../../server/sandbox/xero/control/read-state.ts';
import type { RunView } from '../../shared/contract/run.ts';
import { temporaryFolders } from '../support/folders.ts';
import { startWorld, type World } from './world.ts';

const newFolder = temporaryFolders();
let world: World;
/** State of the organisation and of the sheet after nothing, the first run, an unchanged one, and one with changes. */
const seen: Array<{ organisation: Organisation; dump: SpreadsheetDump; runs: RunView[] }> = [];
let changed: ChangedIds;

type Organisation = SandboxState['organisations'][number];
type ChangedIds = Record<'contacts' | 'invoices' | 'payments' | 'bankTransactions', Record<string, string[]>>;

beforeAll(async () => {
  world = await startWorld(newFolder());
  await look([]);
  await look(await world.run());
  await look(await world.run());
  const { organisations } = await world.changeXero({ action: 'change', fraction: 0.01, seed: 7 });
  changed = (organisations as Array<{ ids: ChangedIds }>)[0]?.ids as ChangedIds;
  await look(await world.run());
}, 180_000);
afterAll(() => world?.stop());

async function look(runs: RunView[]): Promise<void> {
  const [organisation] = (await world.xero()).organisations;
  if (organisation === undefined) throw new Error('The sandbox has no organisation');
  seen.push({ organisation, dump: await world.dump(world.spreadsheetId), runs });
}

const at = (moment: number) => seen[moment] as (typeof seen)[number];

/** Calls between two moments, by path. */
function calls(from: number, to: number): Record<string, number> {
  const before = at(from).organisation.callsByPath;
  return Object.fromEntries(
    Object.entries(at(to).organisation.callsByPath).map(([path, count]) => [
      path,
      count - (before[path] ?? 0),
    ]),
  );
}

const pageable = {
  Invoices: 'invoices',
  Contacts: 'contacts',
  Payments: 'payments',
  BankTransactions: 'bankTransactions',
};

const kinds: Record<string, keyof ChangedIds> = {
  invoices: 'invoices',
  payments: 'payments',
  'bank-transactions': 'bankTransactions',
};

test('every run succeeds', () => {
  expect(seen.flatMap(({ runs }) => runs).filter(({ status }) => status !== 'succeeded')).toEqual([]);
});

test('a first run uses at most ceil(n / 1000) + 2 calls for each list', () => {
  const used = calls(0, 1);
  const { records } = at(0).organisation;
  for (const [path, name] of Object.entries(pageable)) {
    expect(records[name], name).toBeGreaterThan(0);
    expect(used[path], path).toBeLessThanOrEqual(Math.ceil((records[name] ?? 0) / 1_000) + 2);
  }
  // One answer, and one more that settles the reports; the organisation once more for the connection itself.
  for (const path of ['Organisation', 'Accounts']) expect(used[path], path).toBeLessThanOrEqual(3);
  for (const path of ['Reports/ProfitAndLoss', 'Reports/TrialBalance']) expect(used[path], path).toBe(1);
});

test('a second run with nothing changed uses at most one call for each list and writes no cell', () => {
  for (const [path, count] of Object.entries(calls(1, 2))) expect(count, path).toBeLessThanOrEqual(1);
  expect(at(2).runs.map(({ counters }) => counters.cellsWritten)).toEqual(at(2).runs.map(() => 0));
  expect(at(2).dump).toEqual(at(1).dump);
});

test('with 1 % changed only changed rows are written, and the counters count just those cells', async () => {
  for (const [index, { dataset, name }] of world.exporters.entries()) {
    const before = await world.sheetOf(at(2).dump, dataset);
    const after = await world.sheetOf(at(3).dump, dataset);
    const known = new Set(rowTexts(before.cells));
    const fresh = rowTexts(after.cells).filter((row) => !known.has(row));
    const counted = at(3).runs[index]?.counters.cellsWritten ?? 0;
    expect(counted, name).toBeLessThanOrEqual(fresh.length * columnsOf(after.cells));
    expect(counted, name).toBeGreaterThanOrEqual(fresh.length);
    const ids = changed[kinds[dataset] ?? 'contacts'];
    // A contact's new name shows on its documents too, whether or not they changed themselves.
    if (dataset in kinds && changed.contacts['edited']?.length === 0)
      expect(fresh.length, name).toBeLessThanOrEqual(Object.values(ids).flat().length);
  }
  expect(at(3).runs.some(({ counters }) => counters.cellsWritten > 0)).toBe(true);
});

test('the limits are never run into: no refusal by Xero, never more than five calls in flight', () => {
  for (const { organisation } of seen) {
    expect(organisation.refused).toEqual({});
    expect(organisation.maxInFlight).toBeLessThanOrEqual(5);
  }
});

test('calls and bytes of the runs are those that the sandbox counted', () => {
  for (const moment of [1, 2, 3]) {
    const sum = (of: (run: RunView) => number) => at(moment).runs.reduce((total, run) => total + of(run), 0);
    const { organisation } = at(moment);
    const before = at(moment - 1).organisation;
    expect(sum(({ counters }) => counters.xeroCalls)).toBe(organisation.calls - before.calls);
    expect(sum(({ counters }) => counters.xeroBytes)).toBe(organisation.bytes - before.bytes);
  }
});

const columnsOf = (cells: Record<string, CellDump>): number =>
  Object.keys(cells).filter((name) => /^[A-Z]+1$/.test(name)).length;

/** Each row's values as one text. */
function rowTexts(cells: Record<string, CellDump>): string[] {
  const rows = new Map<string, string[]>();
  for (const [name, { value }] of Object.entries(cells)) {
    const [, column = '', row = ''] = /^([A-Z]+)(\d+)$/.exec(name) ?? [];
    rows.set(row, [...(rows.get(row) ?? []), `${column} ${JSON.stringify(value)}`]);
  }
  return [...rows.values()].map((row) => row.join('|'));
}

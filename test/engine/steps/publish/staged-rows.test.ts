/** Rows that come through a staging tab: after every call the block shows the old rows or the new ones, never some of each. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Cell } from '../../../../server/mirror/mirror.ts';
import { column, type PublishLab, publishLab } from './publish-lab.ts';

const columns = [column('id'), column('name'), column('n', 'integer')];
/** So small that rows go by way of a staging tab, in chunks. */
const staged = { requestBytes: 400, cellsPerRead: 90 };
/** Enough that moving rows would pay in a write that is not staged (reconcile.ts). */
const many = 120;

const rowsOf = (count: number): Cell[][] =>
  Array.from({ length: count }, (_, at) => [`id${at}`, `name ${at}`, String(at)]);

/** What the block shows after each call to Google, where it is not what it showed before. */
function everySight({ sandbox, grid }: PublishLab): string[] {
  const seen: string[] = [];
  const { handle } = sandbox;
  sandbox.handle = async (request) => {
    const answer = await handle(request);
    const sight = JSON.stringify(grid('Invoices').filter((row) => row.some((text) => text !== '')));
    if (seen.at(-1) !== sight) seen.push(sight);
    return answer;
  };
  return seen;
}

const shown = (rows: Cell[][]): string =>
  JSON.stringify([['id', 'name', 'n'], ...rows.map((row) => row.map(String))]);

async function publishedOver(old: Cell[][], next: Cell[][]): Promise<{ seen: string[]; note: string }> {
  const lab = await publishLab();
  try {
    lab.want({ columns, rows: old });
    await lab.run({ runId: 'earlier' });
    const seen = everySight(lab);
    lab.want({ columns, rows: next });
    await lab.run({ runId: 'run', options: staged });
    const { sheets } = lab.dump();
    expect(sheets.filter(({ hidden }) => hidden)).toEqual([]);
    const note = sheets.find(({ title }) => title === 'Invoices')?.cells['A1']?.note ?? '';
    return { seen, note };
  } finally {
    lab.close();
  }
}

test('rows that only moved up come with those that changed, in one batch', async () => {
  const old = rowsOf(many);
  const next = old.slice(1).map((row, at) => (at >= many - 21 ? [row[0] ?? '', 'changed', '7'] : row));
  const { seen, note } = await publishedOver(old, next);
  expect(seen).toEqual([shown(old), shown(next)]);
  expect(note).not.toContain('put back');
});

test('whatever comes, goes and changes: the old rows, then the new ones', async () => {
  const act = fc.constantFrom('keep', 'keep', 'keep', 'keep', 'keep', 'keep', 'drop', 'change', 'add');
  let moved = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: many, maxLength: many }), async (acts) => {
      const old = rowsOf(many);
      const next = old.flatMap((row, at): Cell[][] => {
        if (acts[at] === 'drop') return [];
        if (acts[at] === 'change') return [[row[0] ?? '', `changed ${at}`, '7']];
        return acts[at] === 'add' ? [row, [`new${at}`, 'added', '1']] : [row];
      });
      const { seen } = await publishedOver(old, next);
      if (next.some((row, at) => at > 0 && row[0] !== old[at]?.[0])) moved += 1;
      expect(seen).toEqual(shown(old) === shown(next) ? [shown(old)] : [shown(old), shown(next)]);
    }),
    { numRuns: 15 },
  );
  expect(moved).toBeGreaterThan(0);
});

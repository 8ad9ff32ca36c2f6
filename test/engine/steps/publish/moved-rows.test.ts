/** Rows that are moved within the tab or come through a staging tab: after every call the block shows the old rows or the new ones, never some of each. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { PublishOptions } from '../../../../server/engine/steps/publish/publishing.ts';
import type { Cell } from '../../../../server/mirror/mirror.ts';
import { column, type PublishLab, publishLab } from './publish-lab.ts';

const columns = [column('id'), column('name'), column('n', 'integer')];
/** So small that rows go by way of a staging tab, in chunks. */
const staged = { requestBytes: 400, cellsPerRead: 90 };
/** Enough that moving rows pays (reconcile.ts). */
const many = 120;

const rowsOf = (count: number): Cell[][] =>
  Array.from({ length: count }, (_, at) => [`id${at}`, `name ${at}`, String(at)]);

interface Sights {
  /** What the block shows after each call to Google, where it is not what it showed before. */
  seen: string[];
  /** Batches that copied rows. */
  copied: number;
}

function everySight({ sandbox, grid }: PublishLab): Sights {
  const sights: Sights = { seen: [], copied: 0 };
  const { seen } = sights;
  const { handle } = sandbox;
  sandbox.handle = async (request) => {
    if (Buffer.from(request.body ?? '').includes('"copyPaste"')) sights.copied += 1;
    const answer = await handle(request);
    const sight = JSON.stringify(grid('Invoices').filter((row) => row.some((text) => text !== '')));
    if (seen.at(-1) !== sight) seen.push(sight);
    return answer;
  };
  return sights;
}

const shown = (rows: Cell[][]): string =>
  JSON.stringify([['id', 'name', 'n'], ...rows.map((row) => row.map(String))]);

async function publishedOver(
  old: Cell[][],
  next: Cell[][],
  options: Partial<PublishOptions>,
): Promise<Sights & { note: string }> {
  const lab = await publishLab();
  try {
    lab.want({ columns, rows: old });
    await lab.run({ runId: 'earlier' });
    const sights = everySight(lab);
    lab.want({ columns, rows: next });
    await lab.run({ runId: 'run', options });
    const { sheets } = lab.dump();
    expect(sheets.filter(({ hidden }) => hidden)).toEqual([]);
    const note = sheets.find(({ title }) => title === 'Invoices')?.cells['A1']?.note ?? '';
    return { ...sights, note };
  } finally {
    lab.close();
  }
}

test.each([
  ['by way of a staging tab', staged],
  ['in one small batch', {}],
])('rows that only moved come with those that changed, %s', async (_, options) => {
  const old = rowsOf(many);
  const next = old.slice(1).map((row, at) => (at >= many - 21 ? [row[0] ?? '', 'changed', '7'] : row));
  const { seen, copied, note } = await publishedOver(old, next, options);
  expect(seen).toEqual([shown(old), shown(next)]);
  expect(copied).toBe(1);
  expect(note).not.toContain('put back');
});

test.each([
  ['by way of a staging tab', staged],
  ['in one small batch', {}],
])('whatever comes, goes and changes, %s: the old rows, then the new ones', async (_, options) => {
  const act = fc.constantFrom('keep', 'keep', 'keep', 'keep', 'keep', 'keep', 'drop', 'change', 'add');
  let copies = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: many, maxLength: many }), async (acts) => {
      const old = rowsOf(many);
      const next = old.flatMap((row, at): Cell[][] => {
        if (acts[at] === 'drop') return [];
        if (acts[at] === 'change') return [[row[0] ?? '', `changed ${at}`, '7']];
        return acts[at] === 'add' ? [row, [`new${at}`, 'added', '1']] : [row];
      });
      const { seen, copied } = await publishedOver(old, next, options);
      copies += copied;
      expect(seen).toEqual(shown(old) === shown(next) ? [shown(old)] : [shown(old), shown(next)]);
    }),
    { numRuns: 10 },
  );
  expect(copies).toBeGreaterThan(0);
});

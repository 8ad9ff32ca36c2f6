import { describe, expect, test } from 'vitest';
import { collectWanted } from '../../../../server/engine/steps/publish/wanted-rows.ts';
import type { Cell } from '../../../../server/mirror/mirror.ts';
import { column } from './publish-lab.ts';

const columns = [column('id'), column('total', 'money')];
const collect = (rows: Cell[][], size = 100, shown = columns) =>
  collectWanted({
    columns: shown,
    batches: (async function* () {
      for (let at = 0; at < rows.length; at += size) yield { rows: rows.slice(at, at + size), gaps: [] };
    })(),
  });
const all = async (rows: AsyncGenerator<unknown>): Promise<unknown[]> => {
  const found = [];
  for await (const row of rows) found.push(row);
  return found;
};

describe('wanted rows', () => {
  test('are given again from any row on, over parts of any size', async () => {
    const rows = Array.from({ length: 3000 }, (_, row): Cell[] => [`${row}${'x'.repeat(800)}`, `${row}.5`]);
    const wanted = await collect(rows);
    expect(wanted.rows).toBe(3000);
    const expected = rows.map(([id], row) => [id, row + 0.5]);
    expect(await all(wanted.values('Etc/UTC'))).toEqual(expected);
    for (const from of [1, 1233, 1240, 2999, 3000])
      expect(await all(wanted.values('Etc/UTC', from))).toEqual(expected.slice(from));
  });

  test('have a hash of their cells and columns, not of how they came', async () => {
    const rows: Cell[][] = [
      ['a', '1'],
      ['b', '2'],
      ['c', null],
    ];
    const { hash } = await collect(rows);
    expect((await collect(rows, 1)).hash).toBe(hash);
    expect((await collect(rows.slice(0, 2))).hash).not.toBe(hash);
    expect(
      (
        await collect([
          ['a', '1'],
          ['b', '2'],
          ['c', ''],
        ])
      ).hash,
    ).not.toBe(hash);
    expect(
      (await collect(rows, 9, [column('id', 'text', 'Number'), column('total', 'money')])).hash,
    ).not.toBe(hash);
  });

  test('with half a character in them are shown with the sign for it, and named as a gap', async () => {
    const wanted = await collect([
      ['a\ud800', '1'],
      ['b', '2'],
      ['\udc00', '3'],
    ]);
    expect(await all(wanted.values('Etc/UTC'))).toEqual([
      ['a\ufffd', 1],
      ['b', 2],
      ['\ufffd', 3],
    ]);
    expect(wanted.gaps).toEqual([
      { what: 'id: characters that a sheet cannot hold', reason: 'unreadable-value', count: 2 },
    ]);
  });
});

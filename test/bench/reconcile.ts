/** Comparing a block of 10,000 rows by 20 columns with the rows wanted, when 1 % of the rows changed. */
import { reconciler } from '../../server/domain/reconcile.ts';
import type { SheetValue } from '../../server/domain/spreadsheet.ts';
import { type Bench, compareCpu, rounded } from './bench.ts';

const rowCount = 10_000;
const row = (at: number, isChanged: boolean): SheetValue[] =>
  Array.from({ length: 20 }, (_, column) =>
    column % 3 === 0 ? at * 100 + column + (isChanged && column === 9 ? 0.5 : 0) : `text ${at} ${column}`,
  );

export const reconcileBench: Bench = {
  name: 'reconcile',
  async run() {
    const current = Array.from({ length: rowCount }, (_, at) => row(at, false));
    const wanted = Array.from({ length: rowCount }, (_, at) => row(at, at % 100 === 0));
    const { ours, other } = await compareCpu(
      {
        ours: () => {
          const work = reconciler();
          for (const [at, cells] of wanted.entries()) work.next(current[at], cells);
          const { cells } = work.finish();
          if (cells !== rowCount / 100) throw new Error(`${cells} cells instead of ${rowCount / 100}`);
        },
        other: () => JSON.stringify(wanted),
      },
      { rounds: 15, warmUp: 5 },
    );
    return [
      {
        bench: 'reconcile',
        value: rounded(ours),
        unit: 'CPU ms per 10,000 rows of 20 cells, 1 % changed',
        versus: 'JSON.stringify of the same rows',
        ratio: rounded(ours / other),
      },
    ];
  },
};

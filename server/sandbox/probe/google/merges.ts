/** What merging keeps, and what is refused around a merge. */
import { type GoogleAsker, rowsOf } from '../google-asker.ts';
import { finding, type Probe } from '../probe.ts';
import { cells } from './range.ts';

export const merges: Probe<GoogleAsker> = {
  name: 'merges',
  rules: ['google-merge-values', 'google-merge-whole', 'google-sort-merged'],
  asks: 'A filled A1:B2 merged, a sort over it, half of it unmerged, all of it unmerged, and its values.',
  expects: 'The merge keeps A1 only; the sort and the half are 400.',
  calls: 7,
  async run({ tab, write, batch, read }) {
    await tab(1035, 'merges', 8, 4);
    await write('merges!A1:B2', [
      ['a', 'b'],
      ['c', 'd'],
    ]);
    await batch({ mergeCells: { range: cells(1035, [0, 2], [0, 2]), mergeType: 'MERGE_ALL' } });
    const sorted = await batch({
      sortRange: {
        range: cells(1035, [0, 4], [0, 2]),
        sortSpecs: [{ dimensionIndex: 0, sortOrder: 'ASCENDING' }],
      },
    });
    const half = await batch({ unmergeCells: { range: cells(1035, [0, 1], [0, 2]) } });
    const whole = await batch({ unmergeCells: { range: cells(1035, [0, 2], [0, 2]) } });
    const left = JSON.stringify(rowsOf(await read('merges!A1:B2')));
    return finding(
      left === '[["a"]]' && sorted.status === 400 && half.status === 400 && whole.status === 200,
      `Sorting ${sorted.status}, unmerging half ${half.status}, all ${whole.status}; left ${left}.`,
    );
  },
};

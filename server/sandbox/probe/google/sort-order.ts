/** In which order a sort puts numbers, text and blanks. */
import { type GoogleAsker, rowsOf } from '../google-asker.ts';
import { finding, type Probe } from '../probe.ts';

export const sortOrder: Probe<GoogleAsker> = {
  name: 'sort-order',
  rules: ['google-sort-order'],
  asks: 'b, 2, a blank, a and 1 sorted both ways.',
  expects: 'Ascending 1, 2, a, b; descending b, a, 2, 1; the blank last both times.',
  calls: 6,
  async run({ tab, write, batch, read }) {
    await tab(1013, 'sort-order', 5, 5);
    await write('sort-order!A1:A5', [['b'], [2], [''], ['a'], [1]]);
    const range = { sheetId: 1013, startRowIndex: 0, endRowIndex: 5, startColumnIndex: 0, endColumnIndex: 1 };
    const sorted = async (order: string) => {
      await batch({ sortRange: { range, sortSpecs: [{ dimensionIndex: 0, sortOrder: order }] } });
      return JSON.stringify(rowsOf(await read('sort-order!A1:A5')).flat());
    };
    const [up, down] = [await sorted('ASCENDING'), await sorted('DESCENDING')];
    return finding(
      up === '[1,2,"a","b"]' && down === '["b","a",2,1]',
      `Ascending ${up}; descending ${down}.`,
    );
  },
};

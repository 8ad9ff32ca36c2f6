/** Whether updateCells with a range clears what its rows do not cover. */
import { type GoogleAsker, rowsOf } from '../google-asker.ts';
import { finding, type Probe } from '../probe.ts';

export const updateClears: Probe<GoogleAsker> = {
  name: 'update-clears',
  rules: ['google-update-cells-clears', 'google-string-value-literal'],
  asks: 'Six cells filled, updateCells over all six with one row of two, the first of them =1+2 as stringValue, and read.',
  expects: 'Those two, the first as text, and nothing below.',
  calls: 4,
  async run({ tab, write, batch, read }) {
    await tab(1011, 'update-clears', 5, 5);
    await write('update-clears!A1:B3', [
      ['a', 'b'],
      ['c', 'd'],
      ['e', 'f'],
    ]);
    const range = { sheetId: 1011, startRowIndex: 0, endRowIndex: 3, startColumnIndex: 0, endColumnIndex: 2 };
    const values = ['=1+2', 'new'].map((stringValue) => ({ userEnteredValue: { stringValue } }));
    await batch({ updateCells: { range, rows: [{ values }], fields: 'userEnteredValue' } });
    const found = JSON.stringify(rowsOf(await read('update-clears!A1:B3')));
    return finding(found === '[["=1+2","new"]]', `They read ${found}.`);
  },
};

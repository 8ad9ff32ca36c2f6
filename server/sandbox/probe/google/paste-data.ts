/** Whether pasted text comes alive. */
import { type GoogleAsker, rowsOf } from '../google-asker.ts';
import { finding, type Probe } from '../probe.ts';

export const pasteData: Probe<GoogleAsker> = {
  name: 'paste-data',
  rules: ['google-paste-data'],
  asks: 'The text =1+1 and 007 by pasteData, and its formulas.',
  expects: 'A formula and the number 7.',
  calls: 3,
  async run({ tab, batch, read }) {
    await tab(1043, 'pasted', 3, 3);
    const coordinate = { sheetId: 1043, rowIndex: 0, columnIndex: 0 };
    await batch({ pasteData: { coordinate, data: '=1+1\t007', type: 'PASTE_NORMAL', delimiter: '\t' } });
    const found = JSON.stringify(rowsOf(await read('pasted!A1:B1', 'FORMULA'))[0]);
    return finding(found === '["=1+1",7]', `They are ${found}.`);
  },
};

/** Whether a cell of text format keeps typed digits as text. */
import { type GoogleAsker, rowsOf } from '../google-asker.ts';
import { finding, type Probe } from '../probe.ts';

export const textFormat: Probe<GoogleAsker> = {
  name: 'text-format',
  rules: ['google-text-format-keeps'],
  asks: 'A cell given the format TEXT, 007 typed into it, and read.',
  expects: 'The text 007.',
  calls: 4,
  async run({ tab, batch, write, read }) {
    await tab(1009, 'text-format', 5, 5);
    await batch({
      repeatCell: {
        range: { sheetId: 1009, startRowIndex: 0, endRowIndex: 1, startColumnIndex: 0, endColumnIndex: 1 },
        cell: { userEnteredFormat: { numberFormat: { type: 'TEXT', pattern: '@' } } },
        fields: 'userEnteredFormat.numberFormat',
      },
    });
    await write('text-format!A1', [['007']], 'USER_ENTERED');
    const found = JSON.stringify(rowsOf(await read('text-format!A1')));
    return finding(found === '[["007"]]', `It reads ${found}.`);
  },
};

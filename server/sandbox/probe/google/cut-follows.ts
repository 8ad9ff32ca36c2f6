/** Whether a formula follows a block that is cut and pasted. */
import { type GoogleAsker, rowsOf } from '../google-asker.ts';
import { finding, type Probe } from '../probe.ts';
import { cells } from './range.ts';

export const cutFollows: Probe<GoogleAsker> = {
  name: 'cut-follows',
  rules: ['google-cut-follows'],
  asks: 'A formula that names A1; A1:B2 cut to D4; the formula, and what is left at A1.',
  expects: 'The formula names D4, and A1 is empty.',
  calls: 5,
  async run({ tab, write, batch, read }) {
    await tab(1033, 'cut', 12, 8);
    await write('cut!A1:A6', [[5], [''], [''], [''], [''], ['=A1*2']], 'USER_ENTERED');
    await batch({
      cutPaste: {
        source: cells(1033, [0, 2], [0, 2]),
        destination: { sheetId: 1033, rowIndex: 3, columnIndex: 3 },
        pasteType: 'PASTE_NORMAL',
      },
    });
    const formula = String(rowsOf(await read('cut!A6', 'FORMULA'))[0]?.[0]);
    const left = rowsOf(await read('cut!A1:B2')).length;
    return finding(
      formula === '=D4*2' && left === 0,
      `The formula is ${formula}; ${left} rows are left at A1.`,
    );
  },
};

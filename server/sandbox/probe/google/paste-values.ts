/** What PASTE_VALUES makes of formulas and blanks. */
import { type GoogleAsker, rowsOf } from '../google-asker.ts';
import { finding, type Probe } from '../probe.ts';

export const pasteValues: Probe<GoogleAsker> = {
  name: 'paste-values',
  rules: ['google-paste-values'],
  asks: 'A formula and a blank copied by PASTE_VALUES over two filled cells; then their formulas.',
  expects: 'The result 3 where the formula came, and nothing where the blank came.',
  calls: 4,
  async run({ tab, write, batch, read }) {
    await tab(1012, 'paste-values', 5, 5);
    await write(
      'paste-values!A1:B2',
      [
        ['=1+2', ''],
        ['old', 'old'],
      ],
      'USER_ENTERED',
    );
    const row = (startRowIndex: number) => ({
      sheetId: 1012,
      startRowIndex,
      endRowIndex: startRowIndex + 1,
      startColumnIndex: 0,
      endColumnIndex: 2,
    });
    await batch({ copyPaste: { source: row(0), destination: row(1), pasteType: 'PASTE_VALUES' } });
    const found = JSON.stringify(rowsOf(await read('paste-values!A2:B2', 'FORMULA')));
    return finding(found === '[[3]]', `They read ${found}.`);
  },
};

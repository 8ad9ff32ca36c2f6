/** How formulas are rewritten when rows and tabs change. */
import { type GoogleAsker, rowsOf } from '../google-asker.ts';
import { finding, type Probe } from '../probe.ts';
import { lines } from './range.ts';

export const formulasFollow: Probe<GoogleAsker> = {
  name: 'formulas-follow',
  rules: ['google-formulas-follow'],
  asks: 'Formulas that name a cell, a fixed cell, a range and another tab; then a row inserted, a row deleted, and the tab renamed.',
  expects: 'Each follows; what named the deleted row shows #REF!.',
  calls: 7,
  async run({ tab, write, batch, read }) {
    await tab(1036, 'follow', 12, 6);
    await tab(1037, 'follow-other', 3, 3);
    await write(
      'follow!F1:F4',
      [['=A2'], ['=$A$3'], ['=SUM(A2:A4)'], ["='follow-other'!A1"]],
      'USER_ENTERED',
    );
    await batch({ insertDimension: { range: lines(1036, 'ROWS', 1, 2), inheritFromBefore: false } });
    await batch({ deleteDimension: { range: lines(1036, 'ROWS', 2, 3) } });
    await batch({
      updateSheetProperties: { properties: { sheetId: 1037, title: 'renamed' }, fields: 'title' },
    });
    // The four stand in rows 1, 3, 4 and 5 after the insertion, and in 1, 3 and 4 after the deletion of the second.
    const found = rowsOf(await read('follow!F1:F6', 'FORMULA'))
      .flat()
      .filter((value) => value !== '')
      .map(String);
    return finding(found.join(' ') === '=#REF! =SUM(A3:A4) =renamed!A1', `They are ${found.join(' and ')}.`);
  },
};

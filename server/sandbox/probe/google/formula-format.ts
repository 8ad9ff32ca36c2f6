/** As what a formula without a format of its own is shown. */
import { type GoogleAsker, rowsOf } from '../google-asker.ts';
import { finding, type Probe } from '../probe.ts';

export const formulaFormat: Probe<GoogleAsker> = {
  name: 'formula-format',
  rules: ['google-formula-format'],
  asks: 'A date and a share typed, and formulas made of them, as they are shown.',
  expects: 'A day more is a date, a difference of dates a number, half a share a share.',
  calls: 3,
  async run({ tab, write, read }) {
    await tab(1048, 'shown', 3, 6);
    await write('shown!A1:E1', [['2026-11-20', '50%', '=A1+7', '=A1-A1', '=B1/2']], 'USER_ENTERED');
    const found = (rowsOf(await read('shown!C1:E1', 'FORMATTED_VALUE'))[0] ?? []).map(String);
    const [day = '', difference = '', share = ''] = found;
    return finding(
      /27/.test(day) && /\D/.test(day) && difference === '0' && share.endsWith('%'),
      `They are shown as ${found.join(' and ') || 'nothing'}.`,
    );
  },
};

/** Whether a strict validation rule stops what the API writes. */
import type { GoogleAsker } from '../google-asker.ts';
import { finding, type Probe } from '../probe.ts';
import { cells } from './range.ts';

export const strictRule: Probe<GoogleAsker> = {
  name: 'strict-rule',
  rules: ['google-strict-rule'],
  asks: 'A strict list of two values on a cell, and a third written into it RAW and USER_ENTERED.',
  expects: '200 both times.',
  calls: 4,
  async run({ tab, batch, write }) {
    await tab(1045, 'strict', 3, 3);
    const condition = {
      type: 'ONE_OF_LIST',
      values: [{ userEnteredValue: 'open' }, { userEnteredValue: 'done' }],
    };
    await batch({
      setDataValidation: { range: cells(1045, [0, 1], [0, 1]), rule: { condition, strict: true } },
    });
    const raw = await write('strict!A1', [['lost']], 'RAW');
    const typed = await write('strict!A1', [['lost']], 'USER_ENTERED');
    return finding(
      raw.status === 200 && typed.status === 200,
      `RAW ${raw.status}, USER_ENTERED ${typed.status}.`,
    );
  },
};

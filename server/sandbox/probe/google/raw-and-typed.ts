/** What RAW and USER_ENTERED make of the same texts. */
import { type GoogleAsker, rowsOf } from '../google-asker.ts';
import { finding, type Probe } from '../probe.ts';

const TEXTS = ['=1+2', '007', '2026-11-20', 'TRUE', '1.5'];

export const rawAndTyped: Probe<GoogleAsker> = {
  name: 'raw-and-typed',
  rules: ['google-raw-is-text', 'google-user-entered', 'google-serial-dates'],
  asks: 'A formula, leading zeros, a date, TRUE and a number, once RAW and once USER_ENTERED, read back unformatted.',
  expects: 'RAW keeps the texts; USER_ENTERED gives 3, 7, 46346, true and 1.5.',
  calls: 5,
  async run({ tab, write, read }) {
    await tab(1008, 'raw-and-typed', 5, 5);
    await write('raw-and-typed!A1:E1', [TEXTS], 'RAW');
    await write('raw-and-typed!A2:E2', [TEXTS], 'USER_ENTERED');
    const raw = JSON.stringify(rowsOf(await read('raw-and-typed!A1:E1'))[0]);
    const typed = JSON.stringify(rowsOf(await read('raw-and-typed!A2:E2'))[0]);
    return finding(
      raw === JSON.stringify(TEXTS) && typed === '[3,7,46346,true,1.5]',
      `RAW reads ${raw}; USER_ENTERED reads ${typed}.`,
    );
  },
};

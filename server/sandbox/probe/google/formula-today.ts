/** Whose day TODAY() is. */
import { type GoogleAsker, rowsOf } from '../google-asker.ts';
import { finding, type Probe } from '../probe.ts';

export const formulaToday: Probe<GoogleAsker> = {
  name: 'formula-today',
  rules: ['google-formula-today'],
  asks: 'TODAY() with the spreadsheet in the time zones of Kiritimati and of Pago Pago, which are 25 hours apart.',
  expects: 'The first is at least one day ahead.',
  calls: 6,
  async run({ tab, write, batch, read }) {
    await tab(1039, 'today', 3, 3);
    await write('today!A1', [['=TODAY()']], 'USER_ENTERED');
    const today = async (timeZone: string) => {
      await batch({ updateSpreadsheetProperties: { properties: { timeZone }, fields: 'timeZone' } });
      return Number(rowsOf(await read('today!A1'))[0]?.[0]);
    };
    const ahead = (await today('Pacific/Kiritimati')) - (await today('Pacific/Pago_Pago'));
    return finding(ahead >= 1 && ahead <= 2, `It is ${ahead} days ahead.`);
  },
};

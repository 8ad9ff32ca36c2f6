/** How many columns a tab takes. */
import type { GoogleAsker } from '../google-asker.ts';
import { finding, type Probe } from '../probe.ts';

export const columnLimit: Probe<GoogleAsker> = {
  name: 'column-limit',
  rules: ['google-column-limit'],
  asks: 'Tabs of one row with 18,278 and with 18,279 columns.',
  expects: '200, then 400.',
  calls: 2,
  async run({ batch }) {
    const add = (sheetId: number, columnCount: number) =>
      batch({
        addSheet: {
          properties: {
            sheetId,
            title: `columns-${columnCount}`,
            gridProperties: { rowCount: 1, columnCount },
          },
        },
      });
    const most = await add(1015, 18_278);
    const more = await add(1016, 18_279);
    return finding(most.status === 200 && more.status === 400, `${most.status}, then ${more.status}.`);
  },
};

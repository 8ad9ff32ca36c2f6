/** How many characters a cell takes. */
import type { GoogleAsker } from '../google-asker.ts';
import { finding, type Probe } from '../probe.ts';

export const cellCharacters: Probe<GoogleAsker> = {
  name: 'cell-characters',
  rules: ['google-cell-characters'],
  asks: '50,000 and then 50,001 characters in one cell.',
  expects: '200, then 400.',
  calls: 3,
  async run({ tab, write }) {
    await tab(1014, 'cell-characters', 5, 5);
    const most = await write('cell-characters!A1', [['x'.repeat(50_000)]]);
    const more = await write('cell-characters!A1', [['x'.repeat(50_001)]]);
    return finding(most.status === 200 && more.status === 400, `${most.status}, then ${more.status}.`);
  },
};

/** What null and empty text do to a cell that has something. */
import { type GoogleAsker, rowsOf } from '../google-asker.ts';
import { finding, type Probe } from '../probe.ts';

export const nullSkips: Probe<GoogleAsker> = {
  name: 'null-skips',
  rules: ['google-null-skips', 'google-trailing-blanks'],
  asks: 'Two cells filled, then null and "" written over them, then both.',
  expects: 'The first stays, the second is empty and not in the answer.',
  calls: 4,
  async run({ tab, write, read }) {
    await tab(1007, 'null-skips', 5, 5);
    await write('null-skips!A1:B1', [['one', 'two']]);
    await write('null-skips!A1:B1', [[null, '']]);
    const found = JSON.stringify(rowsOf(await read('null-skips!A1:B1')));
    return finding(found === '[["one"]]', `They read ${found}.`);
  },
};

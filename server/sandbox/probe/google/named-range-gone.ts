/** What is left of a named range whose only row is deleted. */
import { type GoogleAsker, rowsOf } from '../google-asker.ts';
import { finding, type Probe } from '../probe.ts';
import { cells, lines } from './range.ts';

export const namedRangeGone: Probe<GoogleAsker> = {
  name: 'named-range-gone',
  rules: ['google-named-range-gone'],
  asks: 'A row named and used by a formula, the row deleted, the names and the formula’s value.',
  expects: 'The name is gone, and the formula shows #NAME?.',
  calls: 6,
  async run({ tab, write, batch, read, look }) {
    await tab(1047, 'names', 5, 3);
    await batch({
      addNamedRange: { namedRange: { name: 'probe_gone', range: cells(1047, [1, 2], [0, 1]) } },
    });
    await write('names!A1', [['=probe_gone']], 'USER_ENTERED');
    await batch({ deleteDimension: { range: lines(1047, 'ROWS', 1, 2) } });
    const value = String(rowsOf(await read('names!A1'))[0]?.[0]);
    const names = ((await look('namedRanges(name)')).json['namedRanges'] ?? []) as { name: string }[];
    const isGone = !names.some(({ name }) => name === 'probe_gone');
    return finding(
      isGone && value === '#NAME?',
      `The name is ${isGone ? 'gone' : 'there'}; the formula shows ${value}.`,
    );
  },
};

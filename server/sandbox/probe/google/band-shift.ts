/** Which named ranges go along when cells are inserted in one column. */
import type { GoogleAsker } from '../google-asker.ts';
import { finding, type Probe } from '../probe.ts';
import { cells } from './range.ts';

export const bandShift: Probe<GoogleAsker> = {
  name: 'band-shift',
  rules: ['google-band-shift'],
  asks: 'A5:A6 and A5:C6 named, one cell inserted at A2 shifting rows, and both names.',
  expects: 'The first goes down one row, the second stays.',
  calls: 4,
  async run({ tab, batch, look }) {
    await tab(1032, 'bands', 12, 5);
    const named = (name: string, columns: number) => ({
      addNamedRange: { namedRange: { name, range: cells(1032, [4, 6], [0, columns]) } },
    });
    await batch(named('probe_narrow', 1), named('probe_wide', 3));
    await batch({ insertRange: { range: cells(1032, [1, 2], [0, 1]), shiftDimension: 'ROWS' } });
    const { json } = await look('namedRanges(name,range)');
    const ranges = (json['namedRanges'] ?? []) as { name: string; range: { startRowIndex: number } }[];
    const rowOf = (name: string) =>
      (ranges.find((each) => each.name === name)?.range.startRowIndex ?? -1) + 1;
    return finding(
      rowOf('probe_narrow') === 6 && rowOf('probe_wide') === 5,
      `The narrow one begins in row ${rowOf('probe_narrow')}, the wide one in row ${rowOf('probe_wide')}.`,
    );
  },
};

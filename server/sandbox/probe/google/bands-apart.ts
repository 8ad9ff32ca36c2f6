/** Whether bands and tables may overlap. */
import type { GoogleAsker } from '../google-asker.ts';
import { finding, type Probe } from '../probe.ts';
import { cells } from './range.ts';

export const bandsApart: Probe<GoogleAsker> = {
  name: 'bands-apart',
  rules: ['google-bands-apart'],
  asks: 'Banding over A1:B4, and again over a part of it.',
  expects: '200, then 400.',
  calls: 3,
  async run({ tab, batch }) {
    await tab(1040, 'banded', 8, 4);
    const band = (rows: [number, number]) =>
      batch({
        addBanding: {
          bandedRange: {
            range: cells(1040, rows, [0, 2]),
            rowProperties: {
              firstBandColorStyle: { rgbColor: { red: 1 } },
              secondBandColorStyle: { rgbColor: { green: 1 } },
            },
          },
        },
      });
    const [first, second] = [await band([0, 4]), await band([2, 6])];
    return finding(first.status === 200 && second.status === 400, `${first.status}, then ${second.status}.`);
  },
};

/** What a formula over a range becomes when the range's last row is dragged away, and a row into it. */
import { type GoogleAsker, rowsOf } from '../google-asker.ts';
import { finding, type Probe } from '../probe.ts';
import { lines } from './range.ts';

export const movesTogether: Probe<GoogleAsker> = {
  name: 'moves-together',
  rules: ['google-moves-together'],
  asks: 'A sum of A2:A4; row 4 moved below row 8; row 9 moved between rows 2 and 3; the formula after each.',
  expects: 'The first and the last row stay its ends: A2:A8, then A2:A9.',
  calls: 6,
  async run({ tab, write, batch, read }) {
    await tab(1031, 'moves', 12, 5);
    await write('moves!C1', [['=SUM(A2:A4)']], 'USER_ENTERED');
    const formula = async () => String(rowsOf(await read('moves!C1', 'FORMULA'))[0]?.[0]);
    await batch({ moveDimension: { source: lines(1031, 'ROWS', 3, 4), destinationIndex: 8 } });
    const first = await formula();
    await batch({ moveDimension: { source: lines(1031, 'ROWS', 8, 9), destinationIndex: 2 } });
    const second = await formula();
    return finding(
      first === '=SUM(A2:A8)' && second === '=SUM(A2:A9)',
      `After the first move ${first}, after the second ${second}.`,
    );
  },
};

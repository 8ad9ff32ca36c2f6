/** When Drive's version of the file goes up. */
import type { GoogleAsker } from '../google-asker.ts';
import { finding, type Probe } from '../probe.ts';

export const driveVersion: Probe<GoogleAsker> = {
  name: 'drive-version',
  rules: ['google-drive-version'],
  asks: 'The version before and after a batch that is refused, and after one that is applied.',
  expects: 'The same, the same, more.',
  calls: 5,
  async run({ file, batch, write }) {
    const version = async () => Number((await file('version')).json['version']);
    const before = await version();
    await batch({ deleteSheet: { sheetId: 999_999 } });
    const refused = await version();
    await write('A1', [['x']]);
    const applied = await version();
    return finding(
      refused === before && applied > refused,
      `Refused: up by ${refused - before}; applied: up by ${applied - refused}.`,
    );
  },
};

/** What reading and writing beyond the end of the grid do. */
import type { GoogleAsker } from '../google-asker.ts';
import { finding, type Probe } from '../probe.ts';

export const readClips: Probe<GoogleAsker> = {
  name: 'read-clips',
  rules: ['google-read-clips'],
  asks: 'On a grid of 10 by 5: A8:Z20 and A12:B13 read, A12 written, and the size.',
  expects: '200 clipped; 400; 400; still 10 rows.',
  calls: 5,
  async run({ tab, read, write, look }) {
    await tab(1010, 'read-clips', 10, 5);
    const inside = await read('read-clips!A8:Z20');
    const beyond = await read('read-clips!A12:B13');
    const written = await write('read-clips!A12', [['x']]);
    const { json } = await look('sheets(properties(sheetId,gridProperties))');
    const sheets = (json['sheets'] ?? []) as {
      properties: { sheetId: number; gridProperties: { rowCount: number } };
    }[];
    const rows = sheets.find(({ properties }) => properties.sheetId === 1010)?.properties.gridProperties
      .rowCount;
    const range = String(inside.json['range'] ?? 'no range').replace(/^.*!/, '');
    return finding(
      inside.status === 200 && beyond.status === 400 && written.status === 400 && rows === 10,
      `Across the end ${inside.status} for ${range}; beyond ${beyond.status}; written ${written.status}; then ${rows} rows.`,
    );
  },
};

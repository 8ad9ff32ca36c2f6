/** Whether an id that a batch deletes can be created again in it: what decision 0012 stands on. */
import type { GoogleAsker } from '../google-asker.ts';
import { finding, type Probe } from '../probe.ts';
import { createOnRow, deleteOnRow } from './metadata-place.ts';

export const metadataAgain: Probe<GoogleAsker> = {
  name: 'metadata-again',
  rules: ['google-metadata-id-again', 'google-metadata-follows'],
  asks: 'A batch that deletes an entry at its exact place and creates it again with the same id; then a row inserted above; then that batch once more.',
  expects: '200 the first time; 400 when the row has moved.',
  calls: 5,
  async run({ tab, batch }) {
    await tab(1004, 'metadata-again', 10, 5);
    await batch(createOnRow(710_004, 1004, 3));
    const again = [deleteOnRow(710_004, 1004, 3), createOnRow(710_004, 1004, 3)];
    const first = await batch(...again);
    const range = { sheetId: 1004, dimension: 'ROWS', startIndex: 0, endIndex: 1 };
    await batch({ insertDimension: { range, inheritFromBefore: false } });
    const moved = await batch(...again);
    return finding(
      first.status === 200 && moved.status === 400,
      `In its place ${first.status}; after the row moved ${moved.status}.`,
    );
  },
};

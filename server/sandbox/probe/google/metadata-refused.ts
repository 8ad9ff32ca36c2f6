/** Whether an id of developer metadata that is there already fails the whole batch: the guard of every publish. */
import { type GoogleAsker, rowsOf } from '../google-asker.ts';
import { finding, type Probe } from '../probe.ts';
import { createOnRow } from './metadata-place.ts';

export const metadataRefused: Probe<GoogleAsker> = {
  name: 'metadata-refused',
  rules: ['google-metadata-id-refused'],
  asks: 'An entry with an own id; then a batch that writes a cell and creates it again; then the cell.',
  expects: '400, and the cell is empty.',
  calls: 4,
  async run({ tab, batch, read }) {
    await tab(1003, 'metadata-refused', 5, 5);
    const first = await batch(createOnRow(710_003, 1003, 2));
    const second = await batch(
      {
        updateCells: {
          start: { sheetId: 1003, rowIndex: 0, columnIndex: 0 },
          rows: [{ values: [{ userEnteredValue: { stringValue: 'written' } }] }],
          fields: 'userEnteredValue',
        },
      },
      createOnRow(710_003, 1003, 3),
    );
    const cells = rowsOf(await read('metadata-refused!A1:A1')).length;
    return finding(
      first.status === 200 && second.status === 400 && cells === 0,
      `The first is ${first.status}, the second ${second.status}; ${cells} cells were written.`,
    );
  },
};

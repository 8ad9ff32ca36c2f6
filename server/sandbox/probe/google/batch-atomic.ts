/** Whether a batch whose last request fails changes nothing. */
import { type GoogleAsker, rowsOf } from '../google-asker.ts';
import { finding, type Probe } from '../probe.ts';

export const batchAtomic: Probe<GoogleAsker> = {
  name: 'batch-atomic',
  rules: ['google-batch-atomic'],
  asks: 'A batch that writes a cell and then deletes a tab that is not there; then the cell.',
  expects: '400, and the cell is empty.',
  calls: 3,
  async run({ tab, batch, read }) {
    await tab(1001, 'batch-atomic', 5, 5);
    const { status } = await batch(
      {
        updateCells: {
          start: { sheetId: 1001, rowIndex: 0, columnIndex: 0 },
          rows: [{ values: [{ userEnteredValue: { stringValue: 'written' } }] }],
          fields: 'userEnteredValue',
        },
      },
      { deleteSheet: { sheetId: 999_999 } },
    );
    const cells = rowsOf(await read('batch-atomic!A1:A1')).length;
    return finding(status === 400 && cells === 0, `The batch is ${status}; ${cells} cells were written.`);
  },
};

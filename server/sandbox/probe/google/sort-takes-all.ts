/** What a sorted cell takes along. */
import { type GoogleAsker, rowsOf } from '../google-asker.ts';
import { finding, type Probe } from '../probe.ts';
import { cells } from './range.ts';

interface Grid {
  data?: { rowData?: { values?: { note?: string }[] }[] }[];
}

export const sortTakesAll: Probe<GoogleAsker> = {
  name: 'sort-takes-all',
  rules: ['google-sort-takes-all'],
  asks: 'Two rows of two cells, the lower with a note and a formula of its row, sorted so that they change places.',
  expects: 'Note and formula go up, and the formula names its new row.',
  calls: 6,
  async run({ tab, write, batch, read, grid }) {
    await tab(1034, 'sorted', 6, 4);
    await write(
      'sorted!A1:B2',
      [
        [2, 'two'],
        [1, '=A2*10'],
      ],
      'USER_ENTERED',
    );
    await batch({
      updateCells: {
        start: { sheetId: 1034, rowIndex: 1, columnIndex: 0 },
        rows: [{ values: [{ note: 'a note' }] }],
        fields: 'note',
      },
    });
    await batch({
      sortRange: {
        range: cells(1034, [0, 2], [0, 2]),
        sortSpecs: [{ dimensionIndex: 0, sortOrder: 'ASCENDING' }],
      },
    });
    const formula = String(rowsOf(await read('sorted!B1', 'FORMULA'))[0]?.[0]);
    const [sheet] = ((await grid('sorted!A1:A2')).json['sheets'] ?? []) as Grid[];
    const notes = (sheet?.data?.[0]?.rowData ?? []).map(({ values }) =>
      values?.[0]?.note ? 'a note' : 'none',
    );
    return finding(
      formula === '=A1*10' && notes[0] === 'a note',
      `The formula is ${formula}; the first row has ${notes[0] ?? 'none'}.`,
    );
  },
};

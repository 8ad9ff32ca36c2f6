/** How a table and its cells keep together. */
import { type GoogleAsker, rowsOf } from '../google-asker.ts';
import { finding, type Probe } from '../probe.ts';
import { cells, lines } from './range.ts';

interface Tab {
  properties: { sheetId: number };
  tables?: { columnProperties?: { columnName?: string }[] }[];
}

export const tables: Probe<GoogleAsker> = {
  name: 'tables',
  rules: ['google-table-columns', 'google-table-follows'],
  asks: 'A table over headers, one of its columns named otherwise; a column inserted in it; its header row and its columns.',
  expects: 'The header reads One and Other, and the new column is called Column with a number.',
  calls: 6,
  async run({ tab, write, batch, read, look }) {
    await tab(1044, 'table', 10, 6);
    await write('table!A1:B1', [['One', 'Two']]);
    const made = await batch({
      addTable: {
        table: {
          name: 'ProbeTable',
          range: cells(1044, [0, 4], [0, 2]),
          columnProperties: [
            { columnIndex: 0, columnName: 'One' },
            { columnIndex: 1, columnName: 'Other' },
          ],
        },
      },
    });
    await batch({ insertDimension: { range: lines(1044, 'COLUMNS', 1, 2), inheritFromBefore: true } });
    const header = (rowsOf(await read('table!A1:C1'))[0] ?? []).join(', ');
    const { json } = await look('sheets(properties(sheetId),tables)');
    const found = ((json['sheets'] ?? []) as Tab[]).find(({ properties }) => properties.sheetId === 1044);
    const columns = (found?.tables?.[0]?.columnProperties ?? [])
      .map(({ columnName }) => columnName)
      .join(', ');
    return finding(
      made.status === 200 && /^One, .*, Other$/.test(header) && /^One, Column \d, Other$/.test(columns),
      `The table is ${made.status}; the header reads ${header || 'nothing'}; the columns are ${columns || 'none'}.`,
    );
  },
};

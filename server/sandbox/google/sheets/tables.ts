/** Structured tables: their names, their columns, and what happens to both when cells move (guide "Tables", 2026-04-23). */
import type { GridRange, Sheet, Spreadsheet, Table, TableColumn } from './model.ts';
import type { RangeMap } from './shift-range.ts';

export const COLUMN_TYPES = [
  'COLUMN_TYPE_UNSPECIFIED',
  'DOUBLE',
  'CURRENCY',
  'PERCENT',
  'DATE',
  'TIME',
  'DATE_TIME',
  'TEXT',
  'BOOLEAN',
  'DROPDOWN',
  'FILES_CHIP',
  'PEOPLE_CHIP',
  'FINANCE_CHIP',
  'PLACE_CHIP',
  'RATINGS_CHIP',
] as const;

/** A table's columns as sheet column indices. */
const columnAt = (table: Table, at: number): number => (table.range.startColumnIndex ?? 0) + at;

/** A name that no other column of the table has: Column 1, Column 2, … */
export const freeColumnName = (taken: readonly { columnName: string }[]): string => {
  const names = new Set(taken.map(({ columnName }) => columnName.toLowerCase()));
  let number = 1;
  while (names.has(`column ${number}`)) number += 1;
  return `Column ${number}`;
};

/** The table after cells moved: its columns follow their cells, new ones between them get names of their own. */
export const followTable = (table: Table, map: RangeMap): Table | undefined => {
  const range = map(table.range);
  if (range === table.range) return table;
  if (!range) return undefined;
  const left = range.startColumnIndex ?? 0;
  const placed = new Map<number, TableColumn>();
  table.columns.forEach((column, at) => {
    const { startRowIndex, endRowIndex } = table.range;
    const cell: GridRange = {
      sheetId: table.range.sheetId,
      ...(startRowIndex !== undefined && { startRowIndex }),
      ...(endRowIndex !== undefined && { endRowIndex }),
      startColumnIndex: columnAt(table, at),
      endColumnIndex: columnAt(table, at) + 1,
    };
    const to = map(cell)?.startColumnIndex;
    if (to !== undefined) placed.set(to, column);
  });
  const columns: TableColumn[] = [];
  const width = (range.endColumnIndex ?? left) - left;
  for (let at = 0; at < width; at += 1) {
    const name = freeColumnName([...placed.values(), ...columns]);
    columns.push(placed.get(left + at) ?? { columnName: name, columnType: 'COLUMN_TYPE_UNSPECIFIED' });
  }
  return { ...table, range, columns };
};

export const tableById = (
  draft: Spreadsheet,
  tableId: string,
): { sheet: Sheet; table: Table } | undefined => {
  for (const sheet of draft.sheets) {
    const table = sheet.tables.find((candidate) => candidate.tableId === tableId);
    if (table) return { sheet, table };
  }
  return undefined;
};

export const hasFooter = (table: Table): boolean => table.rowsProperties?.['footerColorStyle'] !== undefined;

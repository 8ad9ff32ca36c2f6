/** batchUpdate requests about structured tables. */
import * as z from 'zod';
import { checkFieldMask, parseFieldMask, wants } from '../../field-mask.ts';
import { invalidArgument } from '../../google-api-error.ts';
import { writableRow } from '../draft.ts';
import { checkedRange, type Edit, sheetOf } from '../edit.ts';
import { cellAt, clearValues, eachRow, setCell } from '../grid.ts';
import type { GridRange, Sheet, Table, TableColumn } from '../model.ts';
import { openRect, overlaps } from '../protection.ts';
import { tableJson } from '../sheet-json.ts';
import { COLUMN_TYPES, freeColumnName, hasFooter, tableById } from '../tables.ts';
import { gridRangeSchema, int32, message, names, requestKind } from './request-kind.ts';

const tableSchema = z.strictObject({
  tableId: z.string().optional(),
  name: z.string().optional(),
  range: gridRangeSchema.optional(),
  rowsProperties: z
    .strictObject({
      headerColorStyle: message.optional(),
      firstBandColorStyle: message.optional(),
      secondBandColorStyle: message.optional(),
      footerColorStyle: message.optional(),
    })
    .optional(),
  columnProperties: z
    .array(
      z.strictObject({
        columnIndex: int32.optional(),
        columnName: z.string().optional(),
        columnType: names(COLUMN_TYPES).optional(),
        dataValidationRule: z.strictObject({ condition: message.optional() }).optional(),
      }),
    )
    .optional(),
});
type Wire = z.infer<typeof tableSchema>;

const assertName = (edit: Edit, name: string, own?: Table): string => {
  const others = edit.draft.sheets.flatMap((sheet) => sheet.tables).filter((table) => table !== own);
  if (name === '') throw invalidArgument('Table name must not be empty.');
  if (others.some((table) => table.name.toLowerCase() === name.toLowerCase())) {
    throw invalidArgument(`A table with the name "${name}" already exists. Please enter another name.`);
  }
  return name;
};

const tableRange = (edit: Edit, wire: Wire['range'], own?: Table): GridRange => {
  const range = checkedRange(edit, wire);
  const { startRowIndex, endRowIndex, startColumnIndex, endColumnIndex } = range;
  const sheet = sheetOf(edit.draft, range.sheetId);
  const rect = {
    top: startRowIndex ?? 0,
    bottom: endRowIndex ?? sheet.rowCount,
    left: startColumnIndex ?? 0,
    right: endColumnIndex ?? sheet.columnCount,
  };
  if (sheet.tables.some((table) => table !== own && overlaps(table.range, rect))) {
    throw invalidArgument('You cannot add a table that overlaps another table.');
  }
  if (sheet.bandedRanges.some((band) => overlaps(band.range, rect))) {
    throw invalidArgument('You cannot add a table to a range that has alternating background colors.');
  }
  return {
    sheetId: range.sheetId,
    startRowIndex: rect.top,
    endRowIndex: rect.bottom,
    startColumnIndex: rect.left,
    endColumnIndex: rect.right,
  };
};

const assertColumn = ({
  columnType,
  dataValidationRule,
}: NonNullable<Wire['columnProperties']>[number]): void => {
  const condition = dataValidationRule?.condition?.['type'];
  if (columnType === 'DROPDOWN' && condition !== 'ONE_OF_LIST') {
    throw invalidArgument('A dropdown column must have a data validation rule with a ONE_OF_LIST condition.');
  }
  if (columnType !== 'DROPDOWN' && dataValidationRule) {
    throw invalidArgument('Only dropdown columns may have a data validation rule.');
  }
};

/** The columns of `range`: as asked, else as the header row reads, else named by number. */
const readColumns = (
  sheet: Sheet,
  range: GridRange,
  wire: Wire['columnProperties'],
  old?: Table,
): TableColumn[] => {
  const left = range.startColumnIndex ?? 0;
  const width = (range.endColumnIndex ?? left) - left;
  const asked = new Map((wire ?? []).map((column, at) => [column.columnIndex ?? (wire ? at : 0), column]));
  for (const [at, column] of asked) {
    if (at < 0 || at >= width) throw invalidArgument(`Invalid table column index: ${at}.`);
    assertColumn(column);
  }
  const columns: TableColumn[] = [];
  for (let at = 0; at < width; at += 1) {
    const want = asked.get(at);
    const header = cellAt(sheet, range.startRowIndex ?? 0, left + at);
    const known = old?.columns[at - ((old.range.startColumnIndex ?? 0) - left)];
    const shown = typeof header === 'string' ? header : undefined;
    const columnName = want?.columnName ?? shown ?? known?.columnName ?? freeColumnName(columns);
    if (columns.some((other) => other.columnName.toLowerCase() === columnName.toLowerCase())) {
      throw invalidArgument(`A table column with the name "${columnName}" already exists.`);
    }
    const rule = want?.dataValidationRule ?? (want?.columnType ? undefined : known?.dataValidationRule);
    columns.push({
      columnName,
      columnType: want?.columnType ?? known?.columnType ?? 'COLUMN_TYPE_UNSPECIFIED',
      ...(rule && { dataValidationRule: rule }),
    });
  }
  return columns;
};

const DEFAULTS: Record<string, number | boolean> = { RATINGS_CHIP: 0, BOOLEAN: false };

/** Header cells read as the columns are called; ratings and checkboxes begin at 0 and FALSE, dropdowns get their rule. */
const writeColumns = (edit: Edit, sheet: Sheet, table: Table): void => {
  const { startRowIndex: top = 0, endRowIndex: bottom = 0, startColumnIndex: left = 0 } = table.range;
  const header = writableRow(edit.draft, sheet, top);
  table.columns.forEach(({ columnName, columnType, dataValidationRule }, at) => {
    const column = left + at;
    setCell(header, column, columnName);
    const initial = DEFAULTS[columnType];
    if (initial === undefined && !dataValidationRule) return;
    const body = {
      top: top + 1,
      bottom: bottom - (hasFooter(table) ? 1 : 0),
      left: column,
      right: column + 1,
    };
    eachRow(edit.draft, sheet, body, (row) => {
      if (initial !== undefined && row.values[column] === undefined) setCell(row, column, initial);
      if (!dataValidationRule) return;
      const ids = Array.from(
        { length: Math.max(row.formats.length, column + 1) },
        (_, index) => row.formats[index] ?? 0,
      );
      ids[column] = edit.book.withValidation(ids[column] ?? 0, { ...dataValidationRule, strict: true });
      row.formats = edit.book.vector(ids);
    });
  });
};

const addTable = requestKind(z.strictObject({ table: tableSchema }), (edit, { table: wire }) => {
  const tables = edit.draft.sheets.flatMap((sheet) => sheet.tables);
  const tableId = wire.tableId ?? edit.newId().toString(36);
  if (tables.some((other) => other.tableId === tableId)) {
    throw invalidArgument(`A table with ID ${tableId} already exists.`);
  }
  const name = assertName(edit, wire.name ?? `Table${tables.length + 1}`);
  const range = tableRange(edit, wire.range);
  const { sheet } = openRect(edit, range);
  const table: Table = {
    tableId,
    name,
    range,
    columns: readColumns(sheet, range, wire.columnProperties),
    ...(wire.rowsProperties && { rowsProperties: wire.rowsProperties }),
  };
  sheet.tables = [...sheet.tables, table];
  writeColumns(edit, sheet, table);
  return { table: tableJson(table) };
});

const find = (edit: Edit, tableId: string | undefined): { sheet: Sheet; table: Table } => {
  const found = tableById(edit.draft, tableId ?? '');
  if (!found) throw invalidArgument(`No table with id: ${tableId ?? ''}`);
  return found;
};

/** A footer that comes or goes makes the range one row longer or shorter, unless the request says the range itself. */
const footedRange = (old: Table, next: Pick<Table, 'rowsProperties'>, range: GridRange): GridRange => {
  const change = Number(hasFooter({ ...old, ...next })) - Number(hasFooter(old));
  return change === 0 ? range : { ...range, endRowIndex: (range.endRowIndex ?? 0) + change };
};

const updateTable = requestKind(
  z.strictObject({ table: tableSchema, fields: z.string() }),
  (edit, { table: wire, fields }) => {
    const mask = parseFieldMask(fields);
    checkFieldMask(mask, { name: true, range: true, rowsProperties: true, columnProperties: true });
    const { sheet, table: old } = find(edit, wire.tableId);
    const { rowsProperties: look, ...rest } = old;
    const rowsProperties = wants(mask, 'rowsProperties') ? wire.rowsProperties : look;
    const isMoved = wants(mask, 'range') && wire.range !== undefined;
    const range = isMoved
      ? tableRange(edit, wire.range, old)
      : footedRange(old, rowsProperties ? { rowsProperties } : {}, old.range);
    if (range.sheetId !== sheet.sheetId || range.startRowIndex !== old.range.startRowIndex) {
      throw invalidArgument('The header row of a table cannot be moved.');
    }
    openRect(edit, range);
    const columns = wants(mask, 'columnProperties') ? wire.columnProperties : undefined;
    const next: Table = {
      ...rest,
      name: wants(mask, 'name') ? assertName(edit, wire.name ?? '', old) : old.name,
      range,
      columns: readColumns(sheet, range, columns, old),
      ...(rowsProperties && { rowsProperties }),
    };
    sheet.tables = sheet.tables.map((table) => (table === old ? next : table));
    writeColumns(edit, sheet, next);
    return undefined;
  },
);

/** The contents go with the table: "deletes the table and its contents". */
const deleteTable = requestKind(z.strictObject({ tableId: z.string().optional() }), (edit, { tableId }) => {
  const { sheet, table } = find(edit, tableId);
  const { rect } = openRect(edit, table.range);
  clearValues(edit.draft, sheet, rect);
  sheet.tables = sheet.tables.filter((other) => other !== table);
  return undefined;
});

export const tableRequests = { addTable, updateTable, deleteTable };

/** batchUpdate requests that read and change the text of many cells: findReplace, trimWhitespace, textToColumns, pasteData. */
import * as z from 'zod';
import { invalidArgument } from '../../google-api-error.ts';
import { cellText } from '../cell-text.ts';
import { writableRow } from '../draft.ts';
import { assertCellText, type Edit, rectOf, sheetOf } from '../edit.ts';
import { formatIdAt, type Rect, setCell, setFormatId } from '../grid.ts';
import { isError, isFormula, type Row, type Sheet } from '../model.ts';
import { assertEditable, openRect } from '../protection.ts';
import { parseEntered } from '../user-entered.ts';
import { PASTE_TYPES } from './paste-types.ts';
import { gridCoordinateSchema, gridRangeSchema, int32, names, requestKind } from './request-kind.ts';

/** Typed text into a cell, as by hand. */
const typeInto = (edit: Edit, row: Row, column: number, text: string): void => {
  assertCellText(edit, text);
  const { value, format } = parseEntered(text, edit.draft.locale);
  setCell(row, column, value);
  const id = row.formats[column] ?? 0;
  const own = edit.book.format(id);
  if (format && own['numberFormat'] === undefined) {
    setFormatId(edit.book, row, column, edit.book.withFormat(id, { ...own, ...format }));
  }
};

const findSchema = z.strictObject({
  find: z.string(),
  replacement: z.string().optional(),
  matchCase: z.boolean().optional(),
  matchEntireCell: z.boolean().optional(),
  searchByRegex: z.boolean().optional(),
  includeFormulas: z.boolean().optional(),
  range: gridRangeSchema.optional(),
  sheetId: int32.optional(),
  allSheets: z.boolean().optional(),
});
type Find = z.infer<typeof findSchema>;

const pattern = ({ find, matchCase, matchEntireCell, searchByRegex }: Find): RegExp => {
  const source = searchByRegex ? find : find.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  try {
    return new RegExp(matchEntireCell ? `^(?:${source})$` : source, matchCase ? 'g' : 'gi');
  } catch (error) {
    throw invalidArgument(`Invalid regular expression: ${error instanceof Error ? error.message : find}`);
  }
};

const places = (edit: Edit, { range, sheetId, allSheets }: Find): { sheet: Sheet; rect: Rect }[] => {
  if ([range, sheetId, allSheets || undefined].filter((part) => part !== undefined).length !== 1) {
    throw invalidArgument('Exactly one of range, sheetId and allSheets must be set.');
  }
  if (range) {
    const sheet = sheetOf(edit.draft, range.sheetId);
    return [{ sheet, rect: rectOf(sheet, range) }];
  }
  const sheets = allSheets ? edit.draft.sheets : [sheetOf(edit.draft, sheetId)];
  return sheets.map((sheet) => ({ sheet, rect: rectOf(sheet, {}) }));
};

const findReplace = requestKind(findSchema, (edit, wish) => {
  if (wish.find === '') throw invalidArgument('find must not be empty.');
  const wanted = pattern(wish);
  const replacement = wish.searchByRegex
    ? (wish.replacement ?? '')
    : (wish.replacement ?? '').replaceAll('$', '$$$$');
  const counts = {
    valuesChanged: 0,
    formulasChanged: 0,
    rowsChanged: 0,
    sheetsChanged: 0,
    occurrencesChanged: 0,
  };
  for (const { sheet, rect } of places(edit, wish)) {
    let rows = 0;
    for (let index = rect.top; index < Math.min(rect.bottom, sheet.rows.length); index += 1) {
      let isRowChanged = false;
      for (
        let column = rect.left;
        column < Math.min(rect.right, sheet.rows[index]?.values.length ?? 0);
        column += 1
      ) {
        const value = sheet.rows[index]?.values[column];
        if (value === undefined || isError(value) || (isFormula(value) && !wish.includeFormulas)) continue;
        const format = edit.book.format(formatIdAt(sheet, index, column));
        const text = isFormula(value) ? value.formula : cellText(value, format);
        const found = text.match(wanted)?.length ?? 0;
        if (found === 0) continue;
        assertEditable(edit, sheet, { top: index, bottom: index + 1, left: column, right: column + 1 });
        typeInto(edit, writableRow(edit.draft, sheet, index), column, text.replace(wanted, replacement));
        counts.occurrencesChanged += found;
        if (isFormula(value)) counts.formulasChanged += 1;
        else counts.valuesChanged += 1;
        isRowChanged = true;
      }
      if (isRowChanged) rows += 1;
    }
    counts.rowsChanged += rows;
    if (rows > 0) counts.sheetsChanged += 1;
  }
  return Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0));
});

/** Outer white space goes, inner runs become one space. */
const trimWhitespace = requestKind(z.strictObject({ range: gridRangeSchema }), (edit, { range }) => {
  const { sheet, rect } = openRect(edit, range);
  let cellsChangedCount = 0;
  for (let index = rect.top; index < Math.min(rect.bottom, sheet.rows.length); index += 1) {
    for (let column = rect.left; column < rect.right; column += 1) {
      const value = sheet.rows[index]?.values[column];
      if (typeof value !== 'string') continue;
      const trimmed = value.trim().replace(/\s+/g, ' ');
      if (trimmed === value) continue;
      setCell(writableRow(edit.draft, sheet, index), column, trimmed === '' ? undefined : trimmed);
      cellsChangedCount += 1;
    }
  }
  return cellsChangedCount > 0 ? { cellsChangedCount } : {};
});

const DELIMITERS: Record<string, string> = { COMMA: ',', SEMICOLON: ';', PERIOD: '.', SPACE: ' ' };

const textToColumns = requestKind(
  z.strictObject({
    source: gridRangeSchema,
    delimiter: z.string().optional(),
    delimiterType: names(['COMMA', 'SEMICOLON', 'PERIOD', 'SPACE', 'CUSTOM', 'AUTODETECT']).optional(),
  }),
  (edit, { source, delimiter, delimiterType = 'AUTODETECT' }) => {
    const { sheet, rect } = openRect(edit, source);
    if (rect.right - rect.left !== 1) throw invalidArgument('The source range must span exactly one column.');
    if ((delimiterType === 'CUSTOM') === (delimiter === undefined)) {
      throw invalidArgument('delimiter must be set if and only if delimiterType is CUSTOM.');
    }
    const texts = Array.from({ length: rect.bottom - rect.top }, (_, down) => {
      const value = sheet.rows[rect.top + down]?.values[rect.left];
      return typeof value === 'string' ? value : undefined;
    });
    const guessed = Object.values(DELIMITERS).find((sign) => texts.some((text) => text?.includes(sign)));
    const sign = delimiter ?? DELIMITERS[delimiterType] ?? guessed ?? ',';
    texts.forEach((text, down) => {
      const parts = text?.split(sign) ?? [];
      if (parts.length < 2) return;
      const right = rect.left + parts.length;
      if (right > sheet.columnCount) throw invalidArgument('The destination range does not fit in the grid.');
      assertEditable(edit, sheet, {
        top: rect.top + down,
        bottom: rect.top + down + 1,
        left: rect.left,
        right,
      });
      const row = writableRow(edit.draft, sheet, rect.top + down);
      parts.forEach((part, across) => {
        typeInto(edit, row, rect.left + across, part);
      });
    });
    return undefined;
  },
);

/** Parses like typing: formulas and dates come alive. */
const pasteData = requestKind(
  z.strictObject({
    coordinate: gridCoordinateSchema,
    data: z.string(),
    type: names(PASTE_TYPES).optional(),
    delimiter: z.string().optional(),
    html: z.boolean().optional(),
  }),
  (edit, { coordinate, data, delimiter, html }) => {
    if ((delimiter === undefined) === (html === undefined)) {
      throw invalidArgument('Exactly one of delimiter and html must be set.');
    }
    if (html) throw invalidArgument('pasteData of HTML is not part of the sandbox.');
    const sheet = sheetOf(edit.draft, coordinate.sheetId);
    const { rowIndex: top = 0, columnIndex: left = 0 } = coordinate;
    const rows = data.split(/\r?\n/).map((line) => line.split(delimiter || ','));
    const right = left + rows.reduce((most, cells) => Math.max(most, cells.length), 0);
    if (top + rows.length > sheet.rowCount || right > sheet.columnCount) {
      throw invalidArgument('The destination range does not fit in the grid.');
    }
    assertEditable(edit, sheet, { top, bottom: top + rows.length, left, right });
    rows.forEach((cells, down) => {
      const row = writableRow(edit.draft, sheet, top + down);
      cells.forEach((text, across) => {
        typeInto(edit, row, left + across, text);
      });
    });
    return undefined;
  },
);

export const textRequests = { findReplace, trimWhitespace, textToColumns, pasteData };

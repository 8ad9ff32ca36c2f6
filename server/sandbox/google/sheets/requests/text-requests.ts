/** batchUpdate requests that read and change the text of many cells: trimWhitespace, textToColumns, pasteData. */
import * as z from 'zod';
import { invalidArgument } from '../../google-api-error.ts';
import { writableRow } from '../draft.ts';
import { sheetOf } from '../edit.ts';
import { setCell } from '../grid.ts';
import { assertEditable, openRect } from '../protection.ts';
import { typeInto } from '../type-into.ts';
import { PASTE_TYPES } from './paste-types.ts';
import { gridCoordinateSchema, gridRangeSchema, names, requestKind } from './request-kind.ts';

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

export const textRequests = { trimWhitespace, textToColumns, pasteData };

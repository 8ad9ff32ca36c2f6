/** batchUpdate's findReplace, by words or by pattern. */
import * as z from 'zod';
import { invalidArgument } from '../../google-api-error.ts';
import { cellText } from '../cell-text.ts';
import { writableRow } from '../draft.ts';
import { type Edit, rectOf, sheetOf } from '../edit.ts';
import { formatIdAt, type Rect } from '../grid.ts';
import { isError, isFormula, type Sheet } from '../model.ts';
import { assertEditable } from '../protection.ts';
import { typeInto } from '../type-into.ts';
import { gridRangeSchema, int32, requestKind } from './request-kind.ts';

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

export const findRequests = { findReplace };

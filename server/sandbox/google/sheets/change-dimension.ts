/** Inserting, deleting and moving rows and columns, with everything that is tied to them. */
import { type DimensionChange, mapIndex, mapList, mapSpan } from './dimension-change.ts';
import { ownLists, writableRow } from './draft.ts';
import type { Edit } from './edit.ts';
import type { FormatBook } from './format-book.ts';
import { NO_FORMATS } from './format-book.ts';
import { followDimensionChange } from './formula/rewrite.ts';
import type {
  DeveloperMetadata,
  Dimension,
  FormatVector,
  GridRange,
  Row,
  Sheet,
  Spreadsheet,
} from './model.ts';
import { isFormula } from './model.ts';

const SIDES = {
  ROWS: { start: 'startRowIndex', end: 'endRowIndex', location: 'ROW' },
  COLUMNS: { start: 'startColumnIndex', end: 'endColumnIndex', location: 'COLUMN' },
} as const;

/** A range's new place; undefined when all of it is gone. Open sides stay open. */
export const shiftRange = (
  range: GridRange,
  dimension: Dimension,
  change: DimensionChange,
): GridRange | undefined => {
  const { start: startSide, end: endSide } = SIDES[dimension];
  const [start, end] = [range[startSide], range[endSide]];
  if (start === undefined && end === undefined) return range;
  const span = mapSpan(change, { start: start ?? 0, end: end ?? Number.MAX_SAFE_INTEGER / 2 });
  if (!span) return undefined;
  return {
    ...range,
    ...(start !== undefined && { [startSide]: span.start }),
    ...(end !== undefined && { [endSide]: span.end }),
  };
};

/** Applies the change to one tab. New rows take the look of the row before or after them, as asked. */
export const changeDimension = (
  edit: Edit,
  sheet: Sheet,
  dimension: Dimension,
  change: DimensionChange,
  inherit: 'before' | 'after' | 'none' = 'none',
): void => {
  const { draft, book } = edit;
  ownLists(draft, sheet);
  if (dimension === 'ROWS') changeRows(draft, sheet, change, inherit);
  else changeColumns(draft, book, sheet, change, inherit);
  shiftRanges(draft, sheet, dimension, change);
  draft.metadata = shiftMetadata(draft.metadata, sheet.sheetId, dimension, change);
  shiftFormulas(draft, sheet, dimension, change);
};

const sizeChange = (change: DimensionChange): number => {
  if (change.kind === 'insert') return change.count;
  return change.kind === 'delete' ? change.start - change.end : 0;
};

const neighbour = (change: DimensionChange, inherit: 'before' | 'after' | 'none'): number | undefined => {
  if (change.kind !== 'insert' || inherit === 'none') return undefined;
  return inherit === 'before' ? change.at - 1 : change.at + change.count;
};

const changeRows = (
  draft: Spreadsheet,
  sheet: Sheet,
  change: DimensionChange,
  inherit: 'before' | 'after' | 'none',
): void => {
  sheet.rows = mapList(change, sheet.rows);
  sheet.rowCount += sizeChange(change);
  if (sheet.rows.length > sheet.rowCount) sheet.rows.length = sheet.rowCount;
  const from = neighbour(change, inherit);
  const formats = from === undefined ? NO_FORMATS : (sheet.rows[from]?.formats ?? NO_FORMATS);
  if (change.kind !== 'insert' || formats.length === 0) return;
  for (let index = change.at; index < change.at + change.count; index += 1) {
    writableRow(draft, sheet, index).formats = formats;
  }
};

const changeColumns = (
  draft: Spreadsheet,
  book: FormatBook,
  sheet: Sheet,
  change: DimensionChange,
  inherit: 'before' | 'after' | 'none',
): void => {
  sheet.columns = mapList(change, sheet.columns);
  sheet.columnCount += sizeChange(change);
  if (sheet.columns.length > sheet.columnCount) sheet.columns.length = sheet.columnCount;
  const from = neighbour(change, inherit);
  const mapped = new Map<FormatVector, FormatVector>();
  const mapFormats = (old: FormatVector): FormatVector => {
    let next = mapped.get(old);
    if (!next) {
      const ids = mapList(change, old.slice()).map((id) => id ?? 0);
      const id = from === undefined ? 0 : (ids[from] ?? 0);
      if (change.kind === 'insert' && id) {
        while (ids.length < change.at + change.count) ids.push(0);
        ids.fill(id, change.at, change.at + change.count);
      }
      next = book.vector(ids);
      mapped.set(old, next);
    }
    return next;
  };
  sheet.rows.forEach((row, index) => {
    if (!row) return;
    const own = writableRow(draft, sheet, index);
    own.values = mapList(change, row.values);
    own.formats = mapFormats(row.formats);
    if (row.notes) moveNotes(own, row.notes, change);
  });
};

const moveNotes = (row: Row, notes: ReadonlyMap<number, string>, change: DimensionChange): void => {
  const moved = new Map<number, string>();
  for (const [column, note] of notes) {
    const to = mapIndex(change, column);
    if (to !== undefined) moved.set(to, note);
  }
  row.notes = moved;
};

const shiftRanges = (
  draft: Spreadsheet,
  sheet: Sheet,
  dimension: Dimension,
  change: DimensionChange,
): void => {
  const shifted = <T extends { range: GridRange }>(items: readonly T[]): T[] =>
    items.flatMap((item) => {
      const range = shiftRange(item.range, dimension, change);
      return range ? [{ ...item, range }] : [];
    });
  sheet.protectedRanges = shifted(sheet.protectedRanges).map((protection) => ({
    ...protection,
    unprotectedRanges: protection.unprotectedRanges.flatMap(
      (range) => shiftRange(range, dimension, change) ?? [],
    ),
  }));
  sheet.bandedRanges = shifted(sheet.bandedRanges);
  sheet.validations = shifted(sheet.validations);
  const [filter] = sheet.basicFilter ? shifted([sheet.basicFilter]) : [];
  if (filter) sheet.basicFilter = filter;
  else delete sheet.basicFilter;
  draft.namedRanges = draft.namedRanges.flatMap((named) =>
    named.range.sheetId === sheet.sheetId ? shifted([named]) : [named],
  );
};

/** Metadata stays with its row or column, and goes with it. */
const shiftMetadata = (
  metadata: readonly DeveloperMetadata[],
  sheetId: number,
  dimension: Dimension,
  change: DimensionChange,
): DeveloperMetadata[] =>
  metadata.flatMap((item) => {
    const { location } = item;
    if (location.type !== SIDES[dimension].location || location.sheetId !== sheetId) return [item];
    const index = mapIndex(change, location.index);
    return index === undefined ? [] : [{ ...item, location: { ...location, index } }];
  });

const shiftFormulas = (
  draft: Spreadsheet,
  changed: Sheet,
  dimension: Dimension,
  change: DimensionChange,
): void => {
  rewriteFormulas(draft, (formula, sheet) =>
    followDimensionChange(formula, sheet.title, changed.title, dimension, change),
  );
};

/** Gives every formula of the spreadsheet its new text; cells whose formula stays are left alone. */
export const rewriteFormulas = (
  draft: Spreadsheet,
  rewrite: (formula: { readonly formula: string }, sheet: Sheet) => { readonly formula: string },
): void => {
  for (const sheet of draft.sheets) {
    for (let index = 0; index < sheet.rows.length; index += 1) {
      const row = sheet.rows[index];
      if (!row) continue;
      for (let column = 0; column < row.values.length; column += 1) {
        const value = row.values[column];
        if (!isFormula(value)) continue;
        const next = rewrite(value, sheet);
        if (next !== value) writableRow(draft, sheet, index).values[column] = next;
      }
    }
  }
};

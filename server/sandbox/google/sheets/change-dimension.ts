/** Inserting, deleting and moving rows and columns, with everything that is tied to them. */
import { mapAttached } from './attached.ts';
import { type DimensionChange, mapIndex, mapList } from './dimension-change.ts';
import { ownLists, writableRow } from './draft.ts';
import type { Edit } from './edit.ts';
import type { FormatBook } from './format-book.ts';
import { NO_FORMATS } from './format-book.ts';
import { followRanges } from './formula/rewrite.ts';
import type {
  DeveloperMetadata,
  Dimension,
  FormatVector,
  Formula,
  Row,
  Sheet,
  Spreadsheet,
} from './model.ts';
import { isFormula } from './model.ts';
import { dimensionMap, type RangeMap } from './shift-range.ts';

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
  draft.metadata = shiftMetadata(draft.metadata, sheet.sheetId, dimension, change);
  followCells(draft, dimensionMap(sheet.sheetId, dimension, change));
};

/** Everything that points at cells or hangs on them goes where they went. */
export const followCells = (draft: Spreadsheet, map: RangeMap): void => {
  mapAttached(draft, map);
  rewriteFormulas(draft, (formula, sheet) => followRanges(formula, draft.sheets, map, sheet));
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

/** Metadata stays with its row or column, and goes with it. */
const shiftMetadata = (
  metadata: readonly DeveloperMetadata[],
  sheetId: number,
  dimension: Dimension,
  change: DimensionChange,
): DeveloperMetadata[] =>
  metadata.flatMap((item) => {
    const { location } = item;
    if (location.type !== (dimension === 'ROWS' ? 'ROW' : 'COLUMN') || location.sheetId !== sheetId)
      return [item];
    const index = mapIndex(change, location.index);
    return index === undefined ? [] : [{ ...item, location: { ...location, index } }];
  });

/** Gives every formula of the spreadsheet its new text; cells whose formula stays are left alone. */
export const rewriteFormulas = (
  draft: Spreadsheet,
  rewrite: (formula: Formula, sheet: Sheet, row: number, column: number) => Formula,
): void => {
  for (const sheet of draft.sheets) {
    for (let index = 0; index < sheet.rows.length; index += 1) {
      const row = sheet.rows[index];
      if (!row) continue;
      for (let column = 0; column < row.values.length; column += 1) {
        const value = row.values[column];
        if (!isFormula(value)) continue;
        const next = rewrite(value, sheet, index, column);
        if (next !== value) writableRow(draft, sheet, index).values[column] = next;
      }
    }
  }
};

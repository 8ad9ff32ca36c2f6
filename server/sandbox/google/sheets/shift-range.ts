/** Where a range goes when cells move: whole rows or columns, a band of them, or a block. Ranges that stay come back as they are. */
import { type DimensionChange, mapSpan } from './dimension-change.ts';
import type { Rect } from './grid.ts';
import type { Dimension, GridRange } from './model.ts';

/** A range's new place; undefined when all of it is gone; the same object when nothing happened to it. */
export type RangeMap = (range: GridRange) => GridRange | undefined;

const SIDES = {
  ROWS: { start: 'startRowIndex', end: 'endRowIndex' },
  COLUMNS: { start: 'startColumnIndex', end: 'endColumnIndex' },
} as const;

const FAR = Number.MAX_SAFE_INTEGER / 2;

/** Open sides stay open. */
export const shiftRange = (
  range: GridRange,
  dimension: Dimension,
  change: DimensionChange,
): GridRange | undefined => {
  const { start: startSide, end: endSide } = SIDES[dimension];
  const [start, end] = [range[startSide], range[endSide]];
  if (start === undefined && end === undefined) return range;
  const span = mapSpan(change, { start: start ?? 0, end: end ?? FAR });
  if (!span) return undefined;
  const isSame = (start === undefined || span.start === start) && (end === undefined || span.end === end);
  if (isSame) return range;
  return {
    ...range,
    ...(start !== undefined && { [startSide]: span.start }),
    ...(end !== undefined && { [endSide]: span.end }),
  };
};

/** Rows or columns of one tab were inserted, deleted or moved. */
export const dimensionMap =
  (sheetId: number, dimension: Dimension, change: DimensionChange): RangeMap =>
  (range) =>
    range.sheetId === sheetId ? shiftRange(range, dimension, change) : range;

/** The same, but only for what lies within a band of columns (for ROWS) or of rows (for COLUMNS): insertRange and deleteRange. */
export const bandMap =
  (
    sheetId: number,
    dimension: Dimension,
    band: { start: number; end: number },
    change: DimensionChange,
  ): RangeMap =>
  (range) => {
    if (range.sheetId !== sheetId) return range;
    const across = SIDES[dimension === 'ROWS' ? 'COLUMNS' : 'ROWS'];
    const isInside = (range[across.start] ?? 0) >= band.start && (range[across.end] ?? FAR) <= band.end;
    return isInside ? shiftRange(range, dimension, change) : range;
  };

/** A block was cut and pasted: what lies wholly in it goes with it. */
export const blockMap =
  (sheetId: number, rect: Rect, to: { sheetId: number; top: number; left: number }): RangeMap =>
  (range) => {
    const { startRowIndex: top, endRowIndex: bottom, startColumnIndex: left, endColumnIndex: right } = range;
    if (range.sheetId !== sheetId) return range;
    if (top === undefined || bottom === undefined || left === undefined || right === undefined) return range;
    if (top < rect.top || bottom > rect.bottom || left < rect.left || right > rect.right) return range;
    const [down, across] = [to.top - rect.top, to.left - rect.left];
    if (down === 0 && across === 0 && to.sheetId === sheetId) return range;
    return {
      sheetId: to.sheetId,
      startRowIndex: top + down,
      endRowIndex: bottom + down,
      startColumnIndex: left + across,
      endColumnIndex: right + across,
    };
  };

/** A tab was deleted. */
export const deletedSheetMap =
  (sheetId: number): RangeMap =>
  (range) =>
    range.sheetId === sheetId ? undefined : range;

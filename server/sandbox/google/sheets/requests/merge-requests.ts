/** batchUpdate requests that merge cells and take merges apart. */
import * as z from 'zod';
import { invalidArgument } from '../../google-api-error.ts';
import { clearValues, type Rect } from '../grid.ts';
import type { GridRange, Sheet } from '../model.ts';
import { covers, openRect, overlaps } from '../protection.ts';
import { gridRangeSchema, names, requestKind } from './request-kind.ts';

const isWithin = (range: GridRange, rect: Rect): boolean =>
  covers(
    {
      startRowIndex: rect.top,
      endRowIndex: rect.bottom,
      startColumnIndex: rect.left,
      endColumnIndex: rect.right,
    },
    {
      top: range.startRowIndex ?? 0,
      bottom: range.endRowIndex ?? 0,
      left: range.startColumnIndex ?? 0,
      right: range.endColumnIndex ?? 0,
    },
  );

/** The merges that the rectangle does not meet; 400 when it cuts through one. */
const mergesOutside = (sheet: Sheet, rect: Rect): GridRange[] =>
  sheet.merges.filter((merge) => {
    if (!overlaps(merge, rect)) return true;
    if (isWithin(merge, rect)) return false;
    throw invalidArgument('You must select all cells in a merged range to merge or unmerge them.');
  });

const pieces = (rect: Rect, type: 'MERGE_ALL' | 'MERGE_COLUMNS' | 'MERGE_ROWS'): Rect[] => {
  const { top, bottom, left, right } = rect;
  if (type === 'MERGE_COLUMNS') {
    return Array.from({ length: right - left }, (_, at) => ({
      top,
      bottom,
      left: left + at,
      right: left + at + 1,
    }));
  }
  if (type === 'MERGE_ROWS') {
    return Array.from({ length: bottom - top }, (_, at) => ({
      left,
      right,
      top: top + at,
      bottom: top + at + 1,
    }));
  }
  return [rect];
};

/** Of each merge only the upper left value stays. */
const mergeCells = requestKind(
  z.strictObject({
    range: gridRangeSchema,
    mergeType: names(['MERGE_ALL', 'MERGE_COLUMNS', 'MERGE_ROWS']).optional(),
  }),
  (edit, { range, mergeType = 'MERGE_ALL' }) => {
    const { sheet, rect } = openRect(edit, range);
    const others = mergesOutside(sheet, rect);
    const made = pieces(rect, mergeType).filter(
      ({ top, bottom, left, right }) => (bottom - top) * (right - left) > 1,
    );
    for (const { top, bottom, left, right } of made) {
      clearValues(edit.draft, sheet, { top, bottom: top + 1, left: left + 1, right });
      clearValues(edit.draft, sheet, { top: top + 1, bottom, left, right });
    }
    sheet.merges = [
      ...others,
      ...made.map(({ top, bottom, left, right }) => ({
        sheetId: sheet.sheetId,
        startRowIndex: top,
        endRowIndex: bottom,
        startColumnIndex: left,
        endColumnIndex: right,
      })),
    ];
    return undefined;
  },
);

const unmergeCells = requestKind(z.strictObject({ range: gridRangeSchema }), (edit, { range }) => {
  const { sheet, rect } = openRect(edit, range);
  sheet.merges = mergesOutside(sheet, rect);
  return undefined;
});

export const mergeRequests = { mergeCells, unmergeCells };

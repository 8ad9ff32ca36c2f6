/** batchUpdate requests that put the rows of a range in another order: sortRange, randomizeRange, deleteDuplicates. */
import * as z from 'zod';
import { invalidArgument } from '../../google-api-error.ts';
import type { Edit } from '../edit.ts';
import { createEvaluator } from '../formula/evaluate.ts';
import type { Rect } from '../grid.ts';
import type { Sheet } from '../model.ts';
import { openRect, overlaps } from '../protection.ts';
import { permuteRows, type SortKey, sortRows } from '../sort-rows.ts';
import { dimensionRangeSchema, gridRangeSchema, int32, message, names, requestKind } from './request-kind.ts';

export const sortSpecSchema = z.strictObject({
  dimensionIndex: int32.optional(),
  sortOrder: names(['SORT_ORDER_UNSPECIFIED', 'ASCENDING', 'DESCENDING']).optional(),
  foregroundColor: message.optional(),
  backgroundColor: message.optional(),
  foregroundColorStyle: message.optional(),
  backgroundColorStyle: message.optional(),
  dataSourceColumnReference: message.optional(),
});

type Colour = Record<string, unknown> | undefined;

const rgb = (style: Colour, plain: Colour): string | undefined => {
  const { red = 0, green = 0, blue = 0 } = (style?.['rgbColor'] ?? plain ?? {}) as Record<string, number>;
  return style || plain ? [red, green, blue].join() : undefined;
};

const keyOf = (edit: Edit, spec: z.infer<typeof sortSpecSchema>): SortKey => {
  const background = rgb(spec.backgroundColorStyle, spec.backgroundColor);
  const foreground = rgb(spec.foregroundColorStyle, spec.foregroundColor);
  if (background !== undefined && foreground !== undefined) {
    throw invalidArgument('Only one of foregroundColor and backgroundColor may be set.');
  }
  const isFirst = (id: number): boolean => {
    const format = edit.book.format(id) as Record<string, Colour>;
    const text = format['textFormat'] as Record<string, Colour> | undefined;
    return background !== undefined
      ? rgb(format['backgroundColorStyle'], format['backgroundColor']) === background
      : rgb(text?.['foregroundColorStyle'], text?.['foregroundColor']) === foreground;
  };
  return {
    column: spec.dimensionIndex ?? 0,
    isDescending: spec.sortOrder === 'DESCENDING',
    ...((background ?? foreground) !== undefined && { isFirst }),
  };
};

const assertUnmerged = (sheet: Sheet, rect: Rect): void => {
  const isTall = sheet.merges.some(
    (merge) => overlaps(merge, rect) && (merge.endRowIndex ?? 0) - (merge.startRowIndex ?? 0) > 1,
  );
  if (isTall) throw invalidArgument("You can't sort a range with vertical merges.");
};

const sortRange = requestKind(
  z.strictObject({ range: gridRangeSchema, sortSpecs: z.array(sortSpecSchema) }),
  (edit, { range, sortSpecs }) => {
    const { sheet, rect } = openRect(edit, range);
    assertUnmerged(sheet, rect);
    sortRows(
      edit,
      sheet,
      rect,
      sortSpecs.map((spec) => keyOf(edit, spec)),
    );
    return undefined;
  },
);

const randomizeRange = requestKind(z.strictObject({ range: gridRangeSchema }), (edit, { range }) => {
  const { sheet, rect } = openRect(edit, range);
  assertUnmerged(sheet, rect);
  const order = Array.from({ length: rect.bottom - rect.top }, (_, at) => ({ at, by: edit.newId() }));
  order.sort((a, b) => a.by - b.by);
  permuteRows(
    edit,
    sheet,
    rect,
    order.map(({ at }) => rect.top + at),
  );
  return undefined;
});

/** Same in value without regard to case or format; the first stays, the rest close up, and what is outside stays. */
const deleteDuplicates = requestKind(
  z.strictObject({ range: gridRangeSchema, comparisonColumns: z.array(dimensionRangeSchema).optional() }),
  (edit, { range, comparisonColumns = [] }) => {
    const { sheet, rect } = openRect(edit, range);
    const { resultAt } = createEvaluator(edit.draft, edit.now);
    const columns = comparisonColumns.flatMap(({ startIndex = rect.left, endIndex = rect.right }) => {
      if (startIndex < rect.left || endIndex > rect.right || startIndex >= endIndex) {
        throw invalidArgument('comparisonColumns must lie within the range.');
      }
      return Array.from({ length: endIndex - startIndex }, (_, at) => startIndex + at);
    });
    const compared =
      columns.length > 0
        ? columns
        : Array.from({ length: rect.right - rect.left }, (_, at) => rect.left + at);
    const seen = new Set<string>();
    const kept: number[] = [];
    for (let row = rect.top; row < rect.bottom; row += 1) {
      const shown = compared.map((column) => resultAt(sheet, row, column) ?? null);
      const key = JSON.stringify(shown).toLowerCase();
      if (row < sheet.rows.length && seen.has(key)) continue;
      seen.add(key);
      kept.push(row);
    }
    const height = rect.bottom - rect.top;
    permuteRows(
      edit,
      sheet,
      rect,
      Array.from({ length: height }, (_, at) => kept[at]),
    );
    const duplicatesRemovedCount = height - kept.length;
    return duplicatesRemovedCount > 0 ? { duplicatesRemovedCount } : {};
  },
);

export const rowRequests = { sortRange, randomizeRange, deleteDuplicates };

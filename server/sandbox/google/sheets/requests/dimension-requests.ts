/** batchUpdate requests about rows and columns. */
import * as z from 'zod';
import { checkFieldMask, parseFieldMask, wants } from '../../field-mask.ts';
import { invalidArgument } from '../../google-api-error.ts';
import { changeDimension } from '../change-dimension.ts';
import { writableColumn, writableRow } from '../draft.ts';
import { assertCellLimit, assertColumnLimit, type Edit, sheetOf } from '../edit.ts';
import type { Rect } from '../grid.ts';
import type { Dimension, Sheet } from '../model.ts';
import { assertEditable, assertInsertable } from '../protection.ts';
import { dimensionRangeSchema, dimensionSchema, int32, message, requestKind } from './request-kind.ts';

type WireRange = z.infer<typeof dimensionRangeSchema>;

interface Lines {
  sheet: Sheet;
  dimension: Dimension;
  start: number;
  end: number;
  size: number;
}

const sizeOf = (sheet: Sheet, dimension: Dimension): number =>
  dimension === 'ROWS' ? sheet.rowCount : sheet.columnCount;

const linesOf = (edit: Edit, range: WireRange): Lines => {
  const sheet = sheetOf(edit.draft, range.sheetId);
  const size = sizeOf(sheet, range.dimension);
  const { startIndex: start = 0, endIndex: end = size } = range;
  if (start < 0 || end <= start) {
    throw invalidArgument(`range.endIndex[${end}] must be greater than range.startIndex[${start}].`);
  }
  return { sheet, dimension: range.dimension, start, end, size };
};

const assertInside = ({ start, end, size, dimension }: Lines, verb: string): void => {
  if (end <= size) return;
  const word = dimension === 'ROWS' ? 'row' : 'column';
  throw invalidArgument(
    `Cannot ${verb} a ${word} that doesn't exist. Tried to ${verb} ${word} index ${Math.max(start, size)} but there are only ${size} ${word}s.`,
  );
};

const rectOfLines = ({ sheet, dimension, start, end }: Lines): Rect =>
  dimension === 'ROWS'
    ? { top: start, bottom: end, left: 0, right: sheet.columnCount }
    : { top: 0, bottom: sheet.rowCount, left: start, right: end };

const appendDimension = requestKind(
  z.strictObject({
    sheetId: int32.optional(),
    dimension: dimensionSchema,
    length: int32,
  }),
  (edit, { sheetId, dimension, length }) => {
    const sheet = sheetOf(edit.draft, sheetId);
    if (length <= 0) throw invalidArgument('length must be greater than 0.');
    if (dimension === 'ROWS') sheet.rowCount += length;
    else {
      assertColumnLimit(edit, sheet.columnCount + length);
      sheet.columnCount += length;
    }
    assertCellLimit(edit);
    return undefined;
  },
);

const insertDimension = requestKind(
  z.strictObject({ range: dimensionRangeSchema, inheritFromBefore: z.boolean().optional() }),
  (edit, { range, inheritFromBefore = false }) => {
    const { sheet, dimension, start, end, size } = linesOf(edit, { ...range, endIndex: range.endIndex ?? 0 });
    if (start > size) {
      throw invalidArgument(`range.startIndex is larger than current grid size (${size})`);
    }
    if (start === size && !inheritFromBefore) {
      throw invalidArgument(
        `range.startIndex must be less than the grid size (${size}) if inheritFromBefore is false.`,
      );
    }
    if (start === 0 && inheritFromBefore) {
      throw invalidArgument('inheritFromBefore cannot be true if range.startIndex is 0.');
    }
    if (dimension === 'COLUMNS') assertColumnLimit(edit, size + end - start);
    assertInsertable(edit, sheet, dimension, start);
    assertCellLimit(edit, (end - start) * (dimension === 'ROWS' ? sheet.columnCount : sheet.rowCount));
    const change = { kind: 'insert', at: start, count: end - start } as const;
    changeDimension(edit, sheet, dimension, change, inheritFromBefore ? 'before' : 'after');
    return undefined;
  },
);

const deleteDimension = requestKind(z.strictObject({ range: dimensionRangeSchema }), (edit, { range }) => {
  const lines = linesOf(edit, range);
  const { sheet, dimension, start, end, size } = lines;
  assertInside(lines, 'delete');
  if (start === 0 && end === size) {
    throw invalidArgument(
      `You can't delete all the ${dimension === 'ROWS' ? 'rows' : 'columns'} on the sheet.`,
    );
  }
  assertEditable(edit, sheet, rectOfLines(lines));
  changeDimension(edit, sheet, dimension, { kind: 'delete', start, end });
  return undefined;
});

/** A move may neither take a part of a merge nor land within one. */
const assertMergesWhole = ({ sheet, dimension, start, end }: Lines, to: number): void => {
  const isCut = sheet.merges.some((merge) => {
    const first = (dimension === 'ROWS' ? merge.startRowIndex : merge.startColumnIndex) ?? 0;
    const last = (dimension === 'ROWS' ? merge.endRowIndex : merge.endColumnIndex) ?? 0;
    const isPart = first < end && last > start && (first < start || last > end);
    return isPart || (to > first && to < last && !(start <= first && end >= last));
  });
  if (isCut) throw invalidArgument('You must select all cells in a merged range to move them.');
};

const moveDimension = requestKind(
  z.strictObject({ source: dimensionRangeSchema, destinationIndex: int32 }),
  (edit, { source, destinationIndex: to }) => {
    const lines = linesOf(edit, source);
    const { sheet, dimension, start, end, size } = lines;
    assertInside(lines, 'move');
    if (to < 0 || to > size) throw invalidArgument(`destinationIndex[${to}] is out of the grid (${size}).`);
    assertEditable(edit, sheet, rectOfLines(lines));
    assertMergesWhole(lines, to);
    changeDimension(edit, sheet, dimension, { kind: 'move', start, end, to });
    return undefined;
  },
);

const updateDimensionProperties = requestKind(
  z.strictObject({
    range: dimensionRangeSchema.optional(),
    dataSourceSheetRange: message.optional(),
    properties: z.strictObject({
      hiddenByUser: z.boolean().optional(),
      hiddenByFilter: z.boolean().optional(),
      pixelSize: int32.optional(),
      // Answered only: a mask that names them is refused.
      developerMetadata: z.array(message).optional(),
      dataSourceColumnReference: message.optional(),
    }),
    fields: z.string(),
  }),
  (edit, { range, properties, fields }) => {
    const mask = parseFieldMask(fields);
    checkFieldMask(mask, { hiddenByUser: true, pixelSize: true });
    if (!range) throw invalidArgument('No range was given.');
    const lines = linesOf(edit, range);
    assertInside(lines, 'update');
    const isHidden = properties.hiddenByUser ?? false;
    const size = properties.pixelSize;
    if (size !== undefined && (size < 2 || size > 2000)) {
      throw invalidArgument(`Invalid pixelSize: ${size}. It must be between 2 and 2000.`);
    }
    for (let index = lines.start; index < lines.end; index += 1) {
      setLine(edit, lines, index, {
        ...(wants(mask, 'hiddenByUser') && { hidden: isHidden }),
        ...(wants(mask, 'pixelSize') && size !== undefined && { size }),
      });
    }
    return undefined;
  },
);

const setLine = (
  { draft }: Edit,
  { sheet, dimension }: Lines,
  index: number,
  line: { hidden?: boolean; size?: number },
): void => {
  if (dimension === 'ROWS') {
    const row = writableRow(draft, sheet, index);
    if (line.hidden !== undefined) row.hidden = line.hidden;
    if (line.size !== undefined) row.height = line.size;
    return;
  }
  const column = writableColumn(draft, sheet, index);
  if (line.hidden !== undefined) column.hidden = line.hidden;
  if (line.size !== undefined) column.width = line.size;
};

/** Widths depend on fonts the sandbox does not have: accepted, nothing changes. */
const autoResizeDimensions = requestKind(
  z.strictObject({
    dimensions: dimensionRangeSchema.optional(),
    dataSourceSheetDimensions: message.optional(),
  }),
  (edit, { dimensions }) => {
    if (dimensions) assertInside(linesOf(edit, dimensions), 'resize');
    return undefined;
  },
);

export const dimensionRequests = {
  appendDimension,
  insertDimension,
  deleteDimension,
  moveDimension,
  updateDimensionProperties,
  autoResizeDimensions,
};

/** batchUpdate requests about groups of rows or columns that fold away. */
import * as z from 'zod';
import { checkFieldMask, parseFieldMask } from '../../field-mask.ts';
import { invalidArgument } from '../../google-api-error.ts';
import { writableColumn, writableRow } from '../draft.ts';
import { type Edit, sheetOf } from '../edit.ts';
import type { Dimension, DimensionGroup, GridRange, Sheet } from '../model.ts';
import { groupsJson, spanOfGroup } from '../sheet-json.ts';
import { dimensionRangeSchema, int32, requestKind } from './request-kind.ts';

type WireRange = z.infer<typeof dimensionRangeSchema>;

const rangeOf = (edit: Edit, wire: WireRange): { sheet: Sheet; dimension: Dimension; range: GridRange } => {
  const { dimension, startIndex = 0 } = wire;
  const sheet = sheetOf(edit.draft, wire.sheetId);
  const size = dimension === 'ROWS' ? sheet.rowCount : sheet.columnCount;
  const endIndex = wire.endIndex ?? size;
  if (startIndex < 0 || endIndex > size || startIndex >= endIndex) {
    throw invalidArgument(`Invalid dimension range [${startIndex}, ${endIndex}).`);
  }
  const range: GridRange =
    dimension === 'ROWS'
      ? { sheetId: sheet.sheetId, startRowIndex: startIndex, endRowIndex: endIndex }
      : { sheetId: sheet.sheetId, startColumnIndex: startIndex, endColumnIndex: endIndex };
  return { sheet, dimension, range };
};

const isSame = (a: GridRange, b: GridRange): boolean => JSON.stringify(a) === JSON.stringify(b);

/** A range that meets others without containing them is cut so that groups nest. */
const addDimensionGroup = requestKind(
  z.strictObject({ range: dimensionRangeSchema }),
  (edit, { range: wire }) => {
    const { sheet, dimension, range } = rangeOf(edit, wire);
    const asked = spanOfGroup({ range, collapsed: false });
    const crosses = sheet.groups.some((group) => {
      const other = spanOfGroup(group);
      if (other.dimension !== dimension) return false;
      const isApart = other.end <= asked.start || other.start >= asked.end;
      const isNested =
        (other.start >= asked.start && other.end <= asked.end) ||
        (asked.start >= other.start && asked.end <= other.end);
      return !isApart && !isNested;
    });
    if (crosses) throw invalidArgument('Partially overlapping groups are not part of the sandbox.');
    sheet.groups = [...sheet.groups, { range, collapsed: false }];
    return { dimensionGroups: groupsJson(sheet, dimension) };
  },
);

const deleteDimensionGroup = requestKind(
  z.strictObject({ range: dimensionRangeSchema }),
  (edit, { range: wire }) => {
    const { sheet, dimension, range } = rangeOf(edit, wire);
    const at = sheet.groups.findLastIndex((group) => isSame(group.range, range));
    if (at < 0) throw invalidArgument('No group exists over the given range.');
    sheet.groups = sheet.groups.filter((_, index) => index !== at);
    const dimensionGroups = groupsJson(sheet, dimension);
    return dimensionGroups.length > 0 ? { dimensionGroups } : {};
  },
);

/** Folding a group hides its rows or columns, unfolding shows them. */
const updateDimensionGroup = requestKind(
  z.strictObject({
    dimensionGroup: z.strictObject({
      range: dimensionRangeSchema,
      depth: int32.optional(),
      collapsed: z.boolean().optional(),
    }),
    fields: z.string(),
  }),
  (edit, { dimensionGroup: { range: wire, collapsed = false }, fields }) => {
    checkFieldMask(parseFieldMask(fields), { collapsed: true });
    const { sheet, dimension, range } = rangeOf(edit, wire);
    const at = sheet.groups.findLastIndex((group) => isSame(group.range, range));
    if (at < 0) throw invalidArgument('No group exists over the given range.');
    sheet.groups = sheet.groups.map(
      (group, index): DimensionGroup => (index === at ? { ...group, collapsed } : group),
    );
    const { start, end } = spanOfGroup({ range, collapsed });
    for (let index = start; index < end; index += 1) {
      if (dimension === 'ROWS') writableRow(edit.draft, sheet, index).hidden = collapsed;
      else writableColumn(edit.draft, sheet, index).hidden = collapsed;
    }
    return undefined;
  },
);

export const groupRequests = { addDimensionGroup, deleteDimensionGroup, updateDimensionGroup };

/** batchUpdate requests about the basic filter (one per tab) and filter views (many). */
import * as z from 'zod';
import { checkFieldMask, type FieldMask, parseFieldMask, wants } from '../../field-mask.ts';
import { invalidArgument } from '../../google-api-error.ts';
import { checkedRange, type Edit, sheetOf } from '../edit.ts';
import type { BasicFilter, FilterLook, FilterView, Sheet } from '../model.ts';
import { filterViewJson } from '../sheet-json.ts';
import { tableById } from '../tables.ts';
import { gridRangeSchema, int32, message, requestKind } from './request-kind.ts';

const look = {
  sortSpecs: z.array(message).optional(),
  criteria: z.record(z.string(), message).optional(),
  filterSpecs: z
    .array(
      z.strictObject({
        columnIndex: int32.optional(),
        filterCriteria: message.optional(),
        dataSourceColumnReference: message.optional(),
      }),
    )
    .optional(),
};
const place = {
  range: gridRangeSchema.optional(),
  namedRangeId: z.string().optional(),
  tableId: z.string().optional(),
};
const basicFilterSchema = z.strictObject({ range: place.range, tableId: place.tableId, ...look });
const filterViewSchema = z.strictObject({
  filterViewId: int32.optional(),
  title: z.string().optional(),
  ...place,
  ...look,
});
type WireLook = Pick<z.infer<typeof filterViewSchema>, keyof typeof look>;
type WirePlace = Pick<z.infer<typeof filterViewSchema>, keyof typeof place>;

/** `filterSpecs` takes precedence over `criteria`; both are answered. */
const readLook = ({ sortSpecs, criteria = {}, filterSpecs }: WireLook): FilterLook => ({
  ...(sortSpecs && { sortSpecs }),
  criteria: filterSpecs
    ? Object.fromEntries(
        filterSpecs.map(({ columnIndex = 0, filterCriteria = {} }) => [String(columnIndex), filterCriteria]),
      )
    : criteria,
});

/** Where a filter lies: exactly one of a range, a named range and a table says so. */
const readPlace = (edit: Edit, wire: WirePlace): Pick<FilterView, 'range' | 'namedRangeId' | 'tableId'> => {
  const { range, namedRangeId, tableId } = wire;
  if ([range, namedRangeId, tableId].filter((part) => part !== undefined).length > 1) {
    throw invalidArgument('Only one of range, namedRangeId or tableId may be set.');
  }
  if (tableId !== undefined) {
    const found = tableById(edit.draft, tableId);
    if (!found) throw invalidArgument(`No table with id: ${tableId}`);
    return { range: found.table.range, tableId };
  }
  if (namedRangeId !== undefined) {
    const named = edit.draft.namedRanges.find((one) => one.namedRangeId === namedRangeId);
    if (!named) throw invalidArgument(`No named range with id: ${namedRangeId}`);
    return { range: named.range, namedRangeId };
  }
  return { range: checkedRange(edit, range ?? {}) };
};

/** Takes the place of the tab's filter, whose criteria are lost unless they come along. */
const setBasicFilter = requestKind(z.strictObject({ filter: basicFilterSchema }), (edit, { filter }) => {
  const { namedRangeId: _, ...where } = readPlace(edit, filter);
  const made: BasicFilter = { ...where, ...readLook(filter) };
  sheetOf(edit.draft, made.range.sheetId).basicFilter = made;
  return undefined;
});

const clearBasicFilter = requestKind(z.strictObject({ sheetId: int32.optional() }), (edit, { sheetId }) => {
  delete sheetOf(edit.draft, sheetId, 'sheet').basicFilter;
  return undefined;
});

const views = ({ draft }: Edit): FilterView[] => draft.sheets.flatMap((sheet) => sheet.filterViews);

const find = (edit: Edit, id: number | undefined): { sheet: Sheet; view: FilterView } => {
  for (const sheet of edit.draft.sheets) {
    const view = sheet.filterViews.find(({ filterViewId }) => filterViewId === id);
    if (view) return { sheet, view };
  }
  throw invalidArgument(`No filter view with id: ${id ?? 0}`);
};

const assertId = (edit: Edit, id: number): void => {
  if (views(edit).some(({ filterViewId }) => filterViewId === id)) {
    throw invalidArgument(`A filter view with ID ${id} already exists.`);
  }
};

const keep = (edit: Edit, view: FilterView): object => {
  const sheet = sheetOf(edit.draft, view.range.sheetId);
  sheet.filterViews = [...sheet.filterViews, view];
  return { filter: filterViewJson(view) };
};

const addFilterView = requestKind(z.strictObject({ filter: filterViewSchema }), (edit, { filter }) => {
  const { filterViewId = edit.newId(), title = `Filter ${views(edit).length + 1}` } = filter;
  assertId(edit, filterViewId);
  return keep(edit, { filterViewId, title, ...readPlace(edit, filter), ...readLook(filter) });
});

const duplicateFilterView = requestKind(
  z.strictObject({ filterId: int32.optional() }),
  (edit, { filterId }) => {
    const { view } = find(edit, filterId);
    return keep(edit, { ...view, filterViewId: edit.newId(), title: `Copy of ${view.title}` });
  },
);

const merged = (edit: Edit, old: FilterView, wire: z.infer<typeof filterViewSchema>, mask: FieldMask) => {
  const isPlaced = wants(mask, 'range') || wants(mask, 'namedRangeId') || wants(mask, 'tableId');
  const fresh = readLook(wire);
  const { sortSpecs, ...rest } = old;
  const sorted = wants(mask, 'sortSpecs') ? fresh.sortSpecs : sortSpecs;
  return {
    ...rest,
    ...(isPlaced && readPlace(edit, wire)),
    ...(wants(mask, 'title') && { title: wire.title ?? '' }),
    ...(sorted && { sortSpecs: sorted }),
    criteria: wants(mask, 'criteria') || wants(mask, 'filterSpecs') ? fresh.criteria : old.criteria,
  };
};

const updateFilterView = requestKind(
  z.strictObject({ filter: filterViewSchema, fields: z.string() }),
  (edit, { filter, fields }) => {
    const mask = parseFieldMask(fields);
    const leaves = { title: true, range: true, namedRangeId: true, tableId: true } as const;
    checkFieldMask(mask, { ...leaves, sortSpecs: true, criteria: true, filterSpecs: true });
    const { sheet, view } = find(edit, filter.filterViewId);
    const next = merged(edit, view, filter, mask);
    sheet.filterViews = sheet.filterViews.filter((other) => other !== view);
    keep(edit, next);
    return undefined;
  },
);

const deleteFilterView = requestKind(z.strictObject({ filterId: int32.optional() }), (edit, { filterId }) => {
  const { sheet, view } = find(edit, filterId);
  sheet.filterViews = sheet.filterViews.filter((other) => other !== view);
  return undefined;
});

export const filterRequests = {
  setBasicFilter,
  clearBasicFilter,
  addFilterView,
  duplicateFilterView,
  updateFilterView,
  deleteFilterView,
};

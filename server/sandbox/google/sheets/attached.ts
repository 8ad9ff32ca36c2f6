/** The one place that knows everything that hangs on cells by range, so that all of it moves with them alike. */
import type { Edit } from './edit.ts';
import type { ConditionalFormat, GridRange, Sheet, Spreadsheet } from './model.ts';
import type { RangeMap } from './shift-range.ts';
import { followTable } from './tables.ts';

const shifted = <T extends { range: GridRange }>(items: readonly T[], map: RangeMap): readonly T[] => {
  let isChanged = false;
  const next = items.flatMap((item) => {
    const range = map(item.range);
    if (range === item.range) return [item];
    isChanged = true;
    return range ? [{ ...item, range }] : [];
  });
  return isChanged ? next : items;
};

const all = (ranges: readonly GridRange[], map: RangeMap): readonly GridRange[] => {
  const next = ranges.flatMap((range) => map(range) ?? []);
  return next.length === ranges.length && next.every((range, at) => range === ranges[at]) ? ranges : next;
};

const isOneCell = (range: GridRange): boolean =>
  (range.endRowIndex ?? 0) - (range.startRowIndex ?? 0) === 1 &&
  (range.endColumnIndex ?? 0) - (range.startColumnIndex ?? 0) === 1;

const shiftedFormats = (
  formats: readonly ConditionalFormat[],
  map: RangeMap,
): readonly ConditionalFormat[] => {
  const next = formats.flatMap((format) => {
    const ranges = all(format.ranges, map);
    if (ranges === format.ranges) return [format];
    return ranges.length > 0 ? [{ ...format, ranges }] : [];
  });
  return next.length === formats.length && next.every((format, at) => format === formats[at])
    ? formats
    : next;
};

/** Gives every range of the spreadsheet its new place; what has none any more is gone. Cells, lines and formulas are not its business. */
export const mapAttached = (draft: Spreadsheet, map: RangeMap): void => {
  for (const sheet of draft.sheets) mapSheet(sheet, map);
  moveHomes(draft);
  draft.namedRanges = shifted(draft.namedRanges, map);
};

const mapSheet = (sheet: Sheet, map: RangeMap): void => {
  sheet.merges = all(sheet.merges, map).filter((range) => !isOneCell(range));
  sheet.conditionalFormats = shiftedFormats(sheet.conditionalFormats, map);
  sheet.bandedRanges = shifted(sheet.bandedRanges, map);
  sheet.filterViews = shifted(sheet.filterViews, map);
  sheet.groups = shifted(sheet.groups, map);
  sheet.tables = sheet.tables.flatMap((table) => followTable(table, map) ?? []);
  sheet.protectedRanges = shifted(sheet.protectedRanges, map).map((protection) => {
    const unprotectedRanges = all(protection.unprotectedRanges, map);
    return unprotectedRanges === protection.unprotectedRanges
      ? protection
      : { ...protection, unprotectedRanges };
  });
  const { basicFilter } = sheet;
  const range = basicFilter && map(basicFilter.range);
  // A tab has one filter of its own: it does not leave with a cut block.
  if (!range) delete sheet.basicFilter;
  else if (range.sheetId === sheet.sheetId) sheet.basicFilter = { ...basicFilter, range };
};

/** What a cut took to another tab is kept there from now on. */
const moveHomes = (draft: Spreadsheet): void => {
  const rehouse = <K extends 'bandedRanges' | 'protectedRanges' | 'tables' | 'filterViews'>(key: K): void => {
    for (const sheet of draft.sheets) {
      const items: readonly { range: GridRange }[] = sheet[key];
      if (items.every(({ range }) => range.sheetId === sheet.sheetId)) continue;
      for (const item of items) {
        if (item.range.sheetId === sheet.sheetId) continue;
        const home = draft.sheets.find(({ sheetId }) => sheetId === item.range.sheetId);
        if (home) home[key] = [...home[key], item] as unknown as Sheet[K];
      }
      sheet[key] = items.filter(({ range }) => range.sheetId === sheet.sheetId) as unknown as Sheet[K];
    }
  };
  rehouse('bandedRanges');
  rehouse('protectedRanges');
  rehouse('tables');
  rehouse('filterViews');
  for (const sheet of draft.sheets) {
    const isOwn = (range: GridRange): boolean => range.sheetId === sheet.sheetId;
    const homeOf = (range: GridRange) => draft.sheets.find(({ sheetId }) => sheetId === range.sheetId);
    if (!sheet.merges.every(isOwn)) {
      for (const range of sheet.merges) {
        const home = isOwn(range) ? undefined : homeOf(range);
        if (home) home.merges = [...home.merges, range];
      }
      sheet.merges = sheet.merges.filter(isOwn);
    }
    if (sheet.conditionalFormats.every(({ ranges }) => ranges.every(isOwn))) continue;
    for (const { ranges, rule } of sheet.conditionalFormats) {
      for (const range of ranges) {
        const home = isOwn(range) ? undefined : homeOf(range);
        if (home) home.conditionalFormats = [...home.conditionalFormats, { ranges: [range], rule }];
      }
    }
    sheet.conditionalFormats = sheet.conditionalFormats.flatMap(({ ranges, rule }) => {
      const own = ranges.filter(isOwn);
      return own.length > 0 ? [{ ranges: own, rule }] : [];
    });
  }
};

/** A tab's attached ranges as its copy under another id has them, with ids of their own; protections stay with the original. */
export const copiedAttached = ({ draft, newId }: Edit, source: Sheet, sheetId: number): Partial<Sheet> => {
  const map = (range: GridRange): GridRange => ({ ...range, sheetId });
  const copies = <T extends { range: GridRange }>(items: readonly T[], own: (item: T) => Partial<T>): T[] =>
    items.map((item) => ({ ...item, range: map(item.range), ...own(item) }));
  const names = new Set(draft.sheets.flatMap(({ tables }) => tables.map(({ name }) => name.toLowerCase())));
  const freeName = (name: string): string => {
    let number = 2;
    while (names.has(`${name}_${number}`.toLowerCase())) number += 1;
    return `${name}_${number}`;
  };
  const { basicFilter } = source;
  return {
    merges: source.merges.map(map),
    conditionalFormats: source.conditionalFormats.map((format) => ({
      ...format,
      ranges: format.ranges.map(map),
    })),
    groups: copies(source.groups, () => ({})),
    bandedRanges: copies(source.bandedRanges, () => ({ bandedRangeId: newId() })),
    filterViews: copies(source.filterViews, () => ({ filterViewId: newId() })),
    tables: copies(source.tables, ({ name }) => ({ tableId: newId().toString(36), name: freeName(name) })),
    protectedRanges: [],
    ...(basicFilter && { basicFilter: { ...basicFilter, range: map(basicFilter.range) } }),
  };
};

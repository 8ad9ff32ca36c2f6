/**
 * A spreadsheet without what differs between two that were written alike: ids, moments, the order of tabs, and how many batches wrote
 * them, which depends on who stood before it together. A block that was written twice shows by its marks.
 */
import type { SpreadsheetDump } from '../../server/sandbox/google/control/dump.ts';

export function sameSheet(dump: SpreadsheetDump) {
  const titleOf = (sheetId: unknown): string =>
    dump.sheets.find((sheet) => sheet.sheetId === sheetId)?.title ?? `no tab ${String(sheetId)}`;
  const sheets = dump.sheets.map(({ sheetId: _, ...sheet }) => ({
    ...sheet,
    cells: Object.fromEntries(
      Object.entries(sheet.cells).map(([name, cell]) => [
        name,
        cell.note === undefined ? cell : { ...cell, note: withoutMoment(cell.note) },
      ]),
    ),
  }));
  const marks = dump.metadata.map(({ metadataKey, metadataValue, location }) => {
    const { sheetId, ...place } = location as { sheetId?: number };
    return `${titleOf(sheetId)}: ${metadataKey} ${withoutIds(metadataValue ?? '')} ${JSON.stringify(place)}`;
  });
  return {
    sheets: sheets.sort((a, b) => (a.title < b.title ? -1 : 1)),
    marks: marks.sort(),
    namedRanges: dump.namedRanges,
  };
}

const withoutMoment = (note: string): string =>
  note.replace(/(Updated by Foliokeep )\d+ \w+ \d+ \d\d:\d\d/, '$1(moment)');
/** Ids of exporters and runs: 26 characters of base 32. */
const withoutIds = (value: string): string => value.replace(/\b01[0-9a-z]{24}\b/g, '(id)');

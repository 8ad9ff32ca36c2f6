/** Parts a dump into what is ours, the values of a block, and what is everybody else's. */
import type { CellDump, SpreadsheetDump } from '../../server/sandbox/google/control/dump.ts';

type SheetDump = SpreadsheetDump['sheets'][number];

interface Place {
  header: number;
  last: number;
  columns: number[];
}

/** Where the block of a tab is, by the marks in it; undefined for a tab without one. Counted from 0. */
function placeOf(dump: SpreadsheetDump, sheet: SheetDump): Place | undefined {
  const here = dump.metadata.flatMap(({ metadataKey, metadataValue, location }) => {
    const { sheetId, index } = location as { sheetId?: number; index?: number };
    return sheetId === sheet.sheetId && index !== undefined
      ? [{ key: metadataKey, index, generation: Number(metadataValue?.split(' ')[1]) }]
      : [];
  });
  const header = here.find(({ key }) => key === 'foliokeep.header')?.index;
  if (header === undefined) return undefined;
  const ends = here.filter(({ key }) => key === 'foliokeep.last').sort((a, b) => a.generation - b.generation);
  const columns = here.filter(({ key }) => key === 'foliokeep.column').map(({ index }) => index);
  return { header, last: ends.at(-1)?.index ?? header, columns: columns.sort((a, b) => a - b) };
}

const cellAt = (name: string): { row: number; column: number } => {
  const [, letters = '', digits = ''] = /^([A-Z]+)(\d+)$/.exec(name) ?? [];
  const column = [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
  return { row: Number(digits) - 1, column };
};

/** The values of a tab's block, row by row, the header first. */
export function blockValues(dump: SpreadsheetDump, sheet: SheetDump): Array<Array<CellDump['value']>> {
  const place = placeOf(dump, sheet);
  if (place === undefined) throw new Error(`No block in ${sheet.title}`);
  const values = new Map(
    Object.entries(sheet.cells).map(([name, { value }]) => {
      const { row, column } = cellAt(name);
      return [`${row} ${column}`, value];
    }),
  );
  const rows: Array<Array<CellDump['value']>> = [];
  for (let row = place.header; row <= place.last; row += 1)
    rows.push(place.columns.map((column) => values.get(`${row} ${column}`)));
  return rows;
}

/**
 * Everything of the spreadsheet that is not ours. Of the blocks' cells only formats and people's notes, and only where `hasLooks`:
 * a row that comes or goes takes the looks of those under it along. Results of formulas may follow the block, so their text is
 * left out; so is the size of the grid, which grows with the block.
 */
export const outside = (dump: SpreadsheetDump, { hasLooks }: { hasLooks: boolean }) => ({
  namedRanges: dump.namedRanges,
  metadata: dump.metadata.filter(({ metadataKey }) => metadataKey?.startsWith('foliokeep.') !== true),
  sheets: dump.sheets.map((whole) => {
    const { rowCount: _, columnCount: __, cells, ...sheet } = whole;
    return { ...sheet, cells: outsideCells(cells, placeOf(dump, whole), hasLooks) };
  }),
});

function outsideCells(
  cells: SheetDump['cells'],
  place: Place | undefined,
  hasLooks: boolean,
): Record<string, CellDump> {
  const kept: Record<string, CellDump> = {};
  for (const [name, { text, value, note, ...rest }] of Object.entries(cells)) {
    const { row, column } = cellAt(name);
    const isUnder = place !== undefined && row >= place.header && place.columns.includes(column);
    const isEmpty = value === undefined && rest.formula === undefined && note === undefined;
    const isOurs = isUnder && (row <= place.last || isEmpty);
    if (isOurs && !hasLooks) continue;
    const theirs = note?.split('\n').filter((line) => !line.startsWith('Updated by Foliokeep'));
    kept[name] = {
      ...rest,
      ...(isOurs || value === undefined ? {} : { value }),
      ...(isOurs || rest.formula !== undefined || text === undefined ? {} : { text }),
      ...(theirs === undefined ? {} : { note: theirs.join('\n') }),
    };
  }
  return kept;
}

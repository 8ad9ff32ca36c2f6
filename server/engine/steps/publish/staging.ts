/**
 * The way of a write that is too large for one request: a hidden tab is filled in chunks, each read back, and one batch
 * copies from it into the block. Nobody sees a half of it, and a repeated chunk writes the same cells.
 */
import { MARK } from '../../../domain/block-marks.ts';
import type { Placement } from '../../../domain/placement.ts';
import type { Reconciled } from '../../../domain/reconcile.ts';
import { rowRuns } from '../../../domain/rectangles.ts';
import { isSameCell } from '../../../domain/sheet-value.ts';
import type { SheetValue } from '../../../domain/spreadsheet.ts';
import { RetryError } from '../../../errors.ts';
import type { Publishing } from './publishing.ts';
import { addTab, copyValues, createMark, deleteTab } from './sheet-requests.ts';
import { type Contents, rangeOf } from './small-write.ts';
import { freeSheetId, growthOf, refuseOverLimit, type Survey } from './survey.ts';

const MOST_ROWS = 10_000;
const MOST_COPIES = 400;

/** Makes the tab, and removes those of dead runs. Answers its id. */
export async function openStaging(
  { ports, context, exporterId, spreadsheetId, grantId, wanted, options }: Publishing,
  { layout, placement, block, stagingTabs, generation }: Survey,
): Promise<number> {
  const size = { rowCount: wanted.rows + 1, columnCount: wanted.columns.length };
  // For a while the spreadsheet holds the rows twice.
  const freed = layout.tabs.filter(({ sheetId }) => stagingTabs.includes(sheetId));
  const left = { ...layout, tabs: layout.tabs.filter((tab) => !freed.includes(tab)) };
  const growth = growthOf(placement, block?.tab) + size.rowCount * size.columnCount;
  refuseOverLimit(left, growth, options.cellLimit);

  // Another id each time: an earlier opening, or this one again, that comes to Google late would else empty what is being filled.
  const sheetId = freeSheetId(layout, `staging ${context.runId} ${generation} ${context.fencing}`);
  await context.guard();
  await ports.sheets.apply(grantId, spreadsheetId, [
    ...stagingTabs.map(deleteTab),
    addTab({ sheetId, title: `Foliokeep staging ${context.runId} ${generation}`, ...size, hidden: true }),
    createMark(MARK.staging, `${exporterId} ${context.runId}`, { kind: 'tab', sheetId }),
  ]);
  return sheetId;
}

/** Fills the next chunk and reads it back; answers the row to go on from, or undefined when all is there. */
export async function stageChunk(
  { ports, context, spreadsheetId, grantId, wanted, options }: Publishing,
  sheetId: number,
  nextRow: number,
  timeZone: string,
): Promise<number | undefined> {
  const rows: SheetValue[][] = nextRow === 0 ? [wanted.columns.map(({ label }) => label)] : [];
  let bytes = 0;
  for await (const row of wanted.values(timeZone, Math.max(0, nextRow - 1))) {
    bytes += Buffer.byteLength(JSON.stringify(row)) + 1;
    if (rows.length > 0 && (bytes > options.requestBytes || rows.length >= MOST_ROWS)) break;
    rows.push(row);
  }
  const endRow = nextRow + rows.length;
  const range = { sheetId, startRow: nextRow, endRow, startColumn: 0, endColumn: wanted.columns.length };
  await context.guard();
  await ports.sheets.fill(grantId, spreadsheetId, range, rows);
  const [back] = await ports.sheets.cells(grantId, spreadsheetId, [range]);
  const isThere = rows.every((row, at) =>
    row.every((value, column) => isSameCell(back?.rows[at]?.[column], value)),
  );
  if (!isThere) throw new RetryError('SHEET_CHANGED');
  context.report({ what: 'Staging rows', done: endRow - 1, total: wanted.rows });
  return endRow > wanted.rows ? undefined : endRow;
}

/** Copies of the rows that differ, from the same rows of the staging tab: all wanted rows are there, so none is moved within the block. */
export function stagedWrite(
  placement: Placement,
  { differing, isUnchanged }: Reconciled,
  stagingSheetId: number,
): Contents {
  const groups = pairedGroups(placement);
  const requests = [];
  const ranges = [];
  let cells = 0;
  for (const { startRow, endRow } of isUnchanged ? [] : fewRuns(differing, groups.length)) {
    for (const { start, end, source } of groups) {
      const destination = rangeOf(placement, { startRow, endRow, start, end });
      const from = {
        sheetId: stagingSheetId,
        startRow,
        endRow,
        startColumn: source,
        endColumn: source + end - start,
      };
      requests.push(copyValues(from, destination));
      ranges.push(destination);
      cells += (endRow - startRow) * (end - start);
    }
  }
  return { requests, cells, ranges };
}

/** Runs of rows, joined over unchanged ones until they are few enough: those get the values that they have. */
function fewRuns(
  differing: Reconciled['differing'],
  groups: number,
): Array<{ startRow: number; endRow: number }> {
  for (let gap = 0; ; gap = gap * 4 + 2) {
    const runs = rowRuns(differing, gap);
    if (runs.length <= 1 || runs.length * groups <= MOST_COPIES) return runs;
  }
}

/** Columns that lie side by side in the tab and, in the same order, in the staging tab. */
function pairedGroups({ columns }: Placement): Array<{ start: number; end: number; source: number }> {
  const groups: Array<{ start: number; end: number; source: number }> = [];
  columns.forEach(({ index, source }, position) => {
    const last = groups.at(-1);
    const before = columns[position - 1];
    if (last && before?.index === index - 1 && before.source === source - 1) last.end = position + 1;
    else groups.push({ start: position, end: position + 1, source });
  });
  return groups;
}

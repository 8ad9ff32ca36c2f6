/** Looks at the spreadsheet before a write: where the block is, where the rows will go, and what forbids it. */
import {
  type Block,
  findBlock,
  MARK,
  MARK_KEYS,
  nextGeneration,
  positiveInt32,
} from '../../../domain/block-marks.ts';
import { cellsIn } from '../../../domain/cell-limit.ts';
import {
  freeTitle,
  grownRanges,
  type Placement,
  placeInBlock,
  placeInNewTab,
} from '../../../domain/placement.ts';
import { cellName, rangeName, type SheetTab, type SpreadsheetLayout } from '../../../domain/spreadsheet.ts';
import { UserError } from '../../../errors.ts';
import type { Publishing } from './publishing.ts';
import { readRanges } from './read-ranges.ts';

export interface Survey {
  layout: SpreadsheetLayout;
  /** The block as it is; undefined where the write makes a new tab. */
  block: Block | undefined;
  placement: Placement;
  generation: number;
  /** Marks on another tab that a new tab takes over from. */
  retired: number[];
  /** Staging tabs of any run: we hold the spreadsheet's lease, so whoever made them is done or gone. */
  stagingTabs: number[];
}

/**
 * `taken`: a generation that is known to be used although no mark of ours shows it. `driveVersion`: of the file, read before.
 */
export async function survey(
  publishing: Publishing,
  { taken, driveVersion }: { taken: number; driveVersion: string },
): Promise<Survey> {
  const { ports, exporter, exporterId, spreadsheetId, grantId, wanted } = publishing;
  const layout =
    publishing.looks.take(publishing, driveVersion) ??
    (await ports.sheets.layout(grantId, spreadsheetId, MARK_KEYS));
  const generation = Math.max(
    nextGeneration(layout, exporterId, exporter.published?.generation ?? 0),
    taken + 1,
  );
  const stagingTabs = layout.marks.flatMap(({ key, place }) => (key === MARK.staging ? [place.sheetId] : []));
  const search = findBlock(layout, exporterId, exporter.published);
  const found = search.kind === 'found' ? search.block : undefined;
  if (wantsNewTab(publishing, search.kind, found)) {
    const sheetId = freeSheetId(layout, `${exporterId} ${generation}`);
    const title = freeTitle(exporter.destination.tabTitle || exporter.name, layout.tabs);
    const placement = placeInNewTab(sheetId, title, wanted.columns, wanted.rows);
    return {
      layout,
      block: undefined,
      placement,
      generation,
      retired: marksOf(layout, exporterId),
      stagingTabs,
    };
  }
  if (search.kind === 'absent') throw new UserError('TAB_MISSING');
  if (search.kind === 'damaged') throw new UserError('BLOCK_DAMAGED', { where: search.where });
  const { block } = search;
  const placement = placeInBlock(block, wanted.columns, exporter.published?.columns ?? [], wanted.rows);
  if (placement.columns.length === 0)
    throw new UserError('BLOCK_DAMAGED', { where: 'every column was deleted' });
  return { layout, block, placement, generation, retired: [], stagingTabs };
}

/** The first publish, or a person's "Write to a new tab"; not a second time by the same run. */
function wantsNewTab(
  { exporter, input, context }: Publishing,
  kind: string,
  found: Block | undefined,
): boolean {
  if (found?.writes.some(({ runId }) => runId === context.runId)) return false;
  if (kind === 'absent' && exporter.published === null) return true;
  return ['TAB_MISSING', 'BLOCK_DAMAGED', 'BLOCK_OVERLAP'].some((code) => input.confirmed.includes(code));
}

/** Refuses a write that would destroy something or cannot succeed, before anything is changed. */
export async function refuseEarly(
  publishing: Publishing,
  { layout, block, placement }: Survey,
): Promise<void> {
  const { wanted, input, options } = publishing;
  const rowsNow = block ? block.lastRow - block.headerRow : 0;
  if (wanted.rows === 0 && rowsNow > 0 && !input.confirmed.includes('EMPTY_ANSWER')) {
    throw new UserError('EMPTY_ANSWER', { rows: rowsNow });
  }
  refuseOverLimit(layout, growthOf(placement, block?.tab), options.cellLimit);
  if (block) await refuseOverlap(publishing, placement, block.tab);
}

export function refuseOverLimit(layout: SpreadsheetLayout, growth: number, limit: number): void {
  const cells = cellsIn(layout.tabs) + growth;
  if (growth > 0 && cells > limit) throw new UserError('CELL_LIMIT', { cells, limit });
}

export function growthOf({ addRows, addColumns }: Placement, tab: SheetTab | undefined): number {
  const rowCount = tab?.rowCount ?? 0;
  const columnCount = tab?.columnCount ?? 0;
  return (rowCount + addRows) * (columnCount + addColumns) - rowCount * columnCount;
}

async function refuseOverlap(publishing: Publishing, placement: Placement, tab: SheetTab): Promise<void> {
  for await (const { range, rows } of readRanges(publishing, grownRanges(placement, tab), {
    withSpills: true,
  })) {
    const row = rows.findIndex((cells) => cells.some((cell) => cell !== null));
    if (row < 0) continue;
    const column = rows[row]?.findIndex((cell) => cell !== null) ?? 0;
    const first = { ...range, startRow: range.startRow + row, startColumn: range.startColumn + column };
    const cell = { ...first, endRow: first.startRow + 1, endColumn: first.startColumn + 1 };
    throw new UserError('BLOCK_OVERLAP', { where: rangeName(placement.title, cell) });
  }
}

/** The same for the same text, unless a tab has it. */
export function freeSheetId(layout: SpreadsheetLayout, seed: string): number {
  for (let attempt = 0; ; attempt += 1) {
    const sheetId = positiveInt32(`tab ${seed} ${attempt}`);
    if (layout.tabs.every((tab) => tab.sheetId !== sheetId)) return sheetId;
  }
}

/** Everything of an exporter but its write marks: those go on counting generations. */
const marksOf = (layout: SpreadsheetLayout, exporterId: string): number[] =>
  layout.marks.flatMap(({ key, value, metadataId }) =>
    key !== MARK.write && key !== MARK.staging && value.split(' ', 1)[0] === exporterId ? [metadataId] : [],
  );

/** `C12` of a cell of the block; row 0 is the header. */
export const nameInBlock = ({ headerRow, columns }: Placement, row: number, column: number): string =>
  cellName(headerRow + row, columns[column]?.index ?? 0);

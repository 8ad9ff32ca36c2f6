/**
 * The one batch that changes a block: all of it or nothing. It begins with the write mark, whose id is the guard: Google
 * refuses a second one, so a batch that was applied before its answer was lost, or that another worker overtook, does nothing.
 */
import {
  columnValue,
  endValue,
  MARK,
  WRITES_KEPT,
  type WriteMark,
  writeIdOf,
  writeValue,
} from '../../../domain/block-marks.ts';
import { columnGroups, type PlacedColumn, type Placement } from '../../../domain/placement.ts';
import type { GridRange } from '../../../domain/spreadsheet.ts';
import type { SheetRequest } from '../../../ports.ts';
import { formatOf } from './column-look.ts';
import {
  addTab,
  appendLines,
  createMark,
  deleteMark,
  deleteTab,
  setBold,
  setNote,
  setNumberFormat,
  writeValues,
} from './sheet-requests.ts';
import type { Survey } from './survey.ts';

export interface Batch {
  exporterId: string;
  survey: Survey;
  write: Omit<WriteMark, 'metadataId'>;
  /** Writes to cells of the block, its growth included. */
  contents: readonly SheetRequest[];
  note: string;
}

export function publishingBatch({ exporterId, survey, write, contents, note }: Batch): SheetRequest[] {
  const { placement, block, stagingTabs, retired } = survey;
  const { sheetId, headerRow } = placement;
  const guard = createMark(
    MARK.write,
    writeValue(exporterId, write),
    { sheetId },
    writeIdOf(exporterId, write.generation),
  );
  const first = firstCell(placement);
  return [
    ...(placement.isNew ? newTab(exporterId, placement, guard) : [guard, ...growGrid(placement)]),
    ...[...retired, ...placement.oldMarks].map(deleteMark),
    ...placement.columns
      .filter(({ isMarked }) => !isMarked)
      .map((column) =>
        createMark(MARK.column, columnValue(exporterId, column), { sheetId, column: column.index }),
      ),
    ...endMarks(exporterId, survey),
    ...formats(survey),
    ...contents,
    ...remainder(placement).map((range) => writeValues(range)),
    setNote({ ...first, startRow: headerRow, endRow: headerRow + 1 }, note),
    ...prune(block?.writes ?? []).map(deleteMark),
    ...stagingTabs.map(deleteTab),
  ];
}

/** Google moves marks with their rows, so they are made anew only for another size; those of the size before stay. */
function endMarks(exporterId: string, { placement, block, generation }: Survey): SheetRequest[] {
  const { sheetId, lastRow, wantedLastRow } = placement;
  const current = (block?.endMarks ?? []).filter((mark) => mark.generation === block?.endGeneration);
  if (block && block.strayLastRow === null && lastRow === wantedLastRow && current.length === 2) return [];
  const value = endValue(exporterId, generation);
  return [
    ...(block?.endMarks ?? [])
      .filter((mark) => !current.includes(mark))
      .map(({ metadataId }) => deleteMark(metadataId)),
    createMark(MARK.last, value, { sheetId, row: wantedLastRow }),
    createMark(MARK.below, value, { sheetId, row: wantedLastRow + 1 }),
  ];
}

/** Cells that stop being ours: rows below the new end, and columns that are no longer wanted. */
export function remainder({
  sheetId,
  headerRow,
  lastRow,
  wantedLastRow,
  columns,
  dropped,
}: Placement): GridRange[] {
  const ranges: GridRange[] = [];
  if (lastRow > wantedLastRow) {
    const rows = { sheetId, startRow: wantedLastRow + 1, endRow: lastRow + 1 };
    ranges.push(...acrossColumns(columns).map((sides) => ({ ...rows, ...sides })));
  }
  for (const index of dropped) {
    ranges.push({
      sheetId,
      startRow: headerRow,
      endRow: lastRow + 1,
      startColumn: index,
      endColumn: index + 1,
    });
  }
  return ranges;
}

/** The cell that carries the stamp, as the sides of its column. */
export const firstCell = ({ sheetId, headerRow, columns }: Placement): GridRange => {
  const startColumn = columns[0]?.index ?? 0;
  return { sheetId, startRow: headerRow, endRow: headerRow + 1, startColumn, endColumn: startColumn + 1 };
};

const newTab = (exporterId: string, placement: Placement, guard: SheetRequest): SheetRequest[] => {
  const { sheetId, title, headerRow, addRows, addColumns } = placement;
  return [
    addTab({ sheetId, title, rowCount: addRows, columnCount: addColumns, frozenRowCount: 1 }),
    guard,
    createMark(MARK.tab, exporterId, { sheetId }),
    createMark(MARK.header, exporterId, { sheetId, row: headerRow }),
  ];
};

const growGrid = ({ sheetId, addRows, addColumns }: Placement): SheetRequest[] => [
  ...appendLines(sheetId, 'ROWS', addRows),
  ...appendLines(sheetId, 'COLUMNS', addColumns),
];

/** Formats only where none was ever set by anybody: new columns, and rows that this batch adds to the grid. */
function formats({ placement, block }: Survey): SheetRequest[] {
  const { sheetId, headerRow, columns, addRows } = placement;
  const rowCount = (block?.tab.rowCount ?? 0) + addRows;
  const requests: SheetRequest[] = [];
  for (const sides of acrossColumns(columns.filter(({ isNew }) => isNew))) {
    requests.push(setBold({ sheetId, startRow: headerRow, endRow: headerRow + 1, ...sides }));
  }
  for (const column of columns) {
    const format = formatOf(column);
    const startRow = column.isBare ? headerRow + 1 : rowCount - addRows;
    if (format && startRow < rowCount) {
      const sides = { startColumn: column.index, endColumn: column.index + 1 };
      requests.push(setNumberFormat({ sheetId, startRow, endRow: rowCount, ...sides }, format));
    }
  }
  return requests;
}

const acrossColumns = (columns: readonly PlacedColumn[]): Array<{ startColumn: number; endColumn: number }> =>
  columnGroups(columns).map(({ start, end }) => ({
    startColumn: columns[start]?.index ?? 0,
    endColumn: (columns[end - 1]?.index ?? 0) + 1,
  }));

/** One is being added. */
const prune = (writes: readonly WriteMark[]): number[] =>
  writes.slice(0, Math.max(0, writes.length - WRITES_KEPT + 1)).map(({ metadataId }) => metadataId);

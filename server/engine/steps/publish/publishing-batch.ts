/**
 * The one batch that changes a block: all of it or nothing. It begins with two guards. The write mark: Google refuses a
 * second one of its id, so a batch that was applied before its answer was lost, or that another worker overtook, does
 * nothing. The other marks: where one is not at the place that we saw, people moved rows or columns since, and nothing is
 * written to what is now another cell (decisions/0012).
 */
import { MARK, type WriteMark, writeIdOf, writeValue } from '../../../domain/block-marks.ts';
import { columnGroups, type PlacedColumn, type Placement } from '../../../domain/placement.ts';
import type { GridRange } from '../../../domain/spreadsheet.ts';
import type { SheetRequest } from '../../../ports.ts';
import { renewedMarks } from './block-mark-requests.ts';
import { formatOf } from './column-look.ts';
import {
  addTab,
  appendLines,
  createMark,
  deleteTab,
  refuseIfMoved,
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
  const { placement, block, stagingTabs } = survey;
  const { sheetId, headerRow } = placement;
  const guard = createMark(
    MARK.write,
    writeValue(exporterId, write),
    { kind: 'tab', sheetId },
    writeIdOf(exporterId, write.generation),
  );
  const first = firstCell(placement);
  return [
    ...(placement.isNew
      ? newTab(exporterId, placement, guard)
      : [guard, ...(block?.marks ?? []).flatMap(refuseIfMoved), ...growGrid(placement)]),
    ...renewedMarks(exporterId, survey),
    ...formats(survey),
    ...contents,
    ...remainder(placement).map((range) => writeValues(range)),
    setNote({ ...first, startRow: headerRow, endRow: headerRow + 1 }, note),
    ...stagingTabs.map(deleteTab),
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
    createMark(MARK.tab, exporterId, { kind: 'tab', sheetId }),
    createMark(MARK.header, exporterId, { kind: 'row', sheetId, index: headerRow }),
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

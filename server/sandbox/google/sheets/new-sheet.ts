/** A fresh tab, and a tab's grid made larger or smaller at its far ends. */
import { invalidArgument } from '../google-api-error.ts';
import { changeDimension } from './change-dimension.ts';
import { assertCellLimit, assertColumnLimit, type Edit } from './edit.ts';
import type { Sheet } from './model.ts';
import { assertEditable } from './protection.ts';

interface AskedProperties {
  hidden?: boolean | undefined;
  rightToLeft?: boolean | undefined;
  tabColorStyle?: Record<string, unknown> | undefined;
  gridProperties?:
    | {
        rowCount?: number | undefined;
        columnCount?: number | undefined;
        frozenRowCount?: number | undefined;
        frozenColumnCount?: number | undefined;
        hideGridlines?: boolean | undefined;
      }
    | undefined;
}

/** 1,000 rows by 26 columns unless asked otherwise, as Google makes them. */
export const newSheet = (edit: Edit, sheetId: number, title: string, asked: AskedProperties = {}): Sheet => {
  const grid = asked.gridProperties ?? {};
  const { rowCount = 1000, columnCount = 26, frozenRowCount = 0, frozenColumnCount = 0 } = grid;
  if (rowCount < 1 || columnCount < 1) throw invalidArgument('rowCount and columnCount must be at least 1.');
  assertColumnLimit(edit, columnCount);
  return {
    sheetId,
    title,
    hidden: asked.hidden ?? false,
    rightToLeft: asked.rightToLeft ?? false,
    ...(asked.tabColorStyle && { tabColorStyle: asked.tabColorStyle }),
    rowCount,
    columnCount,
    frozenRowCount,
    frozenColumnCount,
    hideGridlines: grid.hideGridlines ?? false,
    owner: edit.draft.draft,
    rows: [],
    columns: [],
    bandedRanges: [],
    protectedRanges: [],
    merges: [],
    conditionalFormats: [],
    filterViews: [],
    tables: [],
    groups: [],
  };
};

/** Rows and columns come and go at the end; what stood in those that go is gone. */
export const resizeGrid = (edit: Edit, sheet: Sheet, rows: number, columns: number): void => {
  if (rows < 1) throw invalidArgument("You can't delete all the rows on the sheet.");
  if (columns < 1) throw invalidArgument("You can't delete all the columns on the sheet.");
  assertColumnLimit(edit, columns);
  const { rowCount, columnCount } = sheet;
  if (rows < rowCount) {
    assertEditable(edit, sheet, { top: rows, bottom: rowCount, left: 0, right: columnCount });
    changeDimension(edit, sheet, 'ROWS', { kind: 'delete', start: rows, end: rowCount });
  }
  if (columns < columnCount) {
    assertEditable(edit, sheet, { top: 0, bottom: sheet.rowCount, left: columns, right: columnCount });
    changeDimension(edit, sheet, 'COLUMNS', { kind: 'delete', start: columns, end: columnCount });
  }
  sheet.rowCount = rows;
  sheet.columnCount = columns;
  if (rows > rowCount || columns > columnCount) assertCellLimit(edit);
};

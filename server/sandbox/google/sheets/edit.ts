/** What every change to a spreadsheet carries: the draft, who is asking, and the limits that bind them. */
import { deadlineExceeded, invalidArgument } from '../google-api-error.ts';
import type { FormatBook } from './format-book.ts';
import { cellCount, type Rect } from './grid.ts';
import type { SheetsLimits } from './limits.ts';
import type { GridRange, Sheet, Spreadsheet } from './model.ts';

export interface Actor {
  email: string;
  /** The owner passes every protection. */
  isOwner: boolean;
  /** The Cloud project of the app; empty for a person at the keyboard. */
  projectNumber: string;
}

export interface Edit {
  draft: Spreadsheet;
  book: FormatBook;
  limits: SheetsLimits;
  actor: Actor;
  /** A positive int32 that nothing in the sandbox has yet. */
  newId(): number;
  /** The clock's instant in ms, for TODAY and NOW. */
  now: number;
  /** Cells that the call has written so far. */
  work: { cells: number };
}

/** The tab that a range lies on; Google's JSON leaves out a `sheetId` of 0. */
export const sheetOf = (draft: Spreadsheet, sheetId: number | undefined, word = 'grid'): Sheet => {
  const sheet = draft.sheets.find((candidate) => candidate.sheetId === (sheetId ?? 0));
  if (!sheet) throw invalidArgument(`No ${word} with id: ${sheetId ?? 0}`);
  return sheet;
};

const side = (
  name: string,
  [start = 0, end]: [number | undefined, number | undefined],
  size: number,
): [number, number] => {
  const word = name === 'Row' ? 'row' : 'column';
  if (start < 0 || (end !== undefined && end < 0))
    throw invalidArgument(`GridRange.start${name}Index must be >= 0`);
  if (end !== undefined && start > end) {
    throw invalidArgument(`GridRange.start${name}Index[${start}] is after GridRange.end${name}Index[${end}]`);
  }
  if (start > size)
    throw invalidArgument(`GridRange.start${name}Index[${start}] is after last ${word} in grid[${size}]`);
  if (end !== undefined && end > size) {
    throw invalidArgument(`GridRange.end${name}Index[${end}] is after last ${word} in grid[${size}]`);
  }
  return [start, end ?? size];
};

/** A range's sides as they came over the wire: any of them may be open. */
export interface OpenSides {
  startRowIndex?: number | undefined;
  endRowIndex?: number | undefined;
  startColumnIndex?: number | undefined;
  endColumnIndex?: number | undefined;
}

/** A stored range that surely lies in its grid: a `sheetId` always, open sides absent. */
export const checkedRange = (
  edit: Edit,
  wire: (OpenSides & { sheetId?: number | undefined }) | undefined,
): GridRange => {
  if (!wire) throw invalidArgument('No range was given.');
  rectOf(sheetOf(edit.draft, wire.sheetId), wire);
  const { startRowIndex, endRowIndex, startColumnIndex, endColumnIndex } = wire;
  return {
    sheetId: wire.sheetId ?? 0,
    ...(startRowIndex !== undefined && { startRowIndex }),
    ...(endRowIndex !== undefined && { endRowIndex }),
    ...(startColumnIndex !== undefined && { startColumnIndex }),
    ...(endColumnIndex !== undefined && { endColumnIndex }),
  };
};

/** A GridRange as a closed rectangle inside its grid; 400 when it lies beyond. */
export const rectOf = (sheet: Sheet, range: OpenSides): Rect => {
  const [top, bottom] = side('Row', [range.startRowIndex, range.endRowIndex], sheet.rowCount);
  const [left, right] = side('Column', [range.startColumnIndex, range.endColumnIndex], sheet.columnCount);
  return { top, bottom, left, right };
};

/** `added` cells are about to come: what would not fit must not be made first. */
export const assertCellLimit = ({ draft, limits }: Edit, added = 0): void => {
  if (cellCount(draft) + added > limits.cells) {
    throw invalidArgument(
      `This action would increase the number of cells in the workbook above the limit of ${limits.cells} cells.`,
    );
  }
};

export const assertColumnLimit = ({ limits }: Edit, columns: number): void => {
  if (columns > limits.columns) {
    throw invalidArgument(
      `This action would increase the number of columns in the sheet above the limit of ${limits.columns} columns.`,
    );
  }
};

export const assertCellText = ({ limits }: Edit, text: string): void => {
  if (text.length > limits.charactersPerCell) {
    throw invalidArgument(
      `Your input contains more than the maximum of ${limits.charactersPerCell} characters in a single cell.`,
    );
  }
};

/** A call that would work longer than Google gives it ends with a timeout error, and nothing of it is kept (section 5.1). */
export const spendCells = ({ limits, work }: Edit, { top, bottom, left, right }: Rect): void => {
  work.cells += Math.max(0, bottom - top) * Math.max(0, right - left);
  if (work.cells > limits.cellsPerCall) throw deadlineExceeded();
};

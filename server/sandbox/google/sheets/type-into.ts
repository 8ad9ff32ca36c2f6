/** Text typed into a cell: what it is taken for, and the number format that this implies. */
import { assertCellText, type Edit } from './edit.ts';
import { setCell, setFormatId } from './grid.ts';
import type { Row } from './model.ts';
import { parseEntered } from './user-entered.ts';

/** Typed text into a cell, as by hand. */
export const typeInto = (edit: Edit, row: Row, column: number, text: string): void => {
  assertCellText(edit, text);
  const { value, format } = parseEntered(text, edit.draft.locale);
  setCell(row, column, value);
  const id = row.formats[column] ?? 0;
  const own = edit.book.format(id);
  if (format && own['numberFormat'] === undefined) {
    setFormatId(edit.book, row, column, edit.book.withFormat(id, { ...own, ...format }));
  }
};

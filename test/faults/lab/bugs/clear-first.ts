/** Planted: the block is emptied before it is written. */
import type { Bug } from './planted.ts';

export const clearFirst: Bug = {
  name: 'clear-first',
  breaks: 'the block is emptied before it is written',
  file: 'server/engine/steps/publish/write-block.ts',
  search: "    return (await ports.sheets.apply(grantId, spreadsheetId, batch)) === 'applied';",
  replace:
    "    await ports.sheets.apply(grantId, spreadsheetId, [...ranges].map((range) => ({ updateCells: { range: { sheetId: range.sheetId, startRowIndex: range.startRow, endRowIndex: range.endRow, startColumnIndex: range.startColumn, endColumnIndex: range.endColumn }, fields: 'userEnteredValue' } }))).catch(() => undefined);\n    return (await ports.sheets.apply(grantId, spreadsheetId, batch)) === 'applied';",
  by: 'I3',
  habits: { edits: 1, renames: 0.5 },
};

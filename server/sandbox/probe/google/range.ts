/** Ranges of a tab as batch requests want them: rows and columns from 0, ends excluded. */

export const cells = (sheetId: number, rows: [number, number], columns: [number, number]) => ({
  sheetId,
  startRowIndex: rows[0],
  endRowIndex: rows[1],
  startColumnIndex: columns[0],
  endColumnIndex: columns[1],
});

export const lines = (
  sheetId: number,
  dimension: 'ROWS' | 'COLUMNS',
  startIndex: number,
  endIndex: number,
) => ({
  sheetId,
  dimension,
  startIndex,
  endIndex,
});

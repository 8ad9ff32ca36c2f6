/** The look of a cell that nobody has given one, as new spreadsheets have it. */
export const DEFAULT_FORMAT = {
  backgroundColor: { red: 1, green: 1, blue: 1 },
  padding: { top: 2, right: 3, bottom: 2, left: 3 },
  verticalAlignment: 'BOTTOM',
  wrapStrategy: 'OVERFLOW_CELL',
  textFormat: { foregroundColor: {}, fontFamily: 'arial,sans,sans-serif', fontSize: 10 },
  backgroundColorStyle: { rgbColor: { red: 1, green: 1, blue: 1 } },
};

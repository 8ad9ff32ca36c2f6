/** What Google Sheets does with requests, and what becomes of all that hangs on cells when cells move. */
import type { Rule } from './rule.ts';

const TYPES = '@googleapis/sheets 18.1.1, doc comments of';

export const googleSheetsRules: readonly Rule[] = [
  {
    id: 'google-request-kinds',
    says: 'batchUpdate knows the kinds of request of the published client, each message with exactly one of them.',
    source: `${TYPES} Request`,
    certainty: 'specified',
  },
  {
    id: 'google-request-fields',
    says: 'Each request takes the fields of its published message; any other name is a 400 that names it and its place.',
    source: `${TYPES} each request; wording of captured answers`,
    certainty: 'specified',
  },
  {
    id: 'google-request-refusals',
    says: 'A request that names what is not there, or lacks what it needs, is a 400 INVALID_ARGUMENT that begins with its place in the batch.',
    source: 'google-platform.md 5.9; wordings as clients have reported them',
    certainty: 'reported',
    probe:
      'Send each request of the refusal table of the tests to a spreadsheet of one small tab and compare the messages.',
  },
  {
    id: 'google-replies-in-order',
    says: 'A batch answers with one reply per request at its place, empty where the kind has none.',
    source: `${TYPES} BatchUpdateSpreadsheetResponse`,
    certainty: 'specified',
  },
  {
    id: 'google-batch-response',
    says: 'includeSpreadsheetInResponse adds the spreadsheet, narrowed by responseRanges; a field mask alone decides about cells.',
    source: `${TYPES} BatchUpdateSpreadsheetRequest`,
    certainty: 'specified',
  },
  {
    id: 'google-copy-to',
    says: 'sheets.copyTo puts a tab last in another spreadsheet, as "Copy of …", under a new id.',
    source: `${TYPES} Resource$Spreadsheets$Sheets.copyTo; the title as remembered`,
    certainty: 'reported',
    probe: 'Copy a tab into another spreadsheet twice and look at titles and places.',
  },
  {
    id: 'google-moves-together',
    says: 'Formulas, ranges, merges, bands, tables, filters, formats, notes, rules and metadata follow inserted, deleted and moved rows and columns; a move keeps a range’s first and last line as its ends.',
    source: 'google-platform.md 5.5 and 5.7; ends of a range in a move as in other spreadsheets',
    certainty: 'assumed',
    probe:
      'Name A2:A4, write =SUM(A2:A4), drag row 4 below row 8, read both; drag row 9 between rows 2 and 3, read both.',
  },
  {
    id: 'google-band-shift',
    says: 'insertRange and deleteRange shift only the cells of the range’s own columns (or rows); ranges wholly within the band go along.',
    source: `${TYPES} InsertRangeRequest and DeleteRangeRequest; what becomes of wider ranges is not said`,
    certainty: 'assumed',
    probe: 'Name A5:A6 and A5:C6, insert cells at A2 shifting rows, read both names.',
  },
  {
    id: 'google-cut-follows',
    says: 'cutPaste moves cells, empties where they were, and references to the block follow, across tabs too.',
    source: `${TYPES} CutPasteRequest; references as in the editor`,
    certainty: 'reported',
    probe: 'Cut A1:B2 to another tab and read a formula that pointed at it.',
  },
  {
    id: 'google-sort-permutes',
    says: 'sortRange puts the rows of the range in another order and changes nothing else.',
    source: `${TYPES} SortRangeRequest`,
    certainty: 'specified',
  },
  {
    id: 'google-sort-takes-all',
    says: 'A sorted cell takes its formula (relative to its row), format, note and validation rule along; row metadata, heights and cells beside the range stay.',
    source: 'as in the editor',
    certainty: 'assumed',
    probe:
      'Sort two rows of a range, one of them with a note, a format, a rule, a relative formula and row metadata; look where each is.',
  },
  {
    id: 'google-sort-colour',
    says: 'A sort by colour puts cells of that colour at the top.',
    source: `${TYPES} SortSpec`,
    certainty: 'specified',
  },
  {
    id: 'google-find-replace',
    says: 'findReplace takes exactly one of range, sheetId and allSheets, and counts values, formulas, rows, tabs and occurrences.',
    source: `${TYPES} FindReplaceRequest and FindReplaceResponse`,
    certainty: 'specified',
  },
  {
    id: 'google-paste-data',
    says: 'pasteData and textToColumns parse text as typing does: formulas and dates come alive.',
    source: 'google-platform.md 5.2',
    certainty: 'reported',
    probe: 'Paste "=1+1" by request and read the formula.',
  },
  {
    id: 'google-tidy',
    says: 'trimWhitespace and deleteDuplicates answer how much they changed; duplicates are told without case or format, and what is outside the range stays.',
    source: `${TYPES} TrimWhitespaceResponse and DeleteDuplicatesRequest`,
    certainty: 'specified',
  },
  {
    id: 'google-180-seconds',
    says: 'A call that would take longer than 180 seconds ends with a timeout error.',
    source: 'google-platform.md 5.1 [A]; which error, and whether anything was done, is not said',
    certainty: 'assumed',
    probe:
      'Copy a million cells with one copyPaste, then two, then four million, until it fails; note the answer and what was written.',
  },
  {
    id: 'google-sheets-methods',
    says: 'Sheets v4 has the methods of the published client, at their published paths.',
    source: `${TYPES} every resource`,
    certainty: 'specified',
  },
  {
    id: 'google-append-table',
    says: 'values.append writes below the last table that its range meets, or at the range’s first cell where there is none.',
    source: 'guide "Read & write cell values", its example with two tables, 2026',
    certainty: 'documented',
  },
  {
    id: 'google-append-inserts',
    says: 'INSERT_ROWS makes new rows for appended values; a full grid grows.',
    source: `${TYPES} Params$Resource$Spreadsheets$Values$Append`,
    certainty: 'specified',
  },
  {
    id: 'google-mask-names',
    says: 'Field masks may name every field of the published messages and no other.',
    source: `${TYPES} Spreadsheet; @googleapis/drive 26.0.1, File`,
    certainty: 'specified',
  },
];

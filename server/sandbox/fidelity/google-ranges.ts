/** What Google Sheets does with tables, merges, filters, bands, protections and other things that lie on ranges. */
import type { Rule } from './rule.ts';

const TYPES = '@googleapis/sheets 18.1.1, doc comments of';

export const googleRangeRules: readonly Rule[] = [
  {
    id: 'google-sort-merged',
    says: 'A range with cells merged down cannot be sorted.',
    source: 'as in the editor; the wording is not known',
    certainty: 'assumed',
    probe: 'Merge A2:A3 and sort A1:B5 by request; note the message.',
  },
  {
    id: 'google-paste-types',
    says: 'Each paste type takes what its name says: PASTE_FORMAT takes format and validation, PASTE_NORMAL merges too, PASTE_VALUES values only.',
    source: 'reference "PasteType", 2026',
    certainty: 'documented',
  },
  {
    id: 'google-merge-values',
    says: 'Merging keeps the upper left value of each merge only.',
    source: 'as in the editor',
    certainty: 'assumed',
    probe: 'Fill A1:B2, merge it by request, unmerge it and read.',
  },
  {
    id: 'google-merge-whole',
    says: 'A request that covers a part of a merge is a 400; a merge that shrinks to one cell is none.',
    source: `${TYPES} UnmergeCellsRequest ("must not partially span any merge"); moves likewise`,
    certainty: 'reported',
    probe: 'Merge A2:A3, move row 3 by request, and unmerge A3:A4.',
  },
  {
    id: 'google-filter-hides',
    says: 'Rows that the basic filter’s criteria leave out are hiddenByFilter, still receive writes, and both forms of the criteria are answered.',
    source: `${TYPES} BasicFilter and DimensionProperties; google-platform.md 5.7`,
    certainty: 'specified',
  },
  {
    id: 'google-filter-one',
    says: 'A tab has one basic filter: setting it again replaces range and criteria.',
    source: 'google-platform.md 5.7',
    certainty: 'documented',
  },
  {
    id: 'google-bands-apart',
    says: 'Banded ranges overlap neither one another nor a table.',
    source: 'wording of a captured answer',
    certainty: 'reported',
    probe: 'Add banding over a part of a banded range and over a part of a table.',
  },
  {
    id: 'google-conditional-order',
    says: 'Conditional formats are a list per tab, addressed by index, replaced or moved by an update that answers old and new.',
    source: `${TYPES} UpdateConditionalFormatRuleResponse`,
    certainty: 'specified',
  },
  {
    id: 'google-borders',
    says: 'updateBorders sets the edges it names, leaves the others, and NONE takes one away; borders are kept per cell.',
    source: `${TYPES} UpdateBordersRequest and Border`,
    certainty: 'specified',
  },
  {
    id: 'google-duplicate-sheet',
    says: 'duplicateSheet copies bands, filters, tables and merges under ids of their own, and no protections.',
    source: 'as in the editor',
    certainty: 'assumed',
    probe: 'Duplicate a tab that has one of each by request and read it back.',
  },
  {
    id: 'google-groups',
    says: 'Groups of rows nest by depth; folding one hides its rows.',
    source: `${TYPES} DimensionGroup`,
    certainty: 'specified',
  },
  {
    id: 'google-table-columns',
    says: 'A table’s columns are called as its header cells read, and header cells read as its columns are called.',
    source: 'google-platform.md 5.8 [D]',
    certainty: 'assumed',
    probe:
      'Add a table over filled headers with one column named otherwise; read the header row and the table.',
  },
  {
    id: 'google-table-defaults',
    says: 'Columns of checkboxes and ratings are filled with FALSE and 0.',
    source: 'google-platform.md 5.8 [A]',
    certainty: 'documented',
  },
  {
    id: 'google-table-dropdown',
    says: 'A dropdown column needs a ONE_OF_LIST rule, and no other column may have one.',
    source: 'guide "Tables", copy of 2026-04-23 (google-platform.md 5.8)',
    certainty: 'documented',
  },
  {
    id: 'google-table-unique',
    says: 'Table names are unique in the spreadsheet and tables do not overlap.',
    source: `${TYPES} Table; google-platform.md 5.8 [A/B]`,
    certainty: 'specified',
  },
  {
    id: 'google-table-append',
    says: 'appendCells with a tableId fills the free rows of the body, then makes the table longer in front of its footer.',
    source: 'google-platform.md 5.8 [A]; what is below is pushed down as an insertRange would',
    certainty: 'reported',
    probe: 'Append three rows to a table of one free row with cells right below it; look at both.',
  },
  {
    id: 'google-table-footer',
    says: 'A footer colour that comes or goes makes the table’s range one row longer or shorter.',
    source: `${TYPES} TableRowsProperties`,
    certainty: 'specified',
  },
  {
    id: 'google-table-follows',
    says: 'A table follows its cells; a column inserted in it is called "Column N".',
    source: 'google-platform.md 5.8 [A]: insertDimension inserts inside; the name as in the editor',
    certainty: 'assumed',
    probe: 'Insert a column inside a table by request and read its columns and header.',
  },
  {
    id: 'google-table-delete',
    says: 'deleteTable deletes the contents too.',
    source: 'google-platform.md 5.8 [A]',
    certainty: 'documented',
  },
  {
    id: 'google-table-bands',
    says: 'Tables are listed among bandedRanges by reference unless excludeTablesInBandedRanges is set.',
    source: `${TYPES} Params$Resource$Spreadsheets$Get and BandedRange.bandedRangeReference`,
    certainty: 'specified',
  },
  {
    id: 'google-table-backs',
    says: 'Filters and protected ranges can be tied to a table and then have its range; only one of range, name and table may be set.',
    source: 'google-platform.md 5.8 [B]',
    certainty: 'specified',
  },
  {
    id: 'google-protected-warning',
    says: 'A protected range that only warns stops no request, and lists no editors.',
    source: `${TYPES} ProtectedRange.warningOnly`,
    certainty: 'specified',
  },
  {
    id: 'google-protected-editors',
    says: 'Editors of a protected range may write to it, as may whoever made it; only they are told who they are.',
    source: `${TYPES} ProtectedRange.editors ("only visible to users with edit access to the protected range")`,
    certainty: 'specified',
  },
  {
    id: 'google-protected-structure',
    says: 'In a protected range others may neither insert, delete, move, sort, merge nor cut; unprotected ranges of a protected tab stay free.',
    source: `${TYPES} ProtectedRange.unprotectedRanges; structure as in the editor`,
    certainty: 'reported',
    probe: 'Protect a tab but for A5:B6, and send each request of the test as another editor.',
  },
  {
    id: 'google-protected-named',
    says: 'A protection tied to a named range lies where the name does.',
    source: `${TYPES} ProtectedRange.namedRangeId`,
    certainty: 'specified',
  },
  {
    id: 'google-strict-rule',
    says: 'A strict validation rule stops what people type, not what the API writes.',
    source: 'no source says what the API does',
    certainty: 'assumed',
    probe:
      'Put a strict list on a cell and write another value with values.update, RAW and USER_ENTERED, and with updateCells.',
  },
  {
    id: 'google-filter-sort-specs',
    says: 'Sort specs of a basic filter are kept and move no rows.',
    source: 'no source says whether they do',
    certainty: 'assumed',
    probe: 'Set a basic filter with sort specs over unsorted rows and read the rows.',
  },
  {
    id: 'google-named-range-gone',
    says: 'A named range goes when all of its rows or columns are deleted.',
    source: 'likeliest reading of google-platform.md 5.5',
    certainty: 'assumed',
    probe: 'Delete the only row of a named range; read namedRanges and a formula that used it.',
  },
];

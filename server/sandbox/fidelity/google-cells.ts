/** How Google Sheets keeps and shows values. */
import type { Rule } from './rule.ts';

export const googleCellRules: readonly Rule[] = [
  {
    id: 'google-null-skips',
    says: 'In values null leaves a cell as it is and "" empties it.',
    source: 'google-platform.md 5.2 [B]; @googleapis/sheets 18 types',
    certainty: 'specified',
    probe: 'Write ["a","b"], then [null,""], and read.',
  },
  {
    id: 'google-raw-is-text',
    says: 'RAW keeps text as text: formulas, dates, leading zeros.',
    source: 'google-platform.md 5.3 [C quote of the enum]',
    certainty: 'reported',
    probe: 'Write =1+2, 007 and 2026-11-20 with RAW, and read what was entered.',
  },
  {
    id: 'google-user-entered',
    says: 'USER_ENTERED reads text as if it were typed.',
    source: 'google-platform.md 5.3 [C quote of the enum]',
    certainty: 'reported',
    probe: 'Write =1+2, 007 and 2026-11-20 with USER_ENTERED, and read what was entered.',
  },
  {
    id: 'google-text-format-keeps',
    says: 'A cell of text format keeps typed digits as text.',
    source: 'google-platform.md 5.3',
    certainty: 'assumed',
    probe: 'Give a cell the format TEXT, write 007 with USER_ENTERED, and read it.',
  },
  {
    id: 'google-serial-dates',
    says: 'Dates are serial numbers from 1899-12-30, read back as serials or as they are shown.',
    source: 'google-platform.md 5.4 [B]',
    certainty: 'ran',
  },
  {
    id: 'google-doubles',
    says: 'Numbers are doubles: the seventeenth digit is lost.',
    source: 'google-platform.md 5.3',
    certainty: 'documented',
  },
  {
    id: 'google-trailing-blanks',
    says: 'Reading values leaves trailing blanks out; blanks between are "".',
    source: '@googleapis/sheets 18, ValueRange.values',
    certainty: 'specified',
  },
  {
    id: 'google-range-titles',
    says: 'A title is quoted in A1 where it must be, and found quoted or not; a range that cannot be read is 400.',
    source: 'google-platform.md 5.2',
    certainty: 'documented',
  },
  {
    id: 'google-read-clips',
    says: 'Reading clips at the end of the grid and is 400 when it begins beyond; writing beyond is 400 and never grows the grid.',
    source: 'behaviour remembered; the documentation says nothing',
    certainty: 'assumed',
    probe: 'On a grid of 10 by 5 read A8:Z20, read A12:B13, write A12, and read the grid’s size.',
  },
  {
    id: 'google-update-cells-clears',
    says: 'updateCells with a range clears what its rows do not cover, for the named fields only.',
    source: 'google-platform.md 5.2 [B]; @googleapis/sheets 18, UpdateCellsRequest',
    certainty: 'specified',
    probe: 'Fill A1:B3, updateCells over A1:B3 with one row and fields userEnteredValue, and read.',
  },
  {
    id: 'google-string-value-literal',
    says: 'stringValue is literal; only formulaValue makes a formula.',
    source: 'google-platform.md 5.2 and 5.3 [B]',
    certainty: 'specified',
  },
  {
    id: 'google-paste-values',
    says: 'PASTE_VALUES puts results where formulas were, and blanks over what stood there.',
    source: 'google-platform.md 5.6',
    certainty: 'assumed',
    probe: 'Copy =1+2 and a blank over two filled cells with PASTE_VALUES, and read formulas.',
  },
  {
    id: 'google-sort-order',
    says: 'Sorting puts numbers before text and blanks last, in both directions.',
    source: 'behaviour remembered',
    certainty: 'assumed',
    probe: 'Sort b, 2, (blank), a, 1 both ways, and read.',
  },
  {
    id: 'google-cell-characters',
    says: 'A cell holds 50,000 characters; one more is 400.',
    source: 'google-platform.md 5.1 [C]',
    certainty: 'reported',
    probe: 'Write 50,000 and then 50,001 characters into one cell.',
  },
];

/** What Google Sheets' formulas come to and how they follow cells. */
import type { Rule } from './rule.ts';

const TYPES = '@googleapis/sheets 18.1.1, doc comments of';

export const googleFormulaRules: readonly Rule[] = [
  {
    id: 'google-formulas-follow',
    says: 'Formulas are rewritten when cells move, tabs and named ranges get new names, and show #REF! where what they named is gone.',
    source: 'google-platform.md 5.6 [D, well known]',
    certainty: 'reported',
    probe:
      'Write one formula of each form, then insert, delete, rename and read them with valueRenderOption=FORMULA.',
  },
  {
    id: 'google-formula-values',
    says: 'The everyday functions and operators come to what the function list says; ^ is left to right of a signed number, so =-2^2 is 4.',
    source: 'Google Sheets function list (support.google.com/docs/table/25273)',
    certainty: 'reported',
    probe: 'Enter the formulas of the test table and compare.',
  },
  {
    id: 'google-formula-errors',
    says: 'Formulas fail with #DIV/0!, #NAME?, #VALUE!, #N/A, #REF! (also for circles) and #ERROR! for what does not parse.',
    source: `${TYPES} ErrorValue`,
    certainty: 'specified',
  },
  {
    id: 'google-formula-today',
    says: 'TODAY and NOW go by the spreadsheet’s time zone.',
    source: 'google-platform.md 5.4',
    certainty: 'reported',
    probe: 'Set a time zone where it is tomorrow and read =TODAY().',
  },
  {
    id: 'google-formula-three-values',
    says: 'A cell has what was entered, what it comes to, and how that is shown.',
    source: `${TYPES} CellData`,
    certainty: 'specified',
  },
  {
    id: 'google-formula-format',
    says: 'A formula without a number format of its own is shown as what it is made of: dates, money, shares.',
    source: 'as in the editor',
    certainty: 'assumed',
    probe: 'Enter the formulas of the test beside a date and an amount and read their formattedValue.',
  },
];

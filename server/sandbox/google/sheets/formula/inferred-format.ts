/** The number format that a formula's cell shows when it has none of its own: that of what it is made of. */
import type { FormatBook } from '../format-book.ts';
import type { CellFormat, Sheet, Spreadsheet } from '../model.ts';
import { isFormula } from '../model.ts';
import { type Expression, parseFormula } from './parse.ts';
import { plainSheetName } from './tokens.ts';

const DATE: CellFormat = { numberFormat: { type: 'DATE', pattern: 'yyyy-mm-dd' } };
const DATE_TIME: CellFormat = { numberFormat: { type: 'DATE_TIME', pattern: 'yyyy-mm-dd h:mm:ss' } };

const BY_FUNCTION: Record<string, CellFormat> = { TODAY: DATE, DATE, NOW: DATE_TIME };
/** Functions whose result is of the kind of their arguments, and where these begin. */
const LIKE_ARGUMENT: Record<string, number> = {
  SUM: 0,
  AVERAGE: 0,
  MIN: 0,
  MAX: 0,
  ROUND: 0,
  ABS: 0,
  IFERROR: 0,
  IF: 1,
  SUMIF: 2,
};

/** References to references are followed so far and no further. */
const MOST_STEPS = 4;

/** The cell's own format, with the number format that its formula implies where it has none. */
export const shownFormat = (
  spreadsheet: Spreadsheet,
  book: FormatBook,
  sheet: Sheet,
  row: number,
  column: number,
  steps = MOST_STEPS,
): CellFormat => {
  const known = sheet.rows[row];
  const format = book.format(known?.formats[column] ?? 0);
  const value = known?.values[column];
  if (!isFormula(value) || format['numberFormat'] !== undefined || steps === 0) return format;
  const expression = parseFormula(value.formula);
  const numberFormat = expression && inferred(expression, sheet);
  return numberFormat ? { ...format, numberFormat } : format;

  function inferred(of: Expression, own: Sheet): unknown {
    switch (of.kind) {
      case 'reference': {
        const { sheet: name, from } = of.reference;
        const title = name === undefined ? undefined : plainSheetName(name).toLowerCase();
        const home =
          title === undefined ? own : spreadsheet.sheets.find((one) => one.title.toLowerCase() === title);
        if (!home) return undefined;
        const top = from.row ?? firstFilled(home, from.column ?? 0);
        return shownFormat(spreadsheet, book, home, top, from.column ?? 0, steps - 1)['numberFormat'];
      }
      case 'call': {
        const fixed = Object.hasOwn(BY_FUNCTION, of.name) ? BY_FUNCTION[of.name] : undefined;
        if (fixed) return fixed['numberFormat'];
        const at = Object.hasOwn(LIKE_ARGUMENT, of.name) ? LIKE_ARGUMENT[of.name] : undefined;
        const arg = at === undefined ? undefined : of.args[at];
        return arg && inferred(arg, own);
      }
      case 'unary':
        return inferred(of.of, own);
      case 'percent':
        return { type: 'PERCENT', pattern: '0.00%' };
      case 'binary': {
        if (of.sign !== '+' && of.sign !== '-' && of.sign !== '*' && of.sign !== '/') return undefined;
        const left = inferred(of.left, own);
        if (left === undefined) return inferred(of.right, own);
        if (of.sign !== '-' || !isDate(left)) return left;
        // Days between two dates are a plain number.
        const right = inferred(of.right, own);
        return right !== undefined && isDate(right) ? undefined : left;
      }
      default:
        return undefined;
    }
  }
};

const isDate = (format: unknown): boolean => String((format as { type?: string }).type).startsWith('DATE');

/** `B:B` looks like the first number in it. */
const firstFilled = (sheet: Sheet, column: number): number => {
  const found = sheet.rows.findIndex((row) => typeof row?.values[column] === 'number');
  return Math.max(found, 0);
};

/** Values for cells: from the mirror's text to what Sheets holds, and when two of them are the same. */
import { canonicalDecimal } from './money.ts';
import { serialOfDate, serialOfInstant } from './serial-date.ts';
import { type EnteredCell, isFormula, type SheetValue } from './spreadsheet.ts';

/** What a column's cells are in a sheet. */
export type SheetKind = 'text' | 'number' | 'date' | 'instant' | 'boolean';

/** Google's limit for one cell (google-platform.md section 5.1). */
export const MAX_CELL_CHARACTERS = 50_000;
/** A double holds every decimal of so many significant digits exactly enough to print it back. */
const EXACT_DIGITS = 15;

/**
 * Turns a cell of a row batch into a sheet value. Text is text whatever it looks like. Decimal text of up to 15
 * significant digits becomes a number; longer, it stays text to the last digit, because Sheets would round it. A value that is not
 * of its column's kind stays text as it is. '' is an empty cell: Sheets knows no empty text.
 */
export function toSheetValue(
  cell: string | number | boolean | null,
  kind: SheetKind,
  timeZone: string,
): SheetValue {
  if (cell === null || cell === '') return null;
  switch (kind) {
    case 'text':
      return typeof cell === 'string' ? cell.toWellFormed() : String(cell);
    case 'boolean':
      return cell === 'true' ? true : cell === 'false' ? false : cell;
    case 'number':
      return typeof cell === 'string' ? numberOrText(cell) : cell;
    case 'date':
      return typeof cell === 'string' ? (serialOfDate(cell) ?? cell.toWellFormed()) : cell;
    case 'instant':
      return typeof cell === 'string' ? (serialOfInstant(cell, timeZone) ?? cell.toWellFormed()) : cell;
  }
}

function numberOrText(text: string): number | string {
  const canonical = canonicalDecimal(text);
  if (canonical === undefined) return text.toWellFormed();
  const digits = canonical.replace(/[-.]/g, '').replace(/^0+/, '');
  const significant = canonical.includes('.') ? digits : digits.replace(/0+$/, '');
  return significant.length > EXACT_DIGITS ? text : Number(canonical);
}

/**
 * Whether a cell already shows what is wanted, tolerant of how Sheets gives values back: numbers to 15 significant digits,
 * line ends as \n, control characters dropped. A formula is never the same: our cells hold values.
 */
export function isSameCell(current: EnteredCell | undefined, wanted: SheetValue): boolean {
  const there = current ?? null;
  if (there === wanted) return true;
  if (isFormula(there) || there === null || wanted === null) return isBlank(there) && isBlank(wanted);
  if (typeof there === 'number' && typeof wanted === 'number')
    return canonNumber(there) === canonNumber(wanted);
  if (typeof there === 'string' && typeof wanted === 'string') return canonText(there) === canonText(wanted);
  return false;
}

/** A text that is equal for two cells exactly when `isSameCell` holds. */
export function cellKey(cell: EnteredCell | undefined): string {
  const there = cell ?? null;
  if (isFormula(there)) return `f${there.formula}`;
  if (isBlank(there)) return '';
  switch (typeof there) {
    case 'number':
      return `n${canonNumber(there)}`;
    case 'boolean':
      return there ? 'b1' : 'b0';
    default:
      return `s${canonText(String(there))}`;
  }
}

const canonNumber = (value: number): string => String(Number(value.toPrecision(EXACT_DIGITS)) + 0);

const NEEDS_CANON = /[\0-\x08\x0b-\x1f]/;
const canonText = (text: string): string =>
  NEEDS_CANON.test(text) ? text.replace(/\r\n?/g, '\n').replace(/[\0-\x08\x0b-\x1f]/g, '') : text;

const isBlank = (cell: EnteredCell): boolean =>
  cell === null || (typeof cell === 'string' && canonText(cell) === '');

/** Works out what formulas show. Small on purpose: references, ranges, arithmetic, text and the everyday functions. */

import { localSerial } from '../date-pattern.ts';
import type { CellError, ErrorCode, Result, Scalar, Sheet, Spreadsheet } from '../model.ts';
import { isError, isFormula } from '../model.ts';
import { cellResults } from './cell-results.ts';
import { callFunction } from './functions.ts';
import { type Expression, parseFormula } from './parse.ts';
import { plainSheetName, type Reference } from './tokens.ts';

/** A block of cells, read as it is walked. */
export interface Range {
  rows: number;
  columns: number;
  /** Rows that may hold anything: below them all is blank, however far the range reaches. */
  filledRows: number;
  at(row: number, column: number): Result;
}

export type Operand = { value: Result } | { range: Range };

export interface Evaluator {
  /** What the cell shows; its own value when it holds no formula. */
  resultAt(sheet: Sheet, row: number, column: number): Result;
}

export const fail = (error: ErrorCode): CellError => ({ error });

interface Kept {
  evaluator: Evaluator;
  now: number;
  /** Whether a result came from the clock. */
  isVolatile: boolean;
}

const evaluators = new WeakMap<Spreadsheet, Kept>();

/** One evaluator per committed state; one that looked at the clock is made anew when the clock has moved. */
export const evaluatorOf = (spreadsheet: Spreadsheet, now: number): Evaluator => {
  const known = evaluators.get(spreadsheet);
  if (known && (known.now === now || !known.isVolatile)) return known.evaluator;
  const made: Kept = { now, isVolatile: false, evaluator: { resultAt: () => undefined } };
  made.evaluator = createEvaluator(spreadsheet, now, () => {
    made.isVolatile = true;
  });
  evaluators.set(spreadsheet, made);
  return made.evaluator;
};

/** `now` in ms is what TODAY and NOW go by, in the spreadsheet's time zone. */
export const createEvaluator = (
  spreadsheet: Spreadsheet,
  now: number,
  onClock: () => void = () => undefined,
): Evaluator => {
  const clock = (): number => {
    onClock();
    return localSerial(now, spreadsheet.timeZone);
  };
  const formulaResult = cellResults(({ sheet, row, column }) => {
    const value = sheet.rows[row]?.values[column];
    const expression = isFormula(value) ? parseFormula(value.formula) : undefined;
    return scalarOf(expression ? evaluate(expression, sheet) : { value: fail('#ERROR!') }) ?? 0;
  });

  const resultAt = (sheet: Sheet, row: number, column: number): Result => {
    const value = sheet.rows[row]?.values[column];
    return isFormula(value) ? formulaResult(sheet, row, column) : value;
  };

  const rangeOf = (reference: Reference, own: Sheet): Range | undefined => {
    const title = reference.sheet === undefined ? undefined : plainSheetName(reference.sheet).toLowerCase();
    const sheet =
      title === undefined ? own : spreadsheet.sheets.find((other) => other.title.toLowerCase() === title);
    if (!sheet) return undefined;
    const { from, to = from } = reference;
    const top = Math.min(from.row ?? 0, to.row ?? from.row ?? 0);
    const left = Math.min(from.column ?? 0, to.column ?? from.column ?? 0);
    const isOpenDown = from.row === undefined || to.row === undefined;
    const isOpenRight = from.column === undefined || to.column === undefined;
    const bottom = isOpenDown ? sheet.rowCount : Math.max(from.row ?? 0, to.row ?? 0) + 1;
    const right = isOpenRight ? sheet.columnCount : Math.max(from.column ?? 0, to.column ?? 0) + 1;
    if (bottom > sheet.rowCount + 1 && top >= sheet.rowCount) return undefined;
    return blockOf(sheet, top, bottom, left, right);
  };

  const blockOf = (sheet: Sheet, top: number, bottom: number, left: number, right: number): Range => {
    const rows = Math.max(0, bottom - top);
    return {
      rows,
      columns: Math.max(0, right - left),
      filledRows: Math.max(0, Math.min(rows, sheet.rows.length - top)),
      at: (row, column) => resultAt(sheet, top + row, left + column),
    };
  };

  const evaluate = (expression: Expression, own: Sheet): Operand => {
    switch (expression.kind) {
      case 'literal':
        return { value: expression.value };
      case 'failure':
        return { value: fail(expression.code as ErrorCode) };
      case 'reference': {
        const range = rangeOf(expression.reference, own);
        return range ? { range } : { value: fail('#REF!') };
      }
      case 'range-name': {
        const named = spreadsheet.namedRanges.find(
          ({ name }) => name.toLowerCase() === expression.name.toLowerCase(),
        );
        const home = named && spreadsheet.sheets.find(({ sheetId }) => sheetId === named.range.sheetId);
        if (!named || !home) return { value: fail('#NAME?') };
        const { startRowIndex: top = 0, startColumnIndex: left = 0 } = named.range;
        const { endRowIndex = home.rowCount, endColumnIndex = home.columnCount } = named.range;
        return { range: blockOf(home, top, endRowIndex, left, endColumnIndex) };
      }
      case 'call':
        return {
          value: callFunction(
            expression.name,
            expression.args.length,
            (index) => {
              const arg = expression.args[index];
              return arg ? evaluate(arg, own) : { value: undefined };
            },
            clock,
          ),
        };
      case 'unary': {
        const number = toNumber(scalarOf(evaluate(expression.of, own)));
        return { value: isError(number) ? number : expression.sign === '-' ? -number : number };
      }
      case 'percent': {
        const number = toNumber(scalarOf(evaluate(expression.of, own)));
        return { value: isError(number) ? number : number / 100 };
      }
      case 'binary':
        return {
          value: combine(
            expression.sign,
            scalarOf(evaluate(expression.left, own)),
            scalarOf(evaluate(expression.right, own)),
          ),
        };
    }
  };

  return { resultAt };
};

/** One value of an operand: a block of more than one cell has none. */
export const scalarOf = (operand: Operand): Result => {
  if ('value' in operand) return operand.value;
  const { rows, columns, at } = operand.range;
  return rows === 1 && columns === 1 ? at(0, 0) : fail('#VALUE!');
};

export const toNumber = (value: Result): number | CellError => {
  if (value === undefined) return 0;
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (isError(value)) return value;
  const number = Number(value.replaceAll(',', ''));
  return value.trim() === '' || Number.isNaN(number) ? fail('#VALUE!') : number;
};

export const toText = (value: Scalar | undefined): string =>
  value === undefined ? '' : typeof value === 'boolean' ? (value ? 'TRUE' : 'FALSE') : String(value);

/** Numbers before text before booleans; text without regard to case. */
export const compareScalars = (a: Scalar, b: Scalar): number => {
  const rank = (value: Scalar): number => (typeof value === 'number' ? 0 : typeof value === 'string' ? 1 : 2);
  if (rank(a) !== rank(b)) return rank(a) - rank(b);
  const [x, y] = typeof a === 'string' && typeof b === 'string' ? [a.toLowerCase(), b.toLowerCase()] : [a, b];
  return x < y ? -1 : x > y ? 1 : 0;
};

const blankLike = (other: Result): Scalar =>
  typeof other === 'string' ? '' : typeof other === 'boolean' ? false : 0;

const combine = (sign: string, left: Result, right: Result): Result => {
  if (isError(left)) return left;
  if (isError(right)) return right;
  if (sign === '&') return toText(left) + toText(right);
  if (/^[=<>]/.test(sign)) {
    const order = compareScalars(left ?? blankLike(right), right ?? blankLike(left));
    if (sign === '=') return order === 0;
    if (sign === '<>') return order !== 0;
    if (sign === '<') return order < 0;
    if (sign === '>') return order > 0;
    return sign === '<=' ? order <= 0 : order >= 0;
  }
  const a = toNumber(left);
  const b = toNumber(right);
  if (isError(a)) return a;
  if (isError(b)) return b;
  if (sign === '/' && b === 0) return fail('#DIV/0!');
  const result =
    sign === '+' ? a + b : sign === '-' ? a - b : sign === '*' ? a * b : sign === '/' ? a / b : a ** b;
  return Number.isFinite(result) ? result : fail('#NUM!');
};

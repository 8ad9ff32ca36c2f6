/** The functions that the evaluator knows; any other name shows #NAME?. */

import { dateSerial, serialDate } from '../date-pattern.ts';
import type { CellError, Result, Scalar } from '../model.ts';
import { isError } from '../model.ts';
import { compareScalars, fail, type Operand, scalarOf, toNumber, toText } from './evaluate.ts';
import { LOOKUPS } from './lookups.ts';

/** Arguments are worked out when asked for: IF must not touch the branch not taken. */
export type Argument = (index: number) => Operand;
type SheetFunction = (arg: Argument, count: number, clock: Clock) => Result;
/** The serial that the wall shows now, in the spreadsheet's time zone. */
type Clock = () => number;

export const callFunction = (name: string, count: number, arg: Argument, clock: Clock): Result => {
  const known = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
  const lookup = Object.hasOwn(LOOKUPS, name) ? LOOKUPS[name] : undefined;
  if (known) return known(arg, count, clock);
  return lookup ? lookup(arg, count) : fail('#NAME?');
};

/** Every cell of every argument; `isDirect` when it was written in the formula itself. */
function* cells(arg: Argument, count: number): Generator<{ value: Result; isDirect: boolean }> {
  for (let index = 0; index < count; index += 1) {
    const operand = arg(index);
    if ('value' in operand) {
      yield { value: operand.value, isDirect: true };
      continue;
    }
    const { filledRows, columns, at } = operand.range;
    for (let row = 0; row < filledRows; row += 1) {
      for (let column = 0; column < columns; column += 1) yield { value: at(row, column), isDirect: false };
    }
  }
}

/** The numbers among the cells: text and booleans in ranges are passed over, as Sheets does. */
const numbers = (arg: Argument, count: number, withBooleans = false): number[] | CellError => {
  const found: number[] = [];
  for (const { value, isDirect } of cells(arg, count)) {
    if (isError(value)) return value;
    if (typeof value === 'number') found.push(value);
    else if (typeof value === 'boolean' && (withBooleans || isDirect)) found.push(Number(value));
    else if (isDirect && value !== undefined) {
      const number = toNumber(value);
      if (isError(number)) return number;
      found.push(number);
    }
  }
  return found;
};

const overNumbers =
  (combine: (found: number[]) => Result): SheetFunction =>
  (arg, count) => {
    const found = numbers(arg, count);
    return Array.isArray(found) ? combine(found) : found;
  };

const overText =
  (change: (text: string) => Result): SheetFunction =>
  (arg) => {
    const value = scalarOf(arg(0));
    return isError(value) ? value : change(toText(value));
  };

const sum = (found: number[]): number => found.reduce((total, number) => total + number, 0);

const roundTo = (number: number, digits: number): number => {
  const rounded = Number(`${Math.round(Number(`${Math.abs(number)}e${digits}`))}e${-digits}`);
  return Number.isNaN(rounded) ? number : Math.sign(number) * rounded;
};

const matches = (value: Result, criterion: Result): boolean => {
  if (value === undefined || isError(value) || isError(criterion)) return false;
  const [, sign = '=', rest = ''] = /^(<=|>=|<>|<|>|=)?(.*)$/s.exec(toText(criterion)) ?? [];
  const wanted: Scalar = rest.trim() !== '' && !Number.isNaN(Number(rest)) ? Number(rest) : rest;
  if (typeof value !== typeof wanted) return sign === '<>';
  const order = compareScalars(value, wanted);
  return {
    '=': order === 0,
    '<>': order !== 0,
    '<': order < 0,
    '>': order > 0,
    '<=': order <= 0,
    '>=': order >= 0,
  }[sign] as boolean;
};

const sumIf: SheetFunction = (arg, count) => {
  const tested = arg(0);
  const summed = count > 2 ? arg(2) : tested;
  const criterion = scalarOf(arg(1));
  if (!('range' in tested) || !('range' in summed)) return fail('#VALUE!');
  let total = 0;
  for (let row = 0; row < tested.range.filledRows; row += 1) {
    for (let column = 0; column < tested.range.columns; column += 1) {
      const value = summed.range.at(row, column);
      if (typeof value === 'number' && matches(tested.range.at(row, column), criterion)) total += value;
    }
  }
  return total;
};

const countIf: SheetFunction = (arg) => {
  const criterion = scalarOf(arg(1));
  let total = 0;
  for (const { value } of cells(arg, 1)) if (matches(value, criterion)) total += 1;
  return total;
};

const overTruths =
  (combine: (found: boolean[]) => Result): SheetFunction =>
  (arg, count) => {
    const found = numbers(arg, count, true);
    return Array.isArray(found) ? combine(found.map(Boolean)) : found;
  };

const overDate = (read: (date: Date) => number): SheetFunction =>
  overNumbers(([serial = 0]) => (serial < 0 ? fail('#NUM!') : read(serialDate(serial))));

const choose: SheetFunction = (arg, count) => {
  const test = scalarOf(arg(0));
  if (isError(test)) return test;
  if (typeof test === 'string') return fail('#VALUE!');
  if (test) return scalarOf(arg(1));
  return count > 2 ? scalarOf(arg(2)) : false;
};

const count = (arg: Argument, args: number, isCounted: (value: Result) => boolean): number => {
  let total = 0;
  for (const { value } of cells(arg, args)) if (isCounted(value)) total += 1;
  return total;
};

const FUNCTIONS: Record<string, SheetFunction> = {
  SUM: overNumbers(sum),
  AVERAGE: overNumbers((found) => (found.length > 0 ? sum(found) / found.length : fail('#DIV/0!'))),
  MIN: overNumbers((found) => found.reduce((least, number) => Math.min(least, number), found[0] ?? 0)),
  MAX: overNumbers((found) => found.reduce((most, number) => Math.max(most, number), found[0] ?? 0)),
  COUNT: (arg, args) => count(arg, args, (value) => typeof value === 'number'),
  COUNTA: (arg, args) => count(arg, args, (value) => value !== undefined),
  COUNTBLANK: (arg, args) => {
    const operand = arg(0);
    const whole = 'range' in operand ? operand.range.rows * operand.range.columns : 1;
    return whole - count(arg, args, (value) => value !== undefined && value !== '');
  },
  COUNTIF: countIf,
  SUMIF: sumIf,
  ABS: overNumbers(([number = 0]) => Math.abs(number)),
  ROUND: overNumbers(([number = 0, digits = 0]) => roundTo(number, Math.trunc(digits))),
  IF: choose,
  AND: overTruths((found) => found.every(Boolean)),
  OR: overTruths((found) => found.some(Boolean)),
  TODAY: (_arg, _count, clock) => Math.floor(clock()),
  NOW: (_arg, _count, clock) => clock(),
  DATE: overNumbers(([year = 0, month = 1, day = 1]) => {
    // Months and days beyond their ends run on into the next ones.
    const months = year * 12 + Math.trunc(month) - 1;
    const first = dateSerial(Math.floor(months / 12), (months % 12) + 1, 1);
    return first === undefined ? fail('#NUM!') : first + Math.trunc(day) - 1;
  }),
  YEAR: overDate((date) => date.getUTCFullYear()),
  MONTH: overDate((date) => date.getUTCMonth() + 1),
  DAY: overDate((date) => date.getUTCDate()),
  ISBLANK: (arg) => scalarOf(arg(0)) === undefined,
  ISNUMBER: (arg) => typeof scalarOf(arg(0)) === 'number',
  ISERROR: (arg) => isError(scalarOf(arg(0))),
  INT: overNumbers(([number = 0]) => Math.floor(number)),
  MOD: overNumbers(([number = 0, by = 0]) =>
    by === 0 ? fail('#DIV/0!') : number - by * Math.floor(number / by),
  ),
  IFERROR: (arg, args) => {
    const value = scalarOf(arg(0));
    return isError(value) ? (args > 1 ? scalarOf(arg(1)) : undefined) : value;
  },
  NOT: (arg) => {
    const number = toNumber(scalarOf(arg(0)));
    return isError(number) ? number : number === 0;
  },
  NA: () => fail('#N/A'),
  CONCATENATE: (arg, args) => {
    let text = '';
    for (const { value } of cells(arg, args)) {
      if (isError(value)) return value;
      text += toText(value);
    }
    return text;
  },
  LEN: overText((text) => text.length),
  UPPER: overText((text) => text.toUpperCase()),
  LOWER: overText((text) => text.toLowerCase()),
  TRIM: overText((text) => text.trim().replace(/ +/g, ' ')),
};

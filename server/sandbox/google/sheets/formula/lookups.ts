/** Functions that find a value in a block: VLOOKUP, XLOOKUP, MATCH, INDEX. */
import type { Result } from '../model.ts';
import { isError } from '../model.ts';
import { compareScalars, fail, type Range, scalarOf, toNumber } from './evaluate.ts';
import type { Argument } from './functions.ts';

type Lookup = (arg: Argument, count: number) => Result;

const rangeAt = (arg: Argument, index: number): Range | undefined => {
  const operand = arg(index);
  return 'range' in operand ? operand.range : undefined;
};

/** Down a column or along a row: the block's cell by position. */
const along = (range: Range, position: number): Result =>
  range.columns === 1 ? range.at(position, 0) : range.at(0, position);

const lengthOf = (range: Range): number => (range.columns === 1 ? range.filledRows : range.columns);

const isEqual = (a: Result, b: Result): boolean =>
  a !== undefined && b !== undefined && !isError(a) && !isError(b) && compareScalars(a, b) === 0;

const positionOf = (range: Range, wanted: Result): number => {
  const length = lengthOf(range);
  for (let position = 0; position < length; position += 1) {
    if (isEqual(along(range, position), wanted)) return position;
  }
  return -1;
};

/** The last of a sorted column that is not beyond what is wanted. */
const nearestOf = (range: Range, wanted: Result): number => {
  let found = -1;
  const length = lengthOf(range);
  for (let position = 0; position < length; position += 1) {
    const value = along(range, position);
    if (value === undefined || wanted === undefined || isError(value) || isError(wanted)) continue;
    if (typeof value === typeof wanted && compareScalars(value, wanted) <= 0) found = position;
  }
  return found;
};

const numberAt = (arg: Argument, index: number, count: number, otherwise: number): number => {
  const number = index < count ? toNumber(scalarOf(arg(index))) : otherwise;
  return isError(number) ? Number.NaN : number;
};

const vlookup: Lookup = (arg, count) => {
  const wanted = scalarOf(arg(0));
  const block = rangeAt(arg, 1);
  const column = numberAt(arg, 2, count, 1);
  if (isError(wanted)) return wanted;
  if (!block || !(column >= 1)) return fail('#VALUE!');
  if (column > block.columns) return fail('#REF!');
  const first: Range = { ...block, columns: 1 };
  const isSorted = numberAt(arg, 3, count, 1) !== 0;
  const row = isSorted ? nearestOf(first, wanted) : positionOf(first, wanted);
  return row < 0 ? fail('#N/A') : block.at(row, Math.trunc(column) - 1);
};

const xlookup: Lookup = (arg, count) => {
  const wanted = scalarOf(arg(0));
  const keys = rangeAt(arg, 1);
  const results = rangeAt(arg, 2);
  if (isError(wanted)) return wanted;
  if (!keys || !results) return fail('#VALUE!');
  const position = positionOf(keys, wanted);
  if (position >= 0) return along(results, position);
  return count > 3 ? scalarOf(arg(3)) : fail('#N/A');
};

const match: Lookup = (arg, count) => {
  const wanted = scalarOf(arg(0));
  const keys = rangeAt(arg, 1);
  if (isError(wanted)) return wanted;
  if (!keys) return fail('#VALUE!');
  const position = numberAt(arg, 2, count, 1) === 0 ? positionOf(keys, wanted) : nearestOf(keys, wanted);
  return position < 0 ? fail('#N/A') : position + 1;
};

const index: Lookup = (arg, count) => {
  const block = rangeAt(arg, 0);
  if (!block) return fail('#VALUE!');
  const row = numberAt(arg, 1, count, 1);
  const column = numberAt(arg, 2, count, 1);
  if (row > block.rows || column > block.columns) return fail('#NUM!');
  return row >= 1 && column >= 1 ? block.at(row - 1, column - 1) : fail('#VALUE!');
};

export const LOOKUPS: Record<string, Lookup> = {
  VLOOKUP: vlookup,
  XLOOKUP: xlookup,
  MATCH: match,
  INDEX: index,
};

/** Keeps formulas pointing at the same cells when rows, columns and tabs move, and shifts them when copied. */
import { quoteTitle } from '../a1.ts';
import type { Formula, GridRange, Sheet } from '../model.ts';
import type { RangeMap } from '../shift-range.ts';
import {
  plainSheetName,
  type Reference,
  type ReferenceCorner,
  type Token,
  tokenize,
  writeTokens,
} from './tokens.ts';

const REF_ERROR: Token = { kind: 'error', text: '#REF!' };

const rewrite = (formula: Formula, change: (reference: Reference) => Token): Formula => {
  const tokens = tokenize(formula.formula.slice(1));
  let isChanged = false;
  const next = tokens.map((token) => {
    if (token.kind !== 'reference') return token;
    const moved = change(token);
    if (moved !== token) isChanged = true;
    return moved;
  });
  return isChanged ? { formula: `=${writeTokens(next)}` } : formula;
};

const findSheet = (sheets: readonly Sheet[], title: string): Sheet | undefined =>
  sheets.find((sheet) => sheet.title.toLowerCase() === title.toLowerCase());

const least = (a: number | undefined, b: number | undefined): number | undefined =>
  a === undefined || b === undefined ? (a ?? b) : Math.min(a, b);

/** `F2:F` has one fixed end; the open one stays open. */
const rangeOf = ({ from, to = from }: Reference, sheetId: number): GridRange => {
  const top = least(from.row, to.row);
  const left = least(from.column, to.column);
  const hasBottom = from.row !== undefined && to.row !== undefined;
  const hasRight = from.column !== undefined && to.column !== undefined;
  return {
    sheetId,
    ...(top !== undefined && { startRowIndex: top }),
    ...(hasBottom && { endRowIndex: Math.max(from.row ?? 0, to.row ?? 0) + 1 }),
    ...(left !== undefined && { startColumnIndex: left }),
    ...(hasRight && { endColumnIndex: Math.max(from.column ?? 0, to.column ?? 0) + 1 }),
  };
};

const sides = {
  row: ['startRowIndex', 'endRowIndex'],
  column: ['startColumnIndex', 'endColumnIndex'],
} as const;

/** The reference with its corners at the range's new place; which corner came first and what `$` marks is kept. */
const place = (reference: Reference, range: GridRange): Reference => {
  const { from, to } = reference;
  const next = { from: { ...from }, to: to && { ...to } };
  for (const axis of ['row', 'column'] as const) {
    const [startSide, endSide] = sides[axis];
    const a = from[axis];
    const b = to ? to[axis] : a;
    const start = range[startSide] ?? 0;
    const end = (range[endSide] ?? start + 1) - 1;
    const isForwards = a === undefined || b === undefined || a <= b;
    if (a !== undefined) next.from[axis] = isForwards ? start : end;
    if (next.to && b !== undefined) next.to[axis] = a === undefined ? start : isForwards ? end : start;
  }
  const { to: second, ...rest } = next;
  return { ...reference, ...rest, ...(second && { to: second }) };
};

/**
 * The formula after cells moved: it points at the same cells as before, or at #REF! where they are gone.
 * `own` is the tab on which it was written, `home` the one on which it stands now.
 */
export const followRanges = (
  formula: Formula,
  sheets: readonly Sheet[],
  map: RangeMap,
  own: Sheet,
  home: Sheet = own,
): Formula =>
  rewrite(formula, (reference) => {
    const sheet = reference.sheet === undefined ? own : findSheet(sheets, plainSheetName(reference.sheet));
    if (!sheet) return reference;
    const before = rangeOf(reference, sheet.sheetId);
    const after = map(before);
    if (!after) return REF_ERROR;
    const isHere = reference.sheet === undefined && after.sheetId === home.sheetId;
    if (after === before && (isHere || reference.sheet !== undefined)) return reference;
    const placed = after === before ? reference : place(reference, after);
    if (isHere || (reference.sheet !== undefined && after.sheetId === sheet.sheetId)) return placed;
    const title = sheets.find(({ sheetId }) => sheetId === after.sheetId)?.title ?? sheet.title;
    return { ...placed, sheet: quoteTitle(title) };
  });

/** The formula after tab `before` got the title `after`. */
export const followRename = (formula: Formula, before: string, after: string): Formula =>
  rewrite(formula, (reference) =>
    reference.sheet !== undefined && plainSheetName(reference.sheet).toLowerCase() === before.toLowerCase()
      ? { ...reference, sheet: quoteTitle(after) }
      : reference,
  );

/** The formula after named range `before` got the name `after`. */
export const followNamedRange = (formula: Formula, before: string, after: string): Formula => {
  const tokens = tokenize(formula.formula.slice(1));
  const isIt = (token: Token): boolean =>
    token.kind === 'name' && token.text.toLowerCase() === before.toLowerCase();
  if (!tokens.some(isIt)) return formula;
  return {
    formula: `=${writeTokens(tokens.map((token) => (isIt(token) ? { kind: 'name', text: after } : token)))}`,
  };
};

/** The formula as it reads when copied `rows` down and `columns` to the right. */
export const translateFormula = (formula: Formula, rows: number, columns: number): Formula => {
  if (rows === 0 && columns === 0) return formula;
  const shift = (corner: ReferenceCorner): ReferenceCorner | undefined => {
    const row = corner.row === undefined || corner.rowFixed ? corner.row : corner.row + rows;
    const column =
      corner.column === undefined || corner.columnFixed ? corner.column : corner.column + columns;
    if ((row ?? 0) < 0 || (column ?? 0) < 0) return undefined;
    return { ...corner, ...(row !== undefined && { row }), ...(column !== undefined && { column }) };
  };
  return rewrite(formula, (reference) => {
    const from = shift(reference.from);
    const to = reference.to && shift(reference.to);
    if (!from || (reference.to && !to)) return REF_ERROR;
    return { ...reference, from, ...(to && { to }) };
  });
};

/** Keeps formulas pointing at the same cells when rows, columns and tabs move, and shifts them when copied. */
import { quoteTitle } from '../a1.ts';
import { type DimensionChange, mapSpan } from '../dimension-change.ts';
import type { Dimension, Formula } from '../model.ts';
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

const pointsAt = (reference: Reference, ownTitle: string, title: string): boolean =>
  (reference.sheet === undefined ? ownTitle : plainSheetName(reference.sheet)).toLowerCase() ===
  title.toLowerCase();

/** The formula of a cell on tab `ownTitle` after rows or columns of tab `title` changed. */
export const followDimensionChange = (
  formula: Formula,
  ownTitle: string,
  title: string,
  dimension: Dimension,
  change: DimensionChange,
): Formula =>
  rewrite(formula, (reference) => {
    if (!pointsAt(reference, ownTitle, title)) return reference;
    const axis = dimension === 'ROWS' ? 'row' : 'column';
    const { from, to } = reference;
    const a = from[axis];
    const b = to ? to[axis] : a;
    if (a === undefined && b === undefined) return reference;
    if (a === undefined || b === undefined) {
      // `F2:F` has one fixed end; the open one stays open.
      const fixed = (a ?? b) as number;
      const open = mapSpan(change, { start: fixed, end: Number.MAX_SAFE_INTEGER / 2 });
      if (!open || !to || open.start === fixed) return reference;
      return a === undefined
        ? { ...reference, to: { ...to, [axis]: open.start } }
        : { ...reference, from: { ...from, [axis]: open.start } };
    }
    const span = mapSpan(change, { start: Math.min(a, b), end: Math.max(a, b) + 1 });
    if (!span) return REF_ERROR;
    const first = a <= b ? span.start : span.end - 1;
    const last = a <= b ? span.end - 1 : span.start;
    if (first === a && last === b) return reference;
    return {
      ...reference,
      from: { ...from, [axis]: first },
      ...(to && { to: { ...to, [axis]: last } }),
    };
  });

/** The formula after tab `before` got the title `after`. */
export const followRename = (formula: Formula, before: string, after: string): Formula =>
  rewrite(formula, (reference) =>
    reference.sheet !== undefined && plainSheetName(reference.sheet).toLowerCase() === before.toLowerCase()
      ? { ...reference, sheet: quoteTitle(after) }
      : reference,
  );

/** The formula after tab `title` was deleted. */
export const followSheetDeletion = (formula: Formula, title: string): Formula =>
  rewrite(formula, (reference) =>
    reference.sheet !== undefined && plainSheetName(reference.sheet).toLowerCase() === title.toLowerCase()
      ? REF_ERROR
      : reference,
  );

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

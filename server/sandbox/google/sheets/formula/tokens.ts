/** Formulas as tokens: enough to evaluate the usual ones and to move every reference in any. */
import { columnIndex, columnName } from '../a1.ts';

/** One end of a reference; `$` marks what does not move with a copy. */
export interface ReferenceCorner {
  column?: number;
  row?: number;
  columnFixed: boolean;
  rowFixed: boolean;
}

export interface Reference {
  kind: 'reference';
  /** As written; absent means the formula's own sheet. */
  sheet?: string;
  from: ReferenceCorner;
  /** Absent for a single cell. */
  to?: ReferenceCorner;
}

export type Token =
  | Reference
  | { kind: 'number'; value: number; text: string }
  | { kind: 'text'; value: string; text: string }
  /** A function's or a range's name, TRUE, FALSE. */
  | { kind: 'name'; text: string }
  | { kind: 'error'; text: string }
  | { kind: 'sign'; text: string }
  | { kind: 'space'; text: string };

const CORNER = String.raw`\$?[A-Za-z]{1,3}\$?[1-9][0-9]*`;
const CELLS = String.raw`(?:${CORNER}:\$?[A-Za-z]{1,3}(?![A-Za-z0-9_$])|${CORNER}(?::${CORNER})?|\$?[A-Za-z]{1,3}:\$?[A-Za-z]{1,3}(?:\$?[1-9][0-9]*)?|\$?[1-9][0-9]*:\$?[1-9][0-9]*)(?![A-Za-z0-9_(.])`;
const SHEET = `(?:'(?:[^']|'')*'|[A-Za-z_][A-Za-z0-9_]*)!`;
const TOKEN = new RegExp(
  [
    `(?<text>"(?:[^"]|"")*")`,
    `(?<sheet>${SHEET})?(?<cells>${CELLS})`,
    String.raw`(?<error>#(?:REF!|N\/A|NAME\?|VALUE!|DIV\/0!|NUM!|NULL!|ERROR!))`,
    String.raw`(?<number>(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)`,
    `(?<name>[A-Za-z_][A-Za-z0-9_.]*)`,
    `(?<sign><>|<=|>=|.)`,
    String.raw`(?<space>\s+)`,
  ].join('|'),
  'gs',
);

const readCorner = (text: string): ReferenceCorner => {
  const match = /^(\$?)([A-Za-z]*)(\$?)([0-9]*)$/.exec(text);
  const [, first = '', letters = '', second = '', digits = ''] = match ?? [];
  return {
    ...(letters && { column: columnIndex(letters) }),
    ...(digits && { row: Number(digits) - 1 }),
    columnFixed: letters !== '' && first === '$',
    rowFixed: letters === '' ? first === '$' : second === '$',
  };
};

const writeCorner = (corner: ReferenceCorner): string =>
  (corner.column === undefined ? '' : `${corner.columnFixed ? '$' : ''}${columnName(corner.column)}`) +
  (corner.row === undefined ? '' : `${corner.rowFixed ? '$' : ''}${corner.row + 1}`);

const readReference = (sheet: string | undefined, cells: string): Reference => {
  const [from = '', to] = cells.split(':');
  return {
    kind: 'reference',
    ...(sheet !== undefined && { sheet: sheet.slice(0, -1) }),
    from: readCorner(from),
    ...(to !== undefined && { to: readCorner(to) }),
  };
};

/** The formula's text after its `=`, in tokens whose texts joined give it back. */
export const tokenize = (text: string): Token[] => {
  const tokens: Token[] = [];
  for (const match of text.matchAll(TOKEN)) {
    const part = match.groups ?? {};
    const whole = match[0];
    if (part['text'] !== undefined) {
      tokens.push({ kind: 'text', value: whole.slice(1, -1).replaceAll('""', '"'), text: whole });
    } else if (part['cells'] !== undefined) tokens.push(readReference(part['sheet'], part['cells']));
    else if (part['error'] !== undefined) tokens.push({ kind: 'error', text: whole });
    else if (part['number'] !== undefined) tokens.push({ kind: 'number', value: Number(whole), text: whole });
    else if (part['name'] !== undefined) tokens.push({ kind: 'name', text: whole });
    else tokens.push({ kind: whole.trim() === '' ? 'space' : 'sign', text: whole });
  }
  return tokens;
};

export const writeReference = (reference: Reference): string =>
  (reference.sheet === undefined ? '' : `${reference.sheet}!`) +
  writeCorner(reference.from) +
  (reference.to ? `:${writeCorner(reference.to)}` : '');

export const writeTokens = (tokens: readonly Token[]): string =>
  tokens.map((token) => (token.kind === 'reference' ? writeReference(token) : token.text)).join('');

/** A sheet name as a reference holds it, without its quotes. */
export const plainSheetName = (sheet: string): string =>
  sheet.startsWith("'") ? sheet.slice(1, -1).replaceAll("''", "'") : sheet;

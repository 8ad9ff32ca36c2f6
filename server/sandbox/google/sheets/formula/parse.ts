/** A formula's tokens as an expression tree. */
import type { Reference, Token } from './tokens.ts';
import { tokenize } from './tokens.ts';

export type Expression =
  | { kind: 'literal'; value: number | string | boolean }
  | { kind: 'failure'; code: string }
  | { kind: 'reference'; reference: Reference }
  | { kind: 'range-name'; name: string }
  | { kind: 'call'; name: string; args: (Expression | undefined)[] }
  | { kind: 'unary'; sign: string; of: Expression }
  | { kind: 'percent'; of: Expression }
  | { kind: 'binary'; sign: string; left: Expression; right: Expression };

const STRENGTH: Record<string, number> = {
  '=': 1,
  '<>': 1,
  '<': 1,
  '>': 1,
  '<=': 1,
  '>=': 1,
  '&': 2,
  '+': 3,
  '-': 3,
  '*': 4,
  '/': 4,
  '^': 6,
};
/** `=-2^2` is 4, as in other spreadsheets. */
const UNARY_STRENGTH = 7;

/** Brackets within brackets, and signs in a row, that one formula may have; beyond it is an error, as in Sheets. */
const MOST_NESTED = 200;
const MOST_TERMS = 2000;

const MOST_PARSED = 5000;
const parsed = new Map<string, Expression | undefined>();

/** Undefined when the text is no formula: the cell then shows #ERROR!. Texts that were read lately are not read again. */
export const parseFormula = (formula: string): Expression | undefined => {
  if (parsed.has(formula)) return parsed.get(formula);
  const expression = readFormula(formula);
  if (parsed.size >= MOST_PARSED) parsed.clear();
  parsed.set(formula, expression);
  return expression;
};

const readFormula = (formula: string): Expression | undefined => {
  const tokens = tokenize(formula.slice(1)).filter(({ kind }) => kind !== 'space');
  let at = 0;
  let isBroken = false;
  let depth = 0;
  const peekSign = (): string | undefined => {
    const token = tokens[at];
    return token?.kind === 'sign' ? token.text : undefined;
  };
  const take = (): Token | undefined => {
    at += 1;
    return tokens[at - 1];
  };
  const broken = (): Expression => {
    isBroken = true;
    at = tokens.length;
    return { kind: 'failure', code: '#ERROR!' };
  };
  const expectSign = (sign: string): void => {
    if (peekSign() === sign) at += 1;
    else broken();
  };

  const readArguments = (): (Expression | undefined)[] => {
    const args: (Expression | undefined)[] = [];
    if (peekSign() === ')') {
      at += 1;
      return args;
    }
    for (;;) {
      const sign = peekSign();
      args.push(sign === ',' || sign === ';' || sign === ')' ? undefined : readExpression(0));
      const next = peekSign();
      if (next === ',' || next === ';') {
        at += 1;
        continue;
      }
      expectSign(')');
      return args;
    }
  };

  const readPrimary = (): Expression => {
    const token = take();
    if (!token) return broken();
    switch (token.kind) {
      case 'number':
      case 'text':
        return { kind: 'literal', value: token.value };
      case 'reference':
        return { kind: 'reference', reference: token };
      case 'error':
        return { kind: 'failure', code: token.text };
      case 'name': {
        if (peekSign() === '(') {
          at += 1;
          return { kind: 'call', name: token.text.toUpperCase(), args: readArguments() };
        }
        if (/^(true|false)$/i.test(token.text)) return { kind: 'literal', value: /^t/i.test(token.text) };
        return { kind: 'range-name', name: token.text };
      }
      case 'sign': {
        if (token.text === '(') {
          const inner = readExpression(0);
          expectSign(')');
          return inner;
        }
        if (token.text === '+' || token.text === '-') {
          return { kind: 'unary', sign: token.text, of: readExpression(UNARY_STRENGTH) };
        }
        return broken();
      }
      default:
        return broken();
    }
  };

  const readExpression = (strength: number): Expression => {
    if (depth >= MOST_NESTED) return broken();
    depth += 1;
    let left = readPrimary();
    for (let terms = 0; ; terms += 1) {
      if (terms > MOST_TERMS) return broken();
      const sign = peekSign();
      if (sign === '%') {
        at += 1;
        left = { kind: 'percent', of: left };
        continue;
      }
      const own = sign === undefined ? undefined : STRENGTH[sign];
      if (sign === undefined || own === undefined || own <= strength) {
        depth -= 1;
        return left;
      }
      at += 1;
      left = { kind: 'binary', sign, left, right: readExpression(own) };
    }
  };

  const expression = readExpression(0);
  return isBroken || at < tokens.length ? undefined : expression;
};

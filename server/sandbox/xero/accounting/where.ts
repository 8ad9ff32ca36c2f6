/**
 * The `where` parameter: the C#-like subset that Xero documents (xero-api.md 3.1, 2026-11-20): == = != < > <= >=, AND && OR ||,
 * parentheses, guid("..."), DateTime(2020, 01, 31), .Contains .StartsWith .EndsWith, null. Anything else: 400, ErrorNumber 16.
 */

import { parseDecimal } from '../json/decimal.ts';
import { DAY_MS, dayOf, parseDay } from '../json/wire-dates.ts';
import { queryRefused } from './refusal.ts';
import { type Token, tokensOf } from './where-tokens.ts';

/** Money is in ten-thousandths, dates in milliseconds. */
type Value = string | number | boolean | null;

export interface WhereField<Row> {
  type: 'text' | 'guid' | 'date' | 'decimal' | 'boolean';
  read(row: Row): Value;
  /** Uses of the field that Xero serves on any size of organisation. */
  optimised?: 'equals' | 'range';
}

/** Names are looked up without regard to case. */
export type WhereFields<Row> = Record<string, WhereField<Row>>;

export interface Where<Row> {
  matches(row: Row): boolean;
  /** False when a large organisation would be refused (high-volume rule, xero-api.md 3.1). */
  isOptimised: boolean;
  /** The optimised part of it, which Xero looks up before it counts what is left; true for all rows where there is none. */
  narrows(row: Row): boolean;
}

/** A part of the expression while it is read. */
interface Part<Row> extends Where<Row> {
  /** An id that equals: the only thing that OR may join and stay optimised (xero-api.md 3.1). */
  isId: boolean;
}

const all = () => true;
const part = <Row>(matches: (row: Row) => boolean, isOptimised: boolean, isId = false): Part<Row> => ({
  matches,
  isOptimised,
  isId,
  narrows: isOptimised ? matches : all,
});

/** Throws a `RefusalError` with QueryParseException where the text cannot be understood. */
export function parseWhere<Row>(text: string, fields: WhereFields<Row>): Where<Row> {
  const byName = new Map(Object.entries(fields).map(([name, field]) => [name.toLowerCase(), field]));
  const tokens = tokensOf(text);
  let at = 0;

  const peek = () => tokens[at];
  const fail = (message: string): never => {
    throw queryRefused(message);
  };
  const next = (): Token => tokens[at++] ?? fail('Expression expected (at index ' + text.length + ')');
  const take = (mark: string) => {
    const token = next();
    if (token.text !== mark) fail(`'${mark}' expected (at index ${token.at})`);
  };
  const isWord = (token: Token | undefined, ...words: string[]) =>
    token !== undefined && token.kind !== 'string' && words.includes(token.text.toUpperCase());

  const disjunction = (): Part<Row> => {
    let left = conjunction();
    while (isWord(peek(), 'OR', '||')) {
      at++;
      const [a, b] = [left, conjunction()];
      const isId = a.isId && b.isId;
      left = part((row) => a.matches(row) || b.matches(row), isId, isId);
    }
    return left;
  };
  const conjunction = (): Part<Row> => {
    let left = term();
    while (isWord(peek(), 'AND', '&&')) {
      at++;
      const [a, b] = [left, term()];
      left = {
        ...part((row: Row) => a.matches(row) && b.matches(row), a.isOptimised && b.isOptimised),
        narrows: (row) => a.narrows(row) && b.narrows(row),
      };
    }
    return left;
  };
  const term = (): Part<Row> => {
    if (peek()?.text === '(' && peek()?.kind === 'mark') {
      at++;
      const inner = disjunction();
      take(')');
      return inner;
    }
    const token = next();
    if (token.kind !== 'word') return fail(`Expression expected (at index ${token.at})`);
    const call = /^(.*)\.(Contains|StartsWith|EndsWith)$/i.exec(token.text);
    const name = call?.[1] ?? token.text;
    const field = byName.get(name.toLowerCase());
    if (!field) return fail(`No property or field '${name}' exists in type (at index ${token.at})`);
    return call ? method(field, (call[2] as string).toLowerCase()) : comparison(field, token);
  };
  const method = (field: WhereField<Row>, name: string): Part<Row> => {
    take('(');
    const argument = next();
    if (argument.kind !== 'string' || field.type !== 'text') fail(`No applicable method '${name}' exists`);
    take(')');
    const wanted = argument.text.toLowerCase();
    return part((row) => {
      const value = String(field.read(row) ?? '').toLowerCase();
      if (name === 'contains') return value.includes(wanted);
      return name === 'startswith' ? value.startsWith(wanted) : value.endsWith(wanted);
    }, false);
  };
  const comparison = (field: WhereField<Row>, name: Token): Part<Row> => {
    const operator = peek()?.kind === 'operator' ? next().text : null;
    if (operator === null) {
      if (field.type === 'boolean') return part((row) => field.read(row) === true, false);
      return fail(`Expression of type 'Boolean' expected (at index ${name.at})`);
    }
    const wanted = literal(field, operator);
    const isEquality = operator === '==' || operator === '=';
    const isOptimised = field.optimised === 'range' || (field.optimised === 'equals' && isEquality);
    return part(
      (row) => compare(operator, field.read(row), wanted),
      isOptimised,
      isOptimised && isEquality && field.type === 'guid',
    );
  };
  const literal = (field: WhereField<Row>, operator: string): Value => {
    const token = next();
    const mismatch = () =>
      fail(`Operator '${operator}' incompatible with operand types (at index ${token.at})`);
    if (token.kind === 'word') {
      const word = token.text.toLowerCase();
      if (word === 'null') return null;
      if (word === 'true' || word === 'false') return field.type === 'boolean' ? word === 'true' : mismatch();
      if (word === 'guid') {
        const guid = argumentsOf()[0] ?? '';
        return field.type === 'guid' ? guid.toLowerCase() : mismatch();
      }
      if (word === 'datetime' || word === 'datetime.parse') {
        const ms = word === 'datetime' ? dateOf(argumentsOf()) : parsedDate(argumentsOf()[0] ?? '');
        return field.type === 'date' ? (ms ?? fail(`Invalid date (at index ${token.at})`)) : mismatch();
      }
      return fail(`No property or field '${token.text}' exists in type (at index ${token.at})`);
    }
    if (token.kind === 'string') {
      if (field.type === 'text') return token.text;
      return field.type === 'guid' ? token.text.toLowerCase() : mismatch();
    }
    if (token.kind === 'number' && field.type === 'decimal') return parseDecimal(token.text, 4) ?? mismatch();
    return mismatch();
  };
  const argumentsOf = (): string[] => {
    take('(');
    const found: string[] = [];
    while (peek()?.text !== ')') {
      found.push(next().text);
      if (peek()?.text === ',') at++;
    }
    take(')');
    return found;
  };

  const whole = disjunction();
  const rest = peek();
  if (rest) fail(`Syntax error (at index ${rest.at})`);
  return whole;
}

function compare(operator: string, value: Value, wanted: Value): boolean {
  if (operator === '==' || operator === '=') return value === wanted;
  if (operator === '!=') return value !== wanted;
  if (value === null || wanted === null) return false;
  if (operator === '<') return value < wanted;
  if (operator === '>') return value > wanted;
  return operator === '<=' ? value <= wanted : value >= wanted;
}

function dateOf([year, month, date, hour = '0', minute = '0', second = '0']: string[]): number | null {
  const day = dayOf(Number(year), Number(month), Number(date));
  return day === null
    ? null
    : day * DAY_MS + Number(hour) * 3_600_000 + Number(minute) * 60_000 + Number(second) * 1000;
}

function parsedDate(text: string): number | null {
  const day = parseDay(text);
  return day === null ? null : day * DAY_MS;
}

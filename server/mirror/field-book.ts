/**
 * Which fields of a resource are known, and what turned up beside them. Records are not parsed for it: their scan looks every
 * name up in a table, and only a record with one that is not there is read as a whole, once for each new field.
 */
import type { Field } from '../domain/field-tree.ts';
import { mostNews, type News } from '../domain/news.ts';
import {
  type FieldTable,
  fieldTable,
  firstNews,
  kindAt,
  known,
  listed,
  opaque,
  pathNumber,
  root,
  setKind,
  unknown,
  valuesOf,
} from './field-table.ts';

/** Something new, as a record has it. */
export type Noticed = Pick<News, 'path' | 'type' | 'value'>;

export interface FieldBook {
  table: FieldTable;
  /** What the numbers from `firstNews` on stand for. */
  news: readonly Noticed[];
  /** What is new in a record, with what was learnt from it just now. Its exact text. */
  learn(raw: string): Noticed[];
}

/** Values longer than this are no words of a list. */
const longestValue = 100;

export function fieldBook(fields: readonly Field[]): FieldBook {
  const table = fieldTable();
  const news: Noticed[] = [];
  enter(table, fields, root);

  const noticed = (path: number, one: Noticed): Noticed[] => {
    const kind = kindAt(table, path);
    if (kind >= firstNews) return news.slice(kind - firstNews, kind - firstNews + 1);
    if (kind !== unknown || news.length >= mostNews) return [];
    if (!setKind(table, path, firstNews + news.length)) return [];
    news.push(one);
    return [one];
  };

  const walk = (value: unknown, name: string, path: number): Noticed[] => {
    if (Array.isArray(value))
      return value.flatMap((one) => walk(one, name.endsWith('[*]') ? name : `${name}[*]`, path));
    if (typeof value === 'object' && value !== null)
      return Object.entries(value).flatMap(([key, inner]) => {
        const number = numberOf(key, path);
        if (kindAt(table, number) === opaque) return [];
        return walk(inner, name === '' ? key : `${name}.${key}`, number);
      });
    if (value === null || path === root) return [];
    const kind = kindAt(table, path);
    if (kind === known || kind === opaque) return [];
    if (kind !== listed) return noticed(path, { path: name, type: typeOf(name, value), value: null });
    const text = typeof value === 'string' ? value : '';
    if (text === '' || text.length > longestValue) return [];
    return noticed(numberOf(text, valuesOf(path)), { path: name, type: 'text', value: text });
  };

  return {
    table,
    news,
    learn(raw) {
      const found = walk(JSON.parse(raw), '', root);
      return [...new Set(found)];
    },
  };
}

function enter(table: FieldTable, fields: readonly Field[], parent: number): void {
  for (const { name, kind, fields: inner, values = [] } of fields) {
    const path = numberOf(name, parent);
    const isOpaque = (kind === 'object' || kind === 'list') && inner.length === 0;
    setKind(table, path, isOpaque ? opaque : values.length > 0 ? listed : known);
    for (const value of values) setKind(table, numberOf(value, valuesOf(path)), known);
    enter(table, inner, path);
  }
}

function numberOf(text: string, parent: number): number {
  const bytes = Buffer.from(JSON.stringify(text));
  return pathNumber(bytes, 0, bytes.length, parent);
}

/** All elements of a list are shown together, as text. */
function typeOf(name: string, value: unknown): News['type'] {
  if (name.includes('[*]')) return 'text';
  if (typeof value === 'number') return 'quantity';
  if (typeof value === 'boolean') return 'boolean';
  if (!String(value).startsWith('/Date(')) return 'text';
  return name.endsWith('UTC') ? 'instant' : 'date';
}

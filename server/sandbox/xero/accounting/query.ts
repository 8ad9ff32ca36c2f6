/** Reads a request's query and conditional header as Xero does: names in any case, values clamped rather than refused. */
import { RefusalError, textAnswer } from './refusal.ts';

export interface Query {
  /** Undefined when absent or empty. */
  get(name: string): string | undefined;
  /** A comma list, empty when absent. */
  list(name: string): string[];
  isTrue(name: string): boolean;
  /** All parameters that select records, as one text: everything but the page, the order and the dress of a record. */
  narrowing: string;
}

export function queryOf(url: URL): Query {
  const values = new Map<string, string>();
  for (const [name, value] of url.searchParams) values.set(name.toLowerCase(), value);
  const get = (name: string) => values.get(name.toLowerCase()) || undefined;
  return {
    get,
    list: (name) => (get(name) ?? '').split(',').flatMap((part) => part.trim() || []),
    isTrue: (name) => get(name)?.toLowerCase() === 'true',
    narrowing: JSON.stringify([...values].filter(([name]) => !DRESS.has(name)).sort()),
  };
}

/** Every page of one query has these in its own way and the same records behind them. */
const DRESS = new Set(['page', 'pagesize', 'order', 'unitdp', 'summaryonly']);

export interface Paging {
  page: number;
  pageSize: number;
}

const DEFAULT_PAGE_SIZE = 100;
const MAX_PAGE_SIZE = 1000;

/** Null when the caller asked for no page. `page` from 1, `pageSize` 1 to 1000, clamped (xero-api.md 3.1). */
export function pagingOf(query: Query, isForced: boolean): Paging | null {
  const page = query.get('page');
  const pageSize = query.get('pageSize');
  if (page === undefined && pageSize === undefined && !isForced) return null;
  return {
    page: clamp(page, 1, 1, Number.MAX_SAFE_INTEGER),
    pageSize: clamp(pageSize, DEFAULT_PAGE_SIZE, 1, MAX_PAGE_SIZE),
  };
}

function clamp(text: string | undefined, standard: number, low: number, high: number): number {
  if (text === undefined) return standard;
  const value = Number.parseInt(text, 10);
  return Number.isNaN(value) ? standard : Math.min(Math.max(value, low), high);
}

/**
 * The header's instant cut to the second, or null without it. UTC with or without Z and milliseconds (the SDK sends both),
 * or an HTTP date. One that cannot be read is 412 (xero-api.md section 2).
 */
export function modifiedSinceOf(headers: Record<string, string>): number | null {
  const text = headers['if-modified-since']?.trim();
  if (!text) return null;
  const iso = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2})?)(?:\.\d+)?(Z|[+-]\d{2}:?\d{2})?)?$/i.exec(
    text,
  );
  const ms = iso ? Date.parse(`${iso[1]}T${iso[2] ?? '00:00:00'}${iso[3] ?? 'Z'}`) : Date.parse(text);
  if (Number.isNaN(ms)) throw new RefusalError(textAnswer(412, 'Precondition Failed'));
  return Math.floor(ms / 1000) * 1000;
}

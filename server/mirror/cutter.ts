/** Cuts a page of Xero's into its records as text: nothing is parsed and printed again, so every digit stays as it was sent. */
import { isUtf8 } from 'node:buffer';
import { hash } from 'node:crypto';
import { z } from 'zod';
import { instantOf } from '../domain/dates.ts';
import { FatalError } from '../errors.ts';
import type { FieldBook, Noticed } from './field-book.ts';
import { ownText, skipSpace } from './json-tokens.ts';
import type { CutRecord } from './mirror.ts';
import { recordText } from './record-text.ts';
import { scanRecord } from './scan-record.ts';
import { type RecordScan, releasePieces, type ScanSpace, scanSpace } from './scan-space.ts';
import { unreadableMark } from './unreadable-mark.ts';

const envelopeSchema = z.object({
  Id: z.string().nullish(),
  DateTimeUTC: z.string().nullish(),
  pagination: z
    .object({ page: z.int(), pageSize: z.int(), pageCount: z.int(), itemCount: z.int() })
    .nullish(),
});

export interface CutPage {
  envelope: {
    id: string | undefined;
    /** Xero's own time of the answer, ms since the epoch. */
    dateTimeUtc: number | undefined;
    pagination: { page: number; pageSize: number; pageCount: number; itemCount: number } | undefined;
  };
  records: CutRecord[];
  /** Other lists around the wanted one that no answer is known to have; each cut like it, with the id its name suggests. */
  beside: Array<{ name: string; records: CutRecord[] }>;
  /** Takes back the memory of all that is `typed` in it, once nobody needs a record of it any more. */
  release(): void;
}

export interface CutFields {
  idField: string;
  updatedField: string | null;
  stateField: string | null;
}

/**
 * Cuts the list named `envelope` out of an answer: strict UTF-8, compact or indented. A page that does not parse is FatalError
 * `XERO_PAGE_UNREADABLE`. A record that does not parse, or has no id, keeps its raw text and has `typed` null: a gap under its
 * own id where that can be told, so that the record as it was before does not pass for it, and the next readable text mends it.
 * Without an id it is called by the hash of its text, so that the same text gets the same id. With a book of fields each record
 * says what of it is new to the book.
 */
export function cutPage(bytes: Uint8Array, envelope: string, fields: CutFields, book?: FieldBook): CutPage {
  const spaces: ScanSpace[] = [];
  const { rest, ...page } = cutList(bytes, envelope, fields, spaces, book);
  const names = Object.keys(rest).filter((name) => !around.has(name) && name !== envelope);
  const beside = names.flatMap((name) => {
    const found = rest[name];
    if (!Array.isArray(found) || found.length === 0) return [];
    const idField = `${name.replace(/ies$/, 'y').replace(/s$/, '')}ID`;
    const own = { idField, updatedField: null, stateField: null };
    return { name, records: cutList(bytes, name, own, spaces).records };
  });
  return { ...page, beside, release: () => spaces.forEach(releasePieces) };
}

/** What stands around the records of every answer (xero-api.md 3.1, 2026-11-20). */
const around = new Set(['Id', 'Status', 'ProviderName', 'DateTimeUTC', 'pagination', 'Warnings']);

function cutList(
  bytes: Uint8Array,
  envelope: string,
  fields: CutFields,
  /** Gets the space that the records lie in. */
  spaces: ScanSpace[],
  book?: FieldBook,
): Pick<CutPage, 'envelope' | 'records'> & { rest: Record<string, unknown> } {
  const unreadable = (problem: string) => new FatalError('XERO_PAGE_UNREADABLE', { what: envelope, problem });
  if (!isUtf8(bytes)) throw unreadable('it is not UTF-8');
  const page = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const from = findList(page, envelope);
  if (from < 0) throw unreadable('it has no such list');
  const wanted = [fields.idField, fields.updatedField ?? fields.idField, fields.stateField ?? fields.idField];
  const space = scanSpace(page, wanted, book?.table);
  spaces.push(space);
  let lessons = mostLessons;
  const records: CutRecord[] = [];
  let at = skipSpace(page, from + 1);
  while (page[at] !== 0x5d || records.length > 0) {
    const { end } = scanRecord(page, at, space);
    if (end <= at) throw unreadable(end < 0 ? 'it ends inside a record' : 'a record is empty');
    const record = recordOf(page, at, space, fields);
    const { scan } = space;
    const isLesson = scan.hasUnknown && lessons > 0;
    if (book !== undefined && record.typed !== null && (isLesson || scan.news.length > 0)) {
      if (isLesson) lessons -= 1;
      const news = isLesson ? learnt(book, recordText(record.raw)) : newsOf(book, scan.news);
      if (news.length > 0) record.news = news;
    }
    records.push(record);
    at = skipSpace(page, end);
    if (page[at] === 0x5d) break;
    if (page[at] !== 0x2c) throw unreadable('its records are not a list');
    at = skipSpace(page, at + 1);
  }
  // What is around the list is small: the strict parser of the platform judges it.
  const rest = withoutByteOrderMark(page.toString('utf8', 0, from)) + '[]' + page.toString('utf8', at + 1);
  try {
    const read = JSON.parse(rest) as Record<string, unknown>;
    const { Id, DateTimeUTC, pagination } = envelopeSchema.parse(read);
    return {
      rest: read,
      envelope: {
        id: Id ?? undefined,
        dateTimeUtc: instantOf(DateTimeUTC ?? ''),
        pagination: pagination ?? undefined,
      },
      records,
    };
  } catch {
    // The parser's message would quote the answer.
    throw unreadable('what is around its records does not parse');
  }
}

/** Records of a page that are read whole for what is new in them: one is enough for each new field that is not null. */
const mostLessons = 50;

const newsOf = ({ news }: FieldBook, places: readonly number[]): Noticed[] =>
  [...new Set(places)].flatMap((place) => news[place] ?? []);

/** The scan is more lenient than the platform's parser: what that one refuses teaches nothing. */
function learnt(book: FieldBook, raw: string): Noticed[] {
  return isJson(raw) ? book.learn(raw) : [];
}

/** A report's answer as the one record it is, under the address given. FatalError `XERO_PAGE_UNREADABLE` when it is not exactly one readable report. */
export function cutReport(
  bytes: Uint8Array,
  id: string,
): { envelope: CutPage['envelope']; record: CutRecord } {
  const fields = { idField: 'ReportName', updatedField: 'UpdatedDateUTC', stateField: null };
  const { envelope, records } = cutPage(bytes, 'Reports', fields);
  const [record] = records;
  if (record === undefined || records.length > 1)
    throw new FatalError('XERO_PAGE_UNREADABLE', { what: id, problem: `it holds ${records.length} reports` });
  // Rows are made of its exact text by the strict parser of the platform, which knows no repairs.
  if (record.typed === null || !isJson(recordText(record.raw)))
    throw new FatalError('XERO_PAGE_UNREADABLE', { what: id, problem: 'it is broken' });
  return { envelope, record: { ...record, id } };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    // Its message would quote the text.
    return false;
  }
}

function recordOf(page: Buffer, at: number, space: ScanSpace, fields: CutFields): CutRecord {
  const { scan, out } = space;
  const raw = page.subarray(at, scan.end);
  const id = scan.isReadable ? fieldText(out, scan, 0) : '';
  if (id === '' || id.includes(unreadableMark)) {
    const own = ownText(recordText(raw), fields.idField);
    return { id: own ?? unidentified(raw), updatedAt: 0, state: '', raw, typed: null };
  }
  return {
    id,
    updatedAt: fields.updatedField === null ? 0 : (instantOf(fieldText(out, scan, 1)) ?? 0),
    state: fields.stateField === null ? '' : fieldText(out, scan, 2),
    raw,
    typed: out.subarray(scan.typedStart, scan.typedEnd),
  };
}

const unidentifiedPrefix = 'unidentified-';
const unidentified = (raw: Uint8Array): string => `${unidentifiedPrefix}${hash('sha256', raw).slice(0, 32)}`;

/** Whether an id is one that we gave to a record without a readable one: Xero does not know it. */
export const isUnidentified = (id: string): boolean => id.startsWith(unidentifiedPrefix);

/** A top-level string or number as text, out of `typed`, where both are strings; '' for anything else. */
function fieldText(typed: Buffer, scan: RecordScan, field: number): string {
  const start = scan.starts[field] ?? -1;
  const end = scan.ends[field] ?? -1;
  if (start < 0 || typed[start] !== 0x22) return '';
  const text = typed.toString('utf8', start + 1, end - 1);
  return text.includes('\\') ? String(JSON.parse(`"${text}"`)) : text;
}

/** Where the list named `envelope` opens in the answer's outermost object, or -1. */
function findList(page: Buffer, envelope: string): number {
  const name = Buffer.from(JSON.stringify(envelope));
  let depth = 0;
  for (let i = 0; i < page.length; i++) {
    const c = page[i];
    if (c === 0x22) {
      const from = i;
      for (i++; i < page.length && page[i] !== 0x22; i++) if (page[i] === 0x5c) i++;
      if (i >= page.length) return -1;
      if (depth !== 1 || name.compare(page, from, i + 1) !== 0) continue;
      const colon = skipSpace(page, i + 1);
      const list = skipSpace(page, colon + 1);
      if (page[colon] === 0x3a && page[list] === 0x5b) return list;
    } else if (c === 0x7b || c === 0x5b) depth++;
    else if (c === 0x7d || c === 0x5d) depth--;
  }
  return -1;
}

const withoutByteOrderMark = (text: string): string => (text.startsWith('\ufeff') ? text.slice(1) : text);

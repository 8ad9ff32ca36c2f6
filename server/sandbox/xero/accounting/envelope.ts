/** The envelope around every Accounting answer (xero-api.md 3.1, 2026-11-20): one plural array, even for one record. */
import { listText, objectText, stringText } from '../json/json-text.ts';
import { stampText } from '../json/wire-dates.ts';
import type { Sees } from '../oauth/roles.ts';
import { type Answer, JSON_TYPE } from './refusal.ts';

export interface Pagination {
  page: number;
  pageSize: number;
  pageCount: number;
  itemCount: number;
}

/** What answering needs to know about the request besides its query. */
export interface Context {
  now: number;
  /** A fresh GUID for this response. */
  responseId: string;
  /** The app's name, shown as ProviderName. */
  providerName: string;
  headers: Record<string, string>;
  /** What the connecting user may see. */
  sees: Sees;
  /** Rows above which Xero refuses a list (xero-api.md 3.1, high-volume rule). */
  highVolumeRows: number;
}

/**
 * `records` are finished JSON texts at depth 2. Each goes into bytes as soon as it is made, so that a page of a thousand is
 * never held as one tree of joined strings. `pagination` is present only when the caller paged.
 */
export function envelope(
  context: Context,
  plural: string,
  records: Iterable<string>,
  pagination?: Pagination,
): Answer {
  const [head, tail] = objectText(0, [
    'Id',
    stringText(context.responseId),
    'Status',
    '"OK"',
    'ProviderName',
    stringText(context.providerName),
    'DateTimeUTC',
    stampText(context.now),
    'pagination',
    pagination &&
      objectText(
        1,
        Object.entries(pagination).flatMap(([name, value]) => [name, String(value)]),
      ),
    plural,
    listText(1, ['\0']),
  ]).split('\0') as [string, string];
  const { body, rows } = joined(head, records, tail);
  return {
    status: 200,
    contentType: JSON_TYPE,
    body: rows > 0 ? body : `${head.trimEnd()}${tail.trimStart()}`,
    rows,
  };
}

const SEPARATOR = ',\r\n    ';
const KEPT_BYTES = 16 * 1024 * 1024;
/** What the last pages were written into: used again, because megabytes thrown away a page are memory until they are collected. */
let scratch = Buffer.allocUnsafeSlow(64 * 1024);

function joined(head: string, records: Iterable<string>, tail: string): { body: Uint8Array; rows: number } {
  let end = 0;
  let rows = 0;
  const write = (text: string) => {
    // No character takes more than three bytes of UTF-8 for each of its UTF-16 units.
    if (end + 3 * text.length > scratch.length) {
      const longer = Buffer.allocUnsafeSlow(2 * (end + 3 * text.length));
      scratch.copy(longer, 0, 0, end);
      scratch = longer;
    }
    end += scratch.write(text, end);
  };
  write(head);
  for (const record of records) {
    if (rows++ > 0) write(SEPARATOR);
    write(record);
  }
  write(tail);
  const body = Uint8Array.prototype.slice.call(scratch, 0, end);
  if (scratch.length > KEPT_BYTES) scratch = Buffer.allocUnsafeSlow(64 * 1024);
  return { body, rows };
}

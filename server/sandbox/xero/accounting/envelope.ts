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
  const parts: Uint8Array[] = [];
  for (const record of records)
    parts.push(Buffer.from(parts.length === 0 ? record : `,\r\n    ${record}`, 'utf8'));
  const rows = parts.length;
  const body =
    rows > 0
      ? Buffer.concat([Buffer.from(head), ...parts, Buffer.from(tail)])
      : `${head.trimEnd()}${tail.trimStart()}`;
  return { status: 200, contentType: JSON_TYPE, body, rows };
}

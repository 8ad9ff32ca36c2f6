/** The envelope around every Accounting answer (xero-api.md 3.1, 2026-11-20): one plural array, even for one record. */
import { listText, objectText, stringText } from '../json/json-text.ts';
import { stampText } from '../json/wire-dates.ts';
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
  /** Rows above which Xero refuses a list (xero-api.md 3.1, high-volume rule). */
  highVolumeRows: number;
}

/** `records` are finished JSON texts at depth 2. `pagination` is present only when the caller paged. */
export function envelope(
  context: Context,
  plural: string,
  records: string[],
  pagination?: Pagination,
): Answer {
  const body = objectText(0, [
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
    listText(1, records),
  ]);
  return { status: 200, contentType: JSON_TYPE, body, rows: records.length };
}

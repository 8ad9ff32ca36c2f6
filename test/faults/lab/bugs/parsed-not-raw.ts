/** Planted: a page ends where records stop to parse. */
import type { Bug } from './planted.ts';

export const parsedNotRaw: Bug = {
  name: 'parsed-not-raw',
  breaks: 'a page ends where records stop to parse',
  file: 'server/engine/steps/pull/fold-pages.ts',
  search:
    '            : afterPage(list, call.page, page.records.length, pagination, page.envelope.dateTimeUtc)',
  replace:
    '            : afterPage({ ...list, pageCount: page.records.filter(({ typed }) => typed !== null).length < (pagination?.pageSize ?? 0) ? call.page : (list.pageCount ?? 1) }, call.page, page.records.length, undefined, page.envelope.dateTimeUtc)',
  by: 'I1',
  habits: { edits: 1, unreadable: 0.7 },
};

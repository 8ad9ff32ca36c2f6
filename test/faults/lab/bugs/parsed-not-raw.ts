/** Planted: a page ends where records stop to parse. */
import type { Bug } from './planted.ts';

export const parsedNotRaw: Bug = {
  name: 'parsed-not-raw',
  breaks: 'a page ends where records stop to parse',
  file: 'server/engine/steps/pull/fold-pages.ts',
  search:
    '            : afterPage(list, call.page, page.records.length, pagination, page.envelope.dateTimeUtc)',
  replace:
    '            : ((read) => page.records.filter(({ typed }) => typed !== null).length < (pagination?.pageSize ?? 0) ? { ...read, pageCount: call.page, itemCount: null } : read)(afterPage(list, call.page, page.records.length, pagination, page.envelope.dateTimeUtc))',
  by: 'I1',
  habits: { dataset: 'invoices', areBooksOld: true, edits: 1, pageSize: 3, unreadable: 0.7 },
};

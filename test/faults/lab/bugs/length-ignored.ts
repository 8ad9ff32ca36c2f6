/** Planted: an answer that breaks off is taken for a whole one. */
import type { Bug } from './planted.ts';

export const lengthIgnored: Bug = {
  name: 'length-ignored',
  breaks: 'an answer that breaks off inside a record is taken for a whole one',
  file: 'server/mirror/cutter.ts',
  search: "    if (end <= at) throw unreadable(end < 0 ? 'it ends inside a record' : 'a record is empty');",
  replace:
    '    if (end <= at) return { rest: {}, envelope: { id: undefined, dateTimeUtc: undefined, pagination: undefined }, records };',
  // Xero's own count would tell.
  also: [
    {
      file: 'server/domain/paging.ts',
      search: '  if (lists.some((list) => list.hasShrunk || !isRead(list))) return false;',
      replace: '  if (lists.length > 0) return true;',
    },
  ],
  by: 'I1',
  habits: { dataset: 'invoices', areBooksOld: true, cuts: 0.3, pageSize: 5 },
};

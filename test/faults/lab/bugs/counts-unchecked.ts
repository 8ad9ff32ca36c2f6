/** Planted: a sweep that lost a record on the way is complete. */
import type { Bug } from './planted.ts';

export const countsUnchecked: Bug = {
  name: 'counts-unchecked',
  breaks: 'a sweep that lost a record on the way is complete',
  file: 'server/domain/paging.ts',
  search: '  if (lists.some((list) => list.hasShrunk || !isRead(list))) return false;',
  replace: '  if (lists.length > 0) return true;',
  by: 'I1',
  habits: { dataset: 'invoices', areBooksOld: true, midway: 1, pageSize: 3 },
};

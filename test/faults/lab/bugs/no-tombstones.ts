/** Planted: what is gone from Xero stays. */
import type { Bug } from './planted.ts';

export const noTombstones: Bug = {
  name: 'no-tombstones',
  breaks: 'what is gone from Xero stays',
  file: 'server/engine/steps/pull/fold-pages.ts',
  search: '  const lost = known.filter((id) => !records.has(id));',
  replace: '  const lost = known.filter(() => false);',
  by: 'I1',
  habits: { edits: 1, leaving: 1 },
};

/** Planted: what changed while the pages were read is not read again. */
import type { Bug } from './planted.ts';

export const noPassAfterSweep: Bug = {
  name: 'no-pass-after-sweep',
  breaks: 'what changed while the pages were read is not read again',
  file: 'server/domain/pull-progress.ts',
  search: '  if (traits.hasModifiedSince) return beginPass(swept, progress.begunThere);',
  replace: '',
  by: 'I1',
  habits: { dataset: 'invoices', areBooksOld: true, midway: 1, pageSize: 3 },
};

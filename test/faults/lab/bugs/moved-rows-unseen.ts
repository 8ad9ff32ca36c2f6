/** Planted: a batch is written although people moved rows since the look. */
import type { Bug } from './planted.ts';

export const movedRowsUnseen: Bug = {
  name: 'moved-rows-unseen',
  breaks: 'a batch is written although people moved rows since the look',
  file: 'server/engine/steps/publish/publishing-batch.ts',
  search: '[guard, ...(block?.marks ?? []).flatMap(refuseIfMoved), ...growGrid(placement)]',
  replace: '[guard, ...growGrid(placement)]',
  by: 'I3',
  habits: { dataset: 'invoices', edits: 1, renames: 0.6, rounds: 3, shifts: 0.5 },
};

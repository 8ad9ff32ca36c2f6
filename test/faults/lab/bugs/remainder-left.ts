/** Planted: rows of records that are gone stay below the block. */
import type { Bug } from './planted.ts';

export const remainderLeft: Bug = {
  name: 'remainder-left',
  breaks: 'rows of records that are gone stay below the block',
  file: 'server/engine/steps/publish/publishing-batch.ts',
  search: '    ...remainder(placement).map((range) => writeValues(range)),',
  replace: '',
  by: 'I3',
  habits: { edits: 1, leaving: 1 },
};

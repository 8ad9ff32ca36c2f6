/** Planted: of two texts of a record the older one is kept. */
import type { Bug } from './planted.ts';

export const oldTextWins: Bug = {
  name: 'old-text-wins',
  breaks: 'of two texts of a record the older one is kept',
  file: 'server/engine/steps/pull/known-records.ts',
  search: 'known === undefined || known.state === tombstone || known.rawHash !== rawHashOf(record.raw);',
  replace: 'known === undefined || known.state === tombstone;',
  by: 'I1',
  habits: { edits: 1, renames: 0.5 },
};

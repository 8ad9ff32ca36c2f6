/** Planted: a record that cannot be read is not named. */
import type { Bug } from './planted.ts';

export const gapsForgotten: Bug = {
  name: 'gaps-forgotten',
  breaks: 'a record that cannot be read is not named',
  file: 'server/domain/checkpoint.ts',
  search: '    gaps: mergeGaps(run.gaps, record.gaps),',
  replace: '    gaps: run.gaps,',
  by: 'I1',
  habits: { edits: 1, unreadable: 0.7 },
};

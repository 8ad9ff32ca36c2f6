/** Planted: changes are asked for from the end of the last reading. */
import type { Bug } from './planted.ts';

export const cursorFromTheEnd: Bug = {
  name: 'cursor-from-the-end',
  breaks: 'changes are asked for from the end of the last reading',
  file: 'server/domain/pull-progress.ts',
  search: "    since: mode === 'since' && modifiedSince !== null ? modifiedSince - overlapMs : null,",
  replace: "    since: mode === 'since' && modifiedSince !== null ? modifiedSince + 60_000 : null,",
  by: 'I1',
  habits: { edits: 1 },
};

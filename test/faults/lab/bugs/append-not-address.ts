/** Planted: rows are written below what is there. */
import type { Bug } from './planted.ts';

export const appendNotAddress: Bug = {
  name: 'append-not-address',
  breaks: 'rows are written below what is there',
  file: 'server/engine/steps/publish/small-write.ts',
  search: '    startRow: headerRow + rectangle.startRow,',
  replace: '    startRow: headerRow + rectangle.startRow + (rectangle.startRow > 0 ? 1 : 0),',
  by: 'I3',
  habits: { edits: 1, renames: 0.5 },
};

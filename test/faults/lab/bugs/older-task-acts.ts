/** Planted: an older task of a run acts as if it were the present one. */
import type { Bug } from './planted.ts';

export const olderTaskActs: Bug = {
  name: 'older-task-acts',
  breaks: 'an older task of a run acts as if it were the present one',
  file: 'server/domain/run-claim.ts',
  search: "  if (task.seq < run.seq) return { kind: 'older', run };",
  replace: '',
  by: 'I6',
  habits: { doubled: 0.7, late: 0.3 },
};

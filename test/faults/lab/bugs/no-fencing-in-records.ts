/** Planted: a worker that was overtaken records its units all the same. */
import type { Bug } from './planted.ts';

export const noFencingInRecords: Bug = {
  name: 'no-fencing-in-records',
  breaks: 'a worker that was overtaken records its units all the same',
  file: 'server/domain/checkpoint.ts',
  search: '!hasEnded(run) && run.fencing === held.fencing && run.holder === held.holder;',
  replace: '!hasEnded(run);',
  by: 'I6',
  habits: { freezes: 0.03 },
};

/** Planted: a task that the queue lost is never given anew. */
import type { Bug } from './planted.ts';

export const lostTaskForgotten: Bug = {
  name: 'lost-task-forgotten',
  breaks: 'a task that the queue lost is never given anew',
  file: 'server/domain/run-hand-over.ts',
  search: '  if (run.leaseUntil === null) return { ...run, seq: run.seq + 1, dueAt };',
  replace: '  if (run.leaseUntil === null) return run;',
  by: 'I5',
  habits: { lost: 0.3 },
};

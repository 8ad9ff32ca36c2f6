/** Planted: an older task of a run is forgotten without a look. */
import type { Bug } from './planted.ts';

export const newestTaskDropped: Bug = {
  name: 'newest-task-dropped',
  breaks: 'an older task of a run is forgotten without a look',
  file: 'server/domain/run-claim.ts',
  search: "  if (task.seq < run.seq) return { kind: 'older', run };",
  replace: "  if (task.seq > run.seq) return { kind: 'older', run };",
  by: ['I14', 'I6', 'liveness', 'I5'],
  habits: { doubled: 0.5, lost: 0.2 },
};

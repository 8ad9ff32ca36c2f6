/** Planted: the next task is queued before the run is saved. */
import type { Bug } from './planted.ts';

export const enqueueBeforeSave: Bug = {
  name: 'enqueue-before-save',
  breaks: 'the next task is queued before the run is saved',
  file: 'server/engine/slice.ts',
  search: '      const moved = await moveRun(ports, runId, (stored) => {',
  replace:
    '      await enqueueRun(ports, runId, { ...run, seq: run.seq + 1, dueAt: ports.clock.now() });\n      const moved = await moveRun(ports, runId, (stored) => {',
  by: 'I9',
  habits: { prompt: 0.5, rounds: 2 },
};

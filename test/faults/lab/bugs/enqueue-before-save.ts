/** Planted: the next task is queued before the run is saved. */
import type { Bug } from './planted.ts';

export const enqueueBeforeSave: Bug = {
  name: 'enqueue-before-save',
  breaks: 'the next task is queued before the run is saved',
  file: 'server/engine/slice.ts',
  search: '      const moved = await moveRun(ports, runId, (stored) => {',
  replace:
    '      await enqueueRun(ports, runId, { ...run, seq: run.seq + 1, dueAt: ports.clock.now() });\n      const moved = await moveRun(ports, runId, (stored) => {',
  by: ['I9'],
  habits: {
    kills: 0,
    fails: 0,
    freezes: 0,
    twice: 0,
    slow: 0,
    skewMs: 0,
    steps: 0,
    lost: 0,
    late: 0,
    doubled: 0,
    wire: 0,
    edits: 0,
    people: 0,
  },
};

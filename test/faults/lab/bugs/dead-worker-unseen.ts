/** Planted: a run of a dead worker waits for it for ever. */
import type { Bug } from './planted.ts';

export const deadWorkerUnseen: Bug = {
  name: 'dead-worker-unseen',
  breaks: 'a run of a dead worker waits for it for ever',
  file: 'server/domain/run.ts',
  search:
    '  run.leaseUntil !== null && run.leaseUntil > at.now && run.leaseUntil <= at.now + 2 * at.leaseMs;',
  replace: '  run.leaseUntil !== null;',
  by: 'I5',
  habits: { kills: 0.02 },
};

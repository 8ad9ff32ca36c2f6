/** Planted: a task that is delivered again takes the run from whoever is at it. */
import type { Bug } from './planted.ts';

export const secondDeliveryActs: Bug = {
  name: 'second-delivery-acts',
  breaks: 'a task that is delivered again takes the run from whoever is at it',
  file: 'server/domain/run-claim.ts',
  search: "  if (task.seq < run.seq) return { kind: 'older', run };",
  replace: '',
  // The lease alone would make it wait.
  also: [
    {
      file: 'server/domain/run-claim.ts',
      search: "  if (hasLiveLease(run, task)) return { kind: 'held', run };",
      replace: '',
    },
  ],
  by: 'I9',
  habits: { doubled: 0.8, rounds: 3 },
};

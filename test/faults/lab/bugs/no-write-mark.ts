/** Planted: a batch that was applied before its answer was lost is applied again. */
import type { Bug } from './planted.ts';

export const noWriteMark: Bug = {
  name: 'no-write-mark',
  breaks: 'a batch that was applied before its answer was lost is applied again',
  file: 'server/engine/steps/publish/publishing-batch.ts',
  search: '    writeIdOf(exporterId, write.generation),\n',
  // Google then takes an id of its own.
  replace: '',
  by: 'I3',
  habits: { dataset: 'accounts', edits: 1, renames: 1, rounds: 6, strays: 0.5 },
};

/** Planted: what was written is not looked at again. */
import type { Bug } from './planted.ts';

export const noReadBack: Bug = {
  name: 'no-read-back',
  breaks: 'what was written is not looked at again',
  file: 'server/engine/steps/publish/attempt.ts',
  search: '    if (!difference.isUnchanged) return undefined;',
  replace: '',
  by: 'I1',
  habits: { overtypes: 0.7 },
};

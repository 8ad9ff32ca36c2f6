/** Planted: a store that failed once fails every later call to Google. */
import type { Bug } from './planted.ts';

export const quotaFailureKept: Bug = {
  name: 'quota-failure-kept',
  breaks: 'a store that failed once fails every later call to Google',
  file: 'server/engine/access/google-quota.ts',
  search: '      subjects.delete(grantId);\n',
  replace: '',
  by: 'liveness',
  habits: { rounds: 3, sore: { label: 'store.get', kind: 'publish', share: 0.15, act: { kind: 'fail' } } },
};

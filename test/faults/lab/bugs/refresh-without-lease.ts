/** Planted: everybody renews a grant when they like. */
import type { Bug } from './planted.ts';

export const refreshWithoutLease: Bug = {
  name: 'refresh-without-lease',
  breaks: 'everybody renews a grant when they like',
  file: 'server/engine/leases.ts',
  search:
    "  if (!isNewest((await tx.get('leases', name))?.data, fencing)) throw new RetryError('FENCED_OUT');",
  replace: "  await tx.get('leases', name);",
  by: 'I6',
  habits: {
    rounds: 3,
    sore: { label: 'xeroOAuth.refresh', share: 0.5, act: { kind: 'freeze', ms: 400_000 } },
  },
};

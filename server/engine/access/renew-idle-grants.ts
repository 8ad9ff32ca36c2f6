/** Keeps grants alive that nothing uses: Xero forgets a refresh token after 60 idle days, Google after six months. */
import { FoliokeepError } from '../../errors.ts';
import { accessTokenOf, type GrantPorts } from './access-token.ts';

const idleMs = 7 * 24 * 60 * 60_000;

/**
 * Renews those that were not for a week, the longest idle first, `limit` at most, and answers how many (xero-api.md section 10, pitfall 2). One
 * that has ended is named by that; one whose outcome is not known comes again with the next call.
 */
export async function renewIdleGrants(ports: GrantPorts, limit = 20): Promise<number> {
  const idle = await ports.store.query('grants', {
    where: [
      { field: 'status', op: '==', value: 'active' },
      { field: 'refreshedAt', op: '<', value: ports.clock.now() - idleMs },
    ],
    orderBy: { field: 'refreshedAt', direction: 'asc' },
    limit: 5 * limit,
  });
  // Those that failed before come last: many of them must not keep the others waiting until they end.
  const failures = ({ data }: (typeof idle)[number]): number => data.refreshFailure?.count ?? 0;
  const inTurn = idle.sort((a, b) => failures(a) - failures(b)).slice(0, limit);
  let renewed = 0;
  for (const { id } of inTurn) {
    try {
      await accessTokenOf(ports, id);
      renewed += 1;
    } catch (error) {
      if (!(error instanceof FoliokeepError)) throw error;
      ports.log.info('an idle grant was not renewed', { grantId: id, code: error.code });
    }
  }
  return renewed;
}

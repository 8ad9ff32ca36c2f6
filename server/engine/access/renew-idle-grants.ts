/** Keeps grants alive that nothing uses: Xero forgets a refresh token after 60 idle days, Google after six months, and one whose refresh was never answered after half an hour. */
import { FoliokeepError } from '../../errors.ts';
import { accessTokenOf, type GrantPorts } from './access-token.ts';
import { refreshGrant, usableToken } from './refresh-grant.ts';

const idleMs = 7 * 24 * 60 * 60_000;
/** An exchange that is under way is over by then, most often. */
const owedMs = 30_000;

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
  for (const { id } of inTurn) if (await isDone(ports, id, () => accessTokenOf(ports, id))) renewed += 1;
  return renewed + (await finishRefreshes(ports, 5 * limit));
}

/** Refreshes whose outcome nobody stored, the longest owed first: Xero takes the old token for half an hour, whoever needs it or not. */
async function finishRefreshes(ports: GrantPorts, limit: number): Promise<number> {
  const now = ports.clock.now();
  const owing = (op: '<' | '>', value: number) =>
    ports.store.query('grants', {
      where: [
        { field: 'status', op: '==', value: 'active' },
        { field: 'refreshOwedAt', op, value },
      ],
      orderBy: { field: 'refreshOwedAt', direction: 'asc' },
      limit,
    });
  // Noted by a clock that was ahead and has been set right, or by a server whose clock still is: owed for nobody knows how long.
  const owed = [...(await owing('<', now - owedMs)), ...(await owing('>', now + owedMs))];
  let finished = 0;
  for (const { id, data } of owed) {
    const finish = () =>
      refreshGrant(ports, id, data.teamId, async (latest) =>
        typeof latest.refreshOwedAt === 'number' ? undefined : usableToken(ports, id, latest),
      );
    if (await isDone(ports, id, finish)) finished += 1;
  }
  return finished;
}

async function isDone(ports: GrantPorts, grantId: string, renew: () => Promise<unknown>): Promise<boolean> {
  try {
    await renew();
    return true;
  } catch (error) {
    if (!(error instanceof FoliokeepError)) throw error;
    ports.log.info('a grant was not renewed', { grantId, code: error.code });
    return false;
  }
}

/** Warns before access ends by itself: 14, 7 and 1 days ahead, where an end is known. */
import { endOf, idleLifeMs, warningOf } from '../../domain/grant-end.ts';
import { consentExpiringNotice, consentWarningDays } from '../../domain/notice.ts';
import type { Ports, Stored } from '../../ports.ts';
import { raiseNotice } from '../notices/raise-notice.ts';
import { inRounds } from './in-rounds.ts';

const most = 100;
const dayMs = 86_400_000;
const furthestMs = Math.max(...consentWarningDays) * dayMs;

/**
 * A chore: so many of the grants that end within two weeks, because their provider said so or because nobody could renew them
 * for long (renewal every week is `renewIdleGrants`). Each warning is raised once. Answers how many were new.
 */
export function warnOfEnds(ports: Pick<Ports, 'store' | 'clock'>): () => Promise<number> {
  const nextIdle = inRounds('grants', { orderBy: 'refreshedAt', most });
  const nextEnding = inRounds('grants', { orderBy: 'endsAt', most });
  return async () => {
    const now = ports.clock.now();
    const idleSince = now + furthestMs - Math.min(...Object.values(idleLifeMs));
    const grants = [
      ...(await nextIdle(ports.store, [
        { field: 'status', op: '==', value: 'active' },
        { field: 'refreshedAt', op: '<=', value: idleSince },
      ])),
      ...(await nextEnding(ports.store, [
        { field: 'status', op: '==', value: 'active' },
        { field: 'endsAt', op: '<=', value: now + furthestMs },
      ])),
    ];
    let raised = 0;
    for (const grant of grants) if (await warn(ports, grant, now)) raised += 1;
    return raised;
  };
}

async function warn(
  ports: Pick<Ports, 'store' | 'clock'>,
  { id, data }: Stored<'grants'>,
  now: number,
): Promise<boolean> {
  const days = warningOf(data, now);
  if (days === undefined) return false;
  const { teamId, email, provider } = data;
  return raiseNotice(ports, consentExpiringNotice({ id, teamId, email, provider }, endOf(data), days));
}

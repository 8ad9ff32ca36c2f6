/** Looks at open notices again: one whose state has ended is closed, and of access that was given again people hear. */
import { endOf } from '../../domain/grant-end.ts';
import { checkEveryMs, closed, type NewNotice, type Notice } from '../../domain/notice.ts';
import type { Ports, Reader } from '../../ports.ts';
import { raiseWithin } from './raise-notice.ts';

type Needs = Pick<Ports, 'store' | 'clock'>;

/** Answers how many it looked at, `most` at most; those not looked at for longest come first. */
export async function settleNotices(ports: Needs, most: number): Promise<number> {
  const now = ports.clock.now();
  const due = await ports.store.query('notices', {
    where: [{ field: 'checkAt', op: '<=', value: now }],
    orderBy: { field: 'checkAt', direction: 'asc' },
    limit: most,
  });
  for (const { id } of due)
    await ports.store.transaction(async (tx) => {
      const notice = (await tx.get('notices', id))?.data;
      if (notice === undefined || (notice.checkAt ?? now + 1) > now) return;
      const state = await stateOf(tx, id, notice, now);
      if (state === 'lasts') tx.set('notices', id, { ...notice, checkAt: now + checkEveryMs });
      else tx.set('notices', id, closed(notice, now));
      if (state === 'mended') raiseWithin(tx, mendedNotice(id, notice), now);
    });
  return due.length;
}

/** `over` when there is nothing more to say: what it was about is gone, or its time has passed. */
export async function stateOf(
  reader: Reader,
  id: string,
  notice: Notice,
  now: number,
): Promise<'lasts' | 'mended' | 'over'> {
  switch (notice.kind) {
    case 'needs-reconnect':
    case 'needs-google':
      return notice.scope === 'connection'
        ? stateOfConnection(reader, notice.subject)
        : stateOfGrant(reader, notice.subject);
    case 'consent-expiring': {
      const grant = (await reader.get('grants', notice.subject))?.data;
      if (grant?.status !== 'active' || (notice.until ?? now) <= now) return 'over';
      // Renewed, or given again: its end is another one now.
      return endOf(grant) > (notice.until ?? now) ? 'over' : 'lasts';
    }
    case 'day-limit':
      return (notice.until ?? now) > now ? 'lasts' : 'over';
    case 'failed':
    case 'gaps': {
      const exporter = (await reader.get('exporters', notice.subject))?.data;
      return exporter?.status !== 'deleted' && exporter?.health?.noticeId === id ? 'lasts' : 'over';
    }
    default:
      return 'over';
  }
}

async function stateOfConnection(reader: Reader, connectionId: string): Promise<'lasts' | 'mended' | 'over'> {
  const status = (await reader.get('connections', connectionId))?.data.status;
  if (status === 'needs-reconnect') return 'lasts';
  return status === 'active' ? 'mended' : 'over';
}

async function stateOfGrant(reader: Reader, grantId: string): Promise<'lasts' | 'mended' | 'over'> {
  const grant = (await reader.get('grants', grantId))?.data;
  if (grant === undefined || grant.status === 'revoked') return 'over';
  if (grant.status === 'active') return 'mended';
  if (grant.provider === 'google') return 'lasts';
  // Somebody else may have connected its organisations: then nobody misses it.
  const waiting = await reader.query('connections', {
    where: [
      { field: 'grantId', op: '==', value: grantId },
      { field: 'status', op: 'in', value: ['needs-reconnect', 'active'] },
    ],
    limit: 1,
  });
  return waiting.length > 0 ? 'lasts' : 'over';
}

const mendedNotice = (id: string, { teamId, scope = 'grant', subject, name }: Notice): NewNotice => ({
  id: `recovered.${id}`,
  teamId,
  kind: 'recovered',
  scope,
  subject,
  name,
});

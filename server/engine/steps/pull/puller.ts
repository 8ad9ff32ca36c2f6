/** Who reads: the one connection that is pinned to the mirror while it works, because Xero shows each user other fields. */
import { hash } from 'node:crypto';
import { mirrorIdOf } from '../../../domain/mirror-pointer.ts';
import type { Ports } from '../../../ports.ts';
import type { PullInput } from './pull-input.ts';

export interface Puller {
  connectionId: string;
  /** The grant and its scopes in short: the same reader sees the same records. */
  reader: string;
}

/** The mirror's puller; when its connection is not active any more, the run's own connection takes its place. */
export async function pullerOf({ store }: Pick<Ports, 'store'>, input: PullInput): Promise<Puller> {
  const mirrorId = mirrorIdOf(input.teamId, input.organisationId);
  const connectionId = await store.transaction(async (tx) => {
    const mirror = (await tx.get('mirrors', mirrorId))?.data;
    if (mirror === undefined || mirror.pullerConnectionId === input.connectionId) return input.connectionId;
    const pinned = (await tx.get('connections', mirror.pullerConnectionId))?.data;
    if (pinned?.status === 'active') return mirror.pullerConnectionId;
    tx.set('mirrors', mirrorId, { ...mirror, pullerConnectionId: input.connectionId });
    return input.connectionId;
  });
  const connection = (await store.get('connections', connectionId))?.data;
  const grant = connection === undefined ? undefined : (await store.get('grants', connection.grantId))?.data;
  const scopes = (grant?.scopes ?? []).toSorted().join(' ');
  return {
    connectionId,
    reader: `${connection?.grantId ?? connectionId} ${hash('sha256', scopes).slice(0, 16)}`,
  };
}

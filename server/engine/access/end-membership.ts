/**
 * The access that a person gave a team ends when they leave it: nothing is read or written with it afterwards. The exporters and
 * organisations stay the team's and wait for somebody else's.
 */
import type { Exporter } from '../../domain/exporter.ts';
import { type Grant, grantIdOf, grantLease } from '../../domain/grant.ts';
import { overtakeLease } from '../../domain/lease.ts';
import { hasEnded } from '../../domain/run.ts';
import { fail, fenceOut } from '../../domain/run-end.ts';
import { sameAddress } from '../../domain/team.ts';
import type { Ports, Reader, Stored, Transaction } from '../../ports.ts';
import { moveRun } from '../move-run.ts';
import { endConnection } from './end-access.ts';

type Given = Stored<'grants'>;

/** Living grants of the team that this person gave: of Google by their account, of Xero by who consented. */
export async function grantsGivenBy(
  reader: Reader,
  { teamId, userId }: { teamId: string; userId: string },
): Promise<Given[]> {
  const user = (await reader.get('users', userId))?.data;
  if (user === undefined) return [];
  const google = await reader.get('grants', grantIdOf(teamId, 'google', user.googleSub));
  const xero = await reader.query('grants', {
    where: [
      { field: 'teamId', op: '==', value: teamId },
      { field: 'provider', op: '==', value: 'xero' },
    ],
    limit: 300,
  });
  // A grant from before it was written down who gave it: the same address at Xero.
  const isTheirs = ({ givenBy, email }: Grant): boolean =>
    givenBy === undefined ? sameAddress(email) === sameAddress(user.email) : givenBy === userId;
  const theirs = xero.filter(({ data }) => isTheirs(data));
  return [...(google === undefined ? [] : [google]), ...theirs].filter(
    ({ data }) => data.status !== 'revoked',
  );
}

/** Call it among the reads of the transaction; what it answers takes the tokens away, and the right of whoever renews them now. */
export async function endGrantsIn(
  tx: Transaction,
  grants: readonly Given[],
  now: number,
): Promise<() => void> {
  const leases = await Promise.all(
    grants.map(async ({ id }) => (await tx.get('leases', grantLease(id)))?.data),
  );
  return () => {
    for (const [at, { id, data }] of grants.entries()) {
      const lease = overtakeLease(leases[at], data.teamId);
      tx.set('leases', grantLease(id), lease);
      tx.set('grants', id, {
        ...data,
        status: 'revoked',
        sealedAccessToken: '',
        sealedRefreshToken: '',
        accessExpiresAt: 0,
        fencing: lease.fencing,
        refreshFailure: null,
        leftAt: now,
      });
    }
  };
}

type Needs = Pick<Ports, 'store' | 'clock'>;

/** Runs under way end with the reason; exporters and connections say what they need. Stopped half-way, each finds it out by itself. */
export async function haltWhatTheyGave(ports: Needs, grants: readonly Given[]): Promise<void> {
  for (const grant of grants) {
    if (grant.data.provider === 'xero') {
      for await (const { id, data } of connectionsOf(ports.store, grant))
        await endConnection(ports, id, data);
    } else {
      for await (const { id, data } of exportersOf(ports.store, grant))
        await haltWriter(ports, id, data, grant);
    }
  }
}

async function haltWriter(ports: Needs, id: string, { activeRunId }: Exporter, grant: Given): Promise<void> {
  const now = ports.clock.now();
  const error = { code: 'WRITER_LEFT', details: { account: grant.data.email } };
  if (activeRunId !== null)
    await moveRun(ports, activeRunId, (run) => (hasEnded(run) ? run : fail(fenceOut(run), error, now)));
  await ports.store.transaction(async (tx) => {
    const exporter = (await tx.get('exporters', id))?.data;
    const isTheirs = exporter?.destination.googleGrantId === grant.id && exporter.status === 'active';
    if (isTheirs) tx.set('exporters', id, { ...exporter, status: 'needs-file' });
  });
}

/** By name, for people to read. */
export async function namesOfWhatTheyGave(
  ports: Pick<Ports, 'store'>,
  grants: readonly Given[],
): Promise<{ exporters: string[]; organisations: string[] }> {
  const exporters: string[] = [];
  const organisations: string[] = [];
  for (const grant of grants) {
    if (grant.data.provider === 'xero') {
      for await (const { data } of connectionsOf(ports.store, grant)) organisations.push(data.name);
    } else {
      for await (const { data } of exportersOf(ports.store, grant)) exporters.push(data.name);
    }
  }
  return { exporters, organisations };
}

const pageSize = 100;

/** Exporters of the team that write with this grant. */
async function* exportersOf(
  reader: Pick<Reader, 'query'>,
  grant: Given,
): AsyncGenerator<Stored<'exporters'>> {
  for (let after: string | undefined; ; ) {
    const page = await reader.query('exporters', {
      where: [{ field: 'teamId', op: '==', value: grant.data.teamId }],
      limit: pageSize,
      ...(after === undefined ? {} : { after: { id: after } }),
    });
    for (const one of page)
      if (one.data.status !== 'deleted' && one.data.destination.googleGrantId === grant.id) yield one;
    if (page.length < pageSize) return;
    after = page.at(-1)?.id;
  }
}

/** Living connections that are read with this grant. */
async function* connectionsOf(
  reader: Pick<Reader, 'query'>,
  grant: Given,
): AsyncGenerator<Stored<'connections'>> {
  for (let after: string | undefined; ; ) {
    const page = await reader.query('connections', {
      where: [{ field: 'grantId', op: '==', value: grant.id }],
      limit: pageSize,
      ...(after === undefined ? {} : { after: { id: after } }),
    });
    for (const one of page) if (one.data.status !== 'disconnected') yield one;
    if (page.length < pageSize) return;
    after = page.at(-1)?.id;
  }
}

/** Organisations that a grant can reach, as the team's connections: dead ones taken up again, new ones made. */
import type { Ports } from '../../ports.ts';
import { auditIn } from '../audit/append-audit.ts';
import { resumeExporters } from './exporters-of.ts';
import { mustBeKept } from './kept-data.ts';

export interface Reachable {
  /** Xero's id of the connection. */
  connectionId: string;
  organisationId: string;
  name: string;
}

type Needs = Pick<Ports, 'store' | 'clock' | 'ids'>;

interface Grant {
  teamId: string;
  grantId: string;
  /** Who connects, by which act: told to the audit. */
  by?: { userId: string; operationId: string; act: 'connect' | 'reconnect' };
}

/**
 * `picked` are what the person chose now: each is the team's afterwards, and every dead connection of that organisation lives
 * again, whoever connected it before. `reachable` are all that this Xero user ever gave: dead connections of this very grant
 * live again too. Answers the ids of the picked ones. Twice: nothing more happens.
 */
export async function attachOrganisations(
  ports: Needs,
  grant: Grant,
  picked: readonly Reachable[],
  reachable: readonly Reachable[],
): Promise<string[]> {
  const attached: string[] = [];
  for (const organisation of picked) attached.push(...(await attach(ports, grant, organisation)));
  const known = new Map(reachable.map((organisation) => [organisation.organisationId, organisation]));
  const revived: string[] = [];
  for (const id of await deadConnectionsOf(ports, grant.grantId)) {
    if (await revive(ports, id, grant.grantId, known)) revived.push(id);
  }
  for (const id of [...attached, ...revived]) await resumeExporters(ports, id);
  return attached;
}

async function attach(
  ports: Needs,
  { teamId, grantId, by }: Grant,
  { organisationId, connectionId: xeroConnectionId, name }: Reachable,
): Promise<string[]> {
  const now = ports.clock.now();
  const newId = ports.ids.next();
  return ports.store.transaction(async (tx) => {
    const present = await tx.query('connections', {
      where: [
        { field: 'teamId', op: '==', value: teamId },
        { field: 'organisationId', op: '==', value: organisationId },
      ],
      limit: 100,
    });
    // Its data is being deleted: it is undone or done first.
    await mustBeKept(tx, { teamId, organisationId });
    const note = await auditIn(tx, teamId);
    const tell = (id: string): void => {
      if (by === undefined) return;
      const { userId: actor, act } = by;
      const operationId = `${by.operationId} ${id}`;
      note({ actor, act, object: { kind: 'connection', id }, at: now, operationId });
    };
    const mine = present.filter(({ data }) => data.grantId === grantId || data.status !== 'active');
    for (const { id, data } of mine) {
      tx.set('connections', id, {
        ...data,
        grantId,
        xeroConnectionId,
        name,
        status: 'active',
        connectedAt: now,
      });
      tell(id);
    }
    if (mine.length > 0) return mine.map(({ id }) => id);
    tx.set('connections', newId, {
      v: 1,
      teamId,
      grantId,
      organisationId,
      xeroConnectionId,
      name,
      status: 'active',
      countryCode: '',
      baseCurrency: '',
      timeZone: '',
      connectedAt: now,
      checkAt: null,
    });
    tell(newId);
    return [newId];
  });
}

async function deadConnectionsOf({ store }: Needs, grantId: string): Promise<string[]> {
  const ids: string[] = [];
  for (let after: string | undefined; ; after = ids.at(-1)) {
    const page = await store.query('connections', {
      where: [
        { field: 'grantId', op: '==', value: grantId },
        { field: 'status', op: '==', value: 'needs-reconnect' },
      ],
      limit: 100,
      ...(after === undefined ? {} : { after: { id: after } }),
    });
    ids.push(...page.map(({ id }) => id));
    if (page.length < 100) return ids;
  }
}

const revive = (
  ports: Needs,
  id: string,
  grantId: string,
  known: ReadonlyMap<string, Reachable>,
): Promise<boolean> => {
  const connectedAt = ports.clock.now();
  return ports.store.transaction(async (tx) => {
    const connection = (await tx.get('connections', id))?.data;
    const found = connection && known.get(connection.organisationId);
    if (!found || connection.grantId !== grantId || connection.status !== 'needs-reconnect') return false;
    const { connectionId: xeroConnectionId, name } = found;
    tx.set('connections', id, { ...connection, xeroConnectionId, name, status: 'active', connectedAt });
    return true;
  });
};

/** The team's connections with their health. */
import type { ConnectionView } from '../../shared/contract/connection.ts';
import { meterOf } from '../domain/budget.ts';
import type { Grant } from '../domain/grant.ts';
import { mirrorIdOf } from '../domain/mirror-pointer.ts';
import { missingOf } from '../domain/scopes.ts';
import type { Actor } from '../domain/team.ts';
import { zoneOf } from '../domain/time-zones.ts';
import type { Ports, Stored } from '../ports.ts';
import { exportersOf } from './exporters-of-connection.ts';

/** By name. A connection whose grant has ended needs a reconnect, even before it says so itself. */
export async function listConnections(
  ports: Pick<Ports, 'store' | 'clock'>,
  actor: Actor,
): Promise<{ connections: ConnectionView[] }> {
  const grants = new Map<string, Grant | undefined>();
  const connections: ConnectionView[] = [];
  for (const { id, data } of await connectionsOf(ports, actor.teamId)) {
    const { grantId, name, status, countryCode, baseCurrency } = data;
    if (!grants.has(grantId)) grants.set(grantId, (await ports.store.get('grants', grantId))?.data);
    const grant = grants.get(grantId);
    const deletion = status === 'disconnected' ? await deletionOf(ports, actor, data.organisationId) : null;
    connections.push({
      id,
      name,
      status:
        deletion !== null
          ? 'deletion-due'
          : status === 'active' && grant?.status !== 'active'
            ? 'needs-reconnect'
            : status,
      deletion,
      countryCode,
      baseCurrency,
      timeZone: zoneOf(data),
      connectedBy: grant?.name ?? '',
      connectedAt: new Date(data.connectedAt).toISOString(),
      exporters: (await exportersOf(ports, id)).length,
      usage: meterOf((await ports.store.get('budgets', data.organisationId))?.data, ports.clock.now()),
      missing: missingOf(grant?.scopes ?? []),
    });
  }
  return { connections: connections.sort((a, b) => a.name.localeCompare(b.name, 'en')) };
}

async function deletionOf(
  { store }: Pick<Ports, 'store'>,
  { teamId, role }: Actor,
  organisationId: string,
): Promise<ConnectionView['deletion']> {
  const found = (await store.get('deletions', mirrorIdOf(teamId, organisationId)))?.data;
  if (found === undefined) return null;
  return {
    dueAt: new Date(found.dueAt).toISOString(),
    requestedBy: (await store.get('users', found.requestedBy))?.data.name ?? '',
    canUndo: role === 'owner' && found.status === 'due',
  };
}

/** All of the team's, disconnected ones too. */
export async function connectionsOf(
  { store }: Pick<Ports, 'store'>,
  teamId: string,
): Promise<Array<Stored<'connections'>>> {
  const all: Array<Stored<'connections'>> = [];
  for (;;) {
    const after = all.at(-1)?.id;
    const page = await store.query('connections', {
      where: [{ field: 'teamId', op: '==', value: teamId }],
      limit: 100,
      ...(after === undefined ? {} : { after: { id: after } }),
    });
    all.push(...page);
    if (page.length < 100) return all;
  }
}

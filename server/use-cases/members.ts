/** A team's members: their roles, and how they leave. The last owner stays one. */
import type { Departure } from '../../shared/contract/team.ts';
import type { AuditAct } from '../domain/audit.ts';
import { type Actor, membersAfter, type Role } from '../domain/team.ts';
import {
  endGrantsIn,
  grantsGivenBy,
  haltWhatTheyGave,
  namesOfWhatTheyGave,
} from '../engine/access/end-membership.ts';
import { auditIn } from '../engine/audit/append-audit.ts';
import { UserError } from '../errors.ts';
import type { Ports } from '../ports.ts';
import { mustBeOwner } from './own.ts';

/** From the member's next request on. UserError `LAST_OWNER`; NOT_FOUND for somebody who is no member. */
export async function changeRole(
  ports: Pick<Ports, 'store' | 'clock' | 'ids'>,
  actor: Actor,
  { userId, role }: { userId: string; role: Role },
): Promise<void> {
  mustBeOwner(actor);
  const at = ports.clock.now();
  const operationId = actor.operationId ?? ports.ids.next();
  await ports.store.transaction(async (tx) => {
    const team = (await tx.get('teams', actor.teamId))?.data;
    const member = team?.members.find((one) => one.userId === userId);
    if (team === undefined || member === undefined) throw new UserError('NOT_FOUND', { what: 'member' });
    const members = membersAfter(team.members, userId, role);
    if (members === undefined) throw new UserError('LAST_OWNER');
    const note = await auditIn(tx, actor.teamId);
    tx.set('teams', actor.teamId, { ...team, members });
    const details = { from: member.role, to: role };
    const object = { kind: 'user', id: userId };
    note({ actor: actor.userId, act: 'change-role', object, details, at, operationId });
  });
}

/** What stops with this member until somebody takes it over, by name. Changes nothing. */
export async function previewDeparture(
  ports: Pick<Ports, 'store'>,
  actor: Actor,
  userId: string,
): Promise<Departure> {
  const team = (await ports.store.get('teams', actor.teamId))?.data;
  if (team?.members.every((one) => one.userId !== userId) !== false)
    throw new UserError('NOT_FOUND', { what: 'member' });
  const user = (await ports.store.get('users', userId))?.data;
  const grants = await grantsGivenBy(ports.store, { teamId: actor.teamId, userId });
  return { name: user?.name ?? '', ...(await namesOfWhatTheyGave(ports, grants)) };
}

type Needs = Pick<Ports, 'store' | 'clock' | 'ids'>;

/**
 * Their membership, sessions of this team and consents in it end in one transaction: no effect with their access begins after it.
 * Then runs that write with it end with the reason, and its exporters and organisations wait for somebody else. Errors as `changeRole`.
 */
export async function removeMember(ports: Needs, actor: Actor, userId: string): Promise<void> {
  mustBeOwner(actor);
  await depart(ports, actor, userId, 'remove-member');
}

/** As `removeMember`, of oneself. */
export const leaveTeam = (ports: Needs, actor: Actor): Promise<void> =>
  depart(ports, actor, actor.userId, 'leave-team');

async function depart(ports: Needs, actor: Actor, userId: string, act: AuditAct): Promise<void> {
  const { teamId } = actor;
  const at = ports.clock.now();
  const operationId = actor.operationId ?? ports.ids.next();
  const ended = await ports.store.transaction(async (tx) => {
    const team = (await tx.get('teams', teamId))?.data;
    const user = (await tx.get('users', userId))?.data;
    if (team?.members.every((one) => one.userId !== userId) !== false)
      throw new UserError('NOT_FOUND', { what: 'member' });
    const members = membersAfter(team.members, userId, null);
    if (members === undefined) throw new UserError('LAST_OWNER');
    const sessions = await tx.query('sessions', {
      where: [{ field: 'userId', op: '==', value: userId }],
      limit: 300,
    });
    const grants = await grantsGivenBy(tx, { teamId, userId });
    const end = await endGrantsIn(tx, grants, at);
    const note = await auditIn(tx, teamId);
    tx.set('teams', teamId, { ...team, members });
    if (user !== undefined) {
      const { currentTeamId, ...rest } = user;
      const isElsewhere = currentTeamId !== undefined && currentTeamId !== teamId;
      const teamIds = (user.teamIds ?? []).filter((id) => id !== teamId);
      tx.set('users', userId, { ...rest, teamIds, ...(isElsewhere ? { currentTeamId } : {}) });
    }
    for (const { id, data } of sessions) if (data.teamId === teamId) tx.delete('sessions', id);
    end();
    const object = { kind: 'user', id: userId };
    note({ actor: actor.userId, act, object, details: { grants: grants.length }, at, operationId });
    return grants;
  });
  await haltWhatTheyGave(ports, ended);
}

/** The team that a person asks for, and the teams of a person. */
import type { TeamView } from '../../shared/contract/team.ts';
import { type Actor, type Role, teamsOf } from '../domain/team.ts';
import { auditIn } from '../engine/audit/append-audit.ts';
import { UserError } from '../errors.ts';
import type { Ports } from '../ports.ts';
import { openInvitations } from './invitations.ts';
import { mustBeOwner } from './own.ts';

/** Owners first, then by name. Invitations are shown to owners alone. */
export async function viewTeam(ports: Pick<Ports, 'store' | 'clock'>, actor: Actor): Promise<TeamView> {
  const team = (await ports.store.get('teams', actor.teamId))?.data;
  if (team === undefined) throw new UserError('NOT_SIGNED_IN');
  const members = await Promise.all(
    team.members.map(async ({ userId, role, joinedAt }) => {
      const user = (await ports.store.get('users', userId))?.data;
      return {
        userId,
        name: user?.name ?? '',
        email: user?.email ?? '',
        role,
        isYou: userId === actor.userId,
        joinedAt: joinedAt === undefined ? null : new Date(joinedAt).toISOString(),
      };
    }),
  );
  const order: readonly Role[] = ['owner', 'editor', 'viewer'];
  members.sort((a, b) => order.indexOf(a.role) - order.indexOf(b.role) || a.name.localeCompare(b.name, 'en'));
  const invitations = actor.role === 'owner' ? await openInvitations(ports, actor.teamId) : [];
  return { id: actor.teamId, name: team.name, members, invitations };
}

export async function renameTeam(
  ports: Pick<Ports, 'store' | 'clock' | 'ids'>,
  actor: Actor,
  name: string,
): Promise<TeamView> {
  mustBeOwner(actor);
  const at = ports.clock.now();
  const operationId = actor.operationId ?? ports.ids.next();
  await ports.store.transaction(async (tx) => {
    const team = (await tx.get('teams', actor.teamId))?.data;
    const note = await auditIn(tx, actor.teamId);
    if (team === undefined) throw new UserError('NOT_FOUND', { what: 'team' });
    tx.set('teams', actor.teamId, { ...team, name });
    note({ actor: actor.userId, act: 'rename-team', object: { kind: '', id: '' }, at, operationId });
  });
  return viewTeam(ports, actor);
}

export interface OwnTeam {
  id: string;
  name: string;
  role: Role;
  isCurrent: boolean;
}

/** By name, the present one among them. */
export async function listTeams(ports: Pick<Ports, 'store'>, actor: Actor): Promise<{ teams: OwnTeam[] }> {
  const user = (await ports.store.get('users', actor.userId))?.data;
  const ids = new Set([actor.teamId, ...(user === undefined ? [] : teamsOf(user))]);
  const teams: OwnTeam[] = [];
  for (const id of ids) {
    const team = (await ports.store.get('teams', id))?.data;
    const member = team?.members.find(({ userId }) => userId === actor.userId);
    if (team === undefined || member === undefined) continue;
    teams.push({ id, name: team.name, role: member.role, isCurrent: id === actor.teamId });
  }
  return { teams: teams.sort((a, b) => a.name.localeCompare(b.name, 'en')) };
}

/**
 * This session, and with the add-on every later request, is for that team from now on. NOT_FOUND for a team that the person is no
 * member of, as for one that never was. The CSRF token is another one afterwards.
 */
export async function switchTeam(
  ports: Pick<Ports, 'store' | 'clock' | 'ids'>,
  actor: Actor,
  { teamId, sessionId }: { teamId: string; sessionId: string },
): Promise<void> {
  const at = ports.clock.now();
  const operationId = actor.operationId ?? ports.ids.next();
  await ports.store.transaction(async (tx) => {
    const team = (await tx.get('teams', teamId))?.data;
    const user = (await tx.get('users', actor.userId))?.data;
    const session = sessionId === '' ? undefined : (await tx.get('sessions', sessionId))?.data;
    const isMember = team?.members.some(({ userId }) => userId === actor.userId) === true;
    if (!isMember || user === undefined) throw new UserError('NOT_FOUND', { what: 'team' });
    const note = await auditIn(tx, teamId);
    tx.set('users', actor.userId, { ...user, currentTeamId: teamId });
    if (session !== undefined) tx.set('sessions', sessionId, { ...session, teamId });
    const object = { kind: 'user', id: actor.userId };
    note({ actor: actor.userId, act: 'switch-team', object, at, operationId });
  });
}

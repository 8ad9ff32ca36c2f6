/**
 * Invitations to a team: a link with a random token, of which only the hash is stored, that works once, for seven days, and only
 * for the Google account with the verified address that it was made for.
 */
import { createHash } from 'node:crypto';
import type { InvitationView, Offer } from '../../shared/contract/team.ts';
import { type Actor, type Invitation, type Role, sameAddress } from '../domain/team.ts';
import { auditIn } from '../engine/audit/append-audit.ts';
import { FoliokeepError, UserError } from '../errors.ts';
import type { Ports, Stored, Transaction } from '../ports.ts';
import { mustBeOwner } from './own.ts';
import { newSecret } from './sessions.ts';

const lifeMs = 7 * 24 * 3_600_000;
const mostOpen = 100;

export interface Invited {
  invitation: InvitationView;
  /** Shown now and never again. */
  link: string;
  /** False: it could not be sent; the link does it. */
  isMailed: boolean;
}

/** An earlier open invitation of the same address stops working. `INVALID_INPUT` for a member's address. */
export async function inviteMember(
  ports: Pick<Ports, 'store' | 'clock' | 'random' | 'ids' | 'mail' | 'log'>,
  actor: Actor,
  wish: { email: string; role: Role },
  publicUrl: string,
): Promise<Invited> {
  mustBeOwner(actor);
  const email = sameAddress(wish.email);
  const token = newSecret(ports);
  const id = invitationIdOf(token);
  const now = ports.clock.now();
  const operationId = actor.operationId ?? ports.ids.next();
  const invitation: Invitation = {
    v: 1,
    teamId: actor.teamId,
    email,
    role: wish.role,
    invitedBy: actor.userId,
    createdAt: now,
    expiresAt: now + lifeMs,
    acceptedBy: null,
  };
  await ports.store.transaction(async (tx) => {
    const open = await openOf(tx, actor.teamId, now);
    const team = (await tx.get('teams', actor.teamId))?.data;
    const people = await Promise.all(
      (team?.members ?? []).map(async ({ userId }) => (await tx.get('users', userId))?.data.email ?? ''),
    );
    if (people.some((address) => sameAddress(address) === email))
      throw new UserError('INVALID_INPUT', { field: 'email', problem: 'is a member of this team already' });
    if (open.length >= mostOpen)
      throw new UserError('INVALID_INPUT', { field: 'email', problem: 'too many invitations are open' });
    const note = await auditIn(tx, actor.teamId);
    for (const other of open) if (other.data.email === email) tx.delete('invitations', other.id);
    tx.set('invitations', id, invitation);
    const details = { role: wish.role };
    const object = { kind: 'invitation', id };
    note({ actor: actor.userId, act: 'invite', object, details, at: now, operationId });
  });
  // After `#`: it reaches no server's log.
  const link = `${publicUrl}/#invitation=${token}`;
  const view = await viewOf(ports, { id, data: invitation });
  const team = (await ports.store.get('teams', actor.teamId))?.data.name ?? '';
  return { invitation: view, link, isMailed: await send(ports, { view, team, link }) };
}

async function send(
  { mail, log }: Pick<Ports, 'mail' | 'log'>,
  { view, team, link }: { view: InvitationView; team: string; link: string },
): Promise<boolean> {
  const text = [
    `${view.invitedBy} invites you to the team ${team} on Foliokeep, as ${roleInWords[view.role]}.`,
    `Open this link and sign in with the Google account ${view.email}:`,
    link,
    'It works once, for seven days. If you do not know who this is from, you need not do anything.',
  ].join('\n\n');
  try {
    await mail.send({ to: view.email, subject: `Join ${team} on Foliokeep`, text });
    return true;
  } catch (error) {
    if (!(error instanceof FoliokeepError)) throw error;
    log.info('an invitation could not be sent by mail', { code: error.code });
    return false;
  }
}

const roleInWords: Readonly<Record<Role, string>> = {
  owner: 'an owner',
  editor: 'an editor',
  viewer: 'a viewer',
};

/** NOT_FOUND for another team's, as for one that never was or was accepted. */
export async function revokeInvitation(
  ports: Pick<Ports, 'store' | 'clock' | 'ids'>,
  actor: Actor,
  id: string,
): Promise<void> {
  mustBeOwner(actor);
  const at = ports.clock.now();
  const operationId = actor.operationId ?? ports.ids.next();
  await ports.store.transaction(async (tx) => {
    const found = (await tx.get('invitations', id))?.data;
    const isOpen = found?.teamId === actor.teamId && found.acceptedBy === null && found.expiresAt > at;
    if (!isOpen) throw new UserError('NOT_FOUND', { what: 'invitation' });
    const note = await auditIn(tx, actor.teamId);
    tx.delete('invitations', id);
    const object = { kind: 'invitation', id };
    note({ actor: actor.userId, act: 'revoke-invitation', object, at, operationId });
  });
}

/** UserError `INVITATION_INVALID`, or `INVITATION_OTHER_ACCOUNT` for an account with another address. */
export async function viewInvitation(
  ports: Pick<Ports, 'store' | 'clock'>,
  actor: Actor,
  token: string,
): Promise<Offer> {
  const { invitation, team } = await goodInvitation(ports.store, actor, token, ports.clock.now());
  const by = (await ports.store.get('users', invitation.invitedBy))?.data;
  return {
    team: team.name,
    role: invitation.role,
    invitedBy: by?.name ?? '',
    expiresAt: new Date(invitation.expiresAt).toISOString(),
  };
}

/** Joins, and looks at the team from now on. A member already keeps their role. Errors as `viewInvitation`. */
export async function acceptInvitation(
  ports: Pick<Ports, 'store' | 'clock' | 'ids'>,
  actor: Actor,
  { token, sessionId }: { token: string; sessionId: string },
): Promise<void> {
  const now = ports.clock.now();
  const operationId = actor.operationId ?? ports.ids.next();
  const { userId } = actor;
  await ports.store.transaction(async (tx) => {
    const { id, invitation, team } = await goodInvitation(tx, actor, token, now);
    const { teamId, role } = invitation;
    const user = (await tx.get('users', userId))?.data;
    const session = sessionId === '' ? undefined : (await tx.get('sessions', sessionId))?.data;
    if (user === undefined) throw new UserError('NOT_SIGNED_IN');
    const note = await auditIn(tx, teamId);
    const isMember = team.members.some((member) => member.userId === userId);
    if (!isMember)
      tx.set('teams', teamId, { ...team, members: [...team.members, { userId, role, joinedAt: now }] });
    tx.set('invitations', id, { ...invitation, acceptedBy: userId });
    const teamIds = [...new Set([...(user.teamIds ?? []), teamId])];
    tx.set('users', userId, { ...user, teamIds, currentTeamId: teamId });
    if (session !== undefined) tx.set('sessions', sessionId, { ...session, teamId });
    const object = { kind: 'invitation', id };
    note({ actor: userId, act: 'accept-invitation', object, details: { role }, at: now, operationId });
  });
}

/** Open ones of a team, newest first. */
export async function openInvitations(
  ports: Pick<Ports, 'store' | 'clock'>,
  teamId: string,
): Promise<InvitationView[]> {
  const open = await openOf(ports.store, teamId, ports.clock.now());
  open.sort((a, b) => b.data.createdAt - a.data.createdAt);
  return Promise.all(open.map((one) => viewOf(ports, one)));
}

export const invitationIdOf = (token: string): string => createHash('sha256').update(token).digest('hex');

type Look = Pick<Transaction, 'get'>;

/** Unknown, used, expired and withdrawn are one answer; whoever invited must still be an owner. */
async function goodInvitation(reader: Look, actor: Actor, token: string, now: number) {
  const id = invitationIdOf(token);
  const invitation = (await reader.get('invitations', id))?.data;
  const team = invitation && (await reader.get('teams', invitation.teamId))?.data;
  const user = (await reader.get('users', actor.userId))?.data;
  const isFree =
    invitation !== undefined &&
    now < invitation.expiresAt &&
    // Repeated by whoever joined with it, it does nothing more.
    (invitation.acceptedBy === null ||
      (invitation.acceptedBy === actor.userId &&
        team?.members.some(({ userId }) => userId === actor.userId) === true));
  const isByOwner = team?.members.some(
    ({ userId, role }) => userId === invitation?.invitedBy && role === 'owner',
  );
  if (!isFree || team === undefined || isByOwner !== true) throw new UserError('INVITATION_INVALID');
  if (user === undefined || user.email === '' || sameAddress(user.email) !== invitation.email)
    throw new UserError('INVITATION_OTHER_ACCOUNT');
  return { id, invitation, team };
}

async function openOf(
  reader: Pick<Transaction, 'query'>,
  teamId: string,
  now: number,
): Promise<Array<Stored<'invitations'>>> {
  const found = await reader.query('invitations', {
    where: [{ field: 'teamId', op: '==', value: teamId }],
    limit: 500,
  });
  return found.filter(({ data }) => data.acceptedBy === null && data.expiresAt > now);
}

async function viewOf(
  { store }: Pick<Ports, 'store'>,
  { id, data }: { id: string; data: Invitation },
): Promise<InvitationView> {
  const by = (await store.get('users', data.invitedBy))?.data;
  return {
    id,
    email: data.email,
    role: data.role,
    invitedBy: by?.name ?? '',
    expiresAt: new Date(data.expiresAt).toISOString(),
  };
}

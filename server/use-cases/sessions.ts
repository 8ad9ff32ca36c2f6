/** Web sessions: opened after sign-in, found by the hash of their cookie, ended by sign-out, removal, idleness or age. */
import { createHash } from 'node:crypto';
import type { Actor, Session } from '../domain/team.ts';
import { auditIn } from '../engine/audit/append-audit.ts';
import { UserError } from '../errors.ts';
import type { Ports, Stored } from '../ports.ts';

export interface SessionLimits {
  /** Without a request. */
  idleMs: number;
  /** In any case. */
  lifeMs: number;
}

export const sessionDefaults: SessionLimits = { idleMs: 12 * 3_600_000, lifeMs: 7 * 24 * 3_600_000 };

export interface OpenSession {
  /** The cookie's value; stored nowhere. */
  secret: string;
  lifeMs: number;
}

export const sessionIdOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');

/** Made from the cookie, so that it is stored nowhere either; another one for each team that the session looks at. */
const csrfTokenOf = (secret: string, teamId: string): string =>
  createHash('sha256')
    .update(JSON.stringify(['csrf', teamId, secret]))
    .digest('base64url');

/** A new secret of 256 bits, base64url. */
export const newSecret = (ports: Pick<Ports, 'random'>): string =>
  Buffer.from(ports.random.bytes(32)).toString('base64url');

/** Opens a session for a person, and says so in the team's audit. Twice opens two. */
export async function openSession(
  ports: Pick<Ports, 'store' | 'clock' | 'random' | 'ids'>,
  person: { userId: string; teamId: string },
  { idleMs, lifeMs }: SessionLimits = sessionDefaults,
): Promise<OpenSession> {
  const secret = newSecret(ports);
  const operationId = ports.ids.next();
  const now = ports.clock.now();
  const { userId, teamId } = person;
  await ports.store.transaction(async (tx) => {
    const note = await auditIn(tx, teamId);
    tx.set('sessions', sessionIdOf(secret), {
      v: 1,
      teamId,
      userId,
      createdAt: now,
      expiresAt: now + Math.min(idleMs, lifeMs),
    });
    note({ actor: userId, act: 'sign-in', object: { kind: 'user', id: userId }, at: now, operationId });
  });
  return { secret, lifeMs };
}

/**
 * The session of a cookie and the actor it stands for; undefined when unknown, ended, or no longer of the team. Being looked for
 * keeps it from being idle.
 */
export async function findSession(
  ports: Pick<Ports, 'store' | 'clock'>,
  secret: string,
  limits: SessionLimits = sessionDefaults,
): Promise<{ id: string; session: Session; actor: Actor; csrfToken: string } | undefined> {
  const id = sessionIdOf(secret);
  const now = ports.clock.now();
  const stored = await ports.store.get('sessions', id);
  if (stored === undefined) return undefined;
  const { createdAt, expiresAt } = stored.data;
  // A clock that was set back, or a stored end of other days, prolongs nothing.
  if (expiresAt <= now || createdAt + limits.lifeMs <= now) return undefined;
  const actor = await actorOf(ports, stored.data);
  if (actor === undefined) return undefined;
  await keepAwake(ports, stored, Math.min(now + limits.idleMs, createdAt + limits.lifeMs), limits);
  return { id, session: stored.data, actor, csrfToken: csrfTokenOf(secret, actor.teamId) };
}

/** Written only once in a while. One that was ended in between stays ended. */
async function keepAwake(
  { store }: Pick<Ports, 'store'>,
  { id, revision, data }: Stored<'sessions'>,
  expiresAt: number,
  { idleMs }: SessionLimits,
): Promise<void> {
  if (Math.abs(expiresAt - data.expiresAt) < idleMs / 48) return;
  try {
    await store.replace('sessions', id, revision, { ...data, expiresAt });
  } catch (error) {
    // Another request of the same person was faster, or ended it.
    if (!(error instanceof UserError && error.code === 'CONFLICT')) throw error;
  }
}

/** A member of the team with their role as it is now. */
export async function actorOf(
  ports: Pick<Ports, 'store'>,
  person: { userId: string; teamId: string },
): Promise<Actor | undefined> {
  const team = await ports.store.get('teams', person.teamId);
  const member = team?.data.members.find((one) => one.userId === person.userId);
  return member === undefined
    ? undefined
    : { userId: person.userId, teamId: person.teamId, role: member.role };
}

/** Ended already: nothing happens. */
export async function endSession(ports: Pick<Ports, 'store'>, id: string): Promise<void> {
  await ports.store.delete('sessions', id);
}

/** A person signs out: their session ends on the server, and the audit says so. Without one (add-on): nothing to end. */
export async function signOut(
  ports: Pick<Ports, 'store' | 'clock' | 'ids'>,
  actor: Actor,
  sessionId: string,
): Promise<void> {
  const at = ports.clock.now();
  const operationId = actor.operationId ?? ports.ids.next();
  const { userId, teamId } = actor;
  await ports.store.transaction(async (tx) => {
    const note = await auditIn(tx, teamId);
    if (sessionId !== '') tx.delete('sessions', sessionId);
    note({ actor: userId, act: 'sign-out', object: { kind: 'user', id: userId }, at, operationId });
  });
}

/** Web sessions: opened after sign-in, found by the hash of their cookie, ended by sign-out or age. */
import { createHash } from 'node:crypto';
import type { Actor, Session } from '../domain/team.ts';
import type { Ports } from '../ports.ts';

const lifeMs = 7 * 24 * 3_600_000;

export interface OpenSession {
  /** The cookie's value; stored nowhere. */
  secret: string;
  lifeMs: number;
}

export const sessionIdOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');

/** A new secret of 256 bits, base64url. */
export const newSecret = (ports: Pick<Ports, 'random'>): string =>
  Buffer.from(ports.random.bytes(32)).toString('base64url');

/** Opens a session for a person. Twice opens two. */
export async function openSession(
  ports: Pick<Ports, 'store' | 'clock' | 'random'>,
  person: { userId: string; teamId: string },
): Promise<OpenSession> {
  const secret = newSecret(ports);
  const now = ports.clock.now();
  await ports.store.create('sessions', sessionIdOf(secret), {
    v: 1,
    teamId: person.teamId,
    userId: person.userId,
    csrfToken: newSecret(ports),
    createdAt: now,
    expiresAt: now + lifeMs,
  });
  return { secret, lifeMs };
}

/** The session of a cookie and the actor it stands for; undefined when unknown, expired, or no longer of the team. */
export async function findSession(
  ports: Pick<Ports, 'store' | 'clock'>,
  secret: string,
): Promise<{ id: string; session: Session; actor: Actor } | undefined> {
  const id = sessionIdOf(secret);
  const stored = await ports.store.get('sessions', id);
  if (stored === undefined || stored.data.expiresAt <= ports.clock.now()) return undefined;
  const actor = await actorOf(ports, stored.data);
  return actor === undefined ? undefined : { id, session: stored.data, actor };
}

/** A member of the team with their role as it is now. */
export async function actorOf(
  ports: Pick<Ports, 'store'>,
  person: { userId: string; teamId: string },
): Promise<Actor | undefined> {
  const team = await ports.store.get('teams', person.teamId);
  const member = team?.data.members.find((one) => one.userId === person.userId);
  return member === undefined ? undefined : { ...person, role: member.role };
}

/** Ended already: nothing happens. */
export async function endSession(ports: Pick<Ports, 'store'>, id: string): Promise<void> {
  await ports.store.delete('sessions', id);
}

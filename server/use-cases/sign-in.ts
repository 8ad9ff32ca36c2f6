/** A person's first and every later sign-in: the user, and the personal team made with it. */
import { createHash } from 'node:crypto';
import type { Ports } from '../ports.ts';

export interface SignedIn {
  userId: string;
  /** The personal team. */
  teamId: string;
  isNew: boolean;
}

/**
 * Finds or makes the user by the `sub` of a verified Google token; the address and name may change, `sub` does not. At once
 * from two browsers or twice: one user, one team.
 */
export async function signIn(
  ports: Pick<Ports, 'store' | 'clock'>,
  person: { subject: string; email: string; name: string },
): Promise<SignedIn> {
  const userId = idOf('user', person.subject);
  const now = ports.clock.now();
  return ports.store.transaction(async (tx) => {
    const user = (await tx.get('users', userId))?.data;
    if (user !== undefined) {
      if (user.email !== person.email || user.name !== person.name) {
        tx.set('users', userId, { ...user, email: person.email, name: person.name });
      }
      return { userId, teamId: user.personalTeamId, isNew: false };
    }
    const teamId = idOf('team', person.subject);
    tx.set('teams', teamId, {
      v: 1,
      teamId,
      name: person.name,
      members: [{ userId, role: 'owner' }],
      createdAt: now,
    });
    tx.set('users', userId, {
      v: 1,
      googleSub: person.subject,
      email: person.email,
      name: person.name,
      personalTeamId: teamId,
      createdAt: now,
    });
    return { userId, teamId, isNew: true };
  });
}

/** Made from `sub`, so that two first sign-ins at once meet in one document. */
const idOf = (kind: 'user' | 'team', subject: string): string =>
  createHash('sha256')
    .update(JSON.stringify([kind, subject]))
    .digest('hex')
    .slice(0, 32);

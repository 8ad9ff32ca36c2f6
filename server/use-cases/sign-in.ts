/** A person's first and every later sign-in: the user, and the personal team made with it. */
import { createHash } from 'node:crypto';
import { type Team, teamsOf, type User } from '../domain/team.ts';
import type { Ports, Transaction } from '../ports.ts';

export interface SignedIn {
  userId: string;
  /** The team that they looked at last, as long as they are a member of it; else another one of theirs. */
  teamId: string;
  isNew: boolean;
}

/**
 * Finds or makes the user by the `sub` of a verified Google token; the address and name may change, `sub` does not. At once
 * from two browsers or twice: one user, one team. Who has left every team gets a new one of their own.
 */
export async function signIn(
  ports: Pick<Ports, 'store' | 'clock'>,
  person: { subject: string; email: string; name: string },
): Promise<SignedIn> {
  const userId = idOf('user', person.subject);
  const now = ports.clock.now();
  const { email, name } = person;
  return ports.store.transaction(async (tx) => {
    const user = (await tx.get('users', userId))?.data;
    if (user === undefined) {
      const teamId = idOf('team', person.subject);
      tx.set('teams', teamId, teamOfOne(teamId, name, userId, now));
      tx.set('users', userId, {
        v: 1,
        googleSub: person.subject,
        email,
        name,
        personalTeamId: teamId,
        createdAt: now,
      });
      return { userId, teamId, isNew: true };
    }
    const known = await teamAmong(tx, user, userId);
    const teamId = known ?? idOf('team', `${person.subject} ${now}`);
    if (known === undefined) tx.set('teams', teamId, teamOfOne(teamId, name, userId, now));
    if (known === undefined || user.email !== email || user.name !== name) {
      const personalTeamId = known === undefined ? teamId : user.personalTeamId;
      tx.set('users', userId, { ...user, email, name, personalTeamId });
    }
    return { userId, teamId, isNew: false };
  });
}

/** The first of this person's teams of which they are still a member. */
async function teamAmong(tx: Transaction, user: User, userId: string): Promise<string | undefined> {
  for (const teamId of teamsOf(user)) {
    const team = (await tx.get('teams', teamId))?.data;
    if (team?.members.some((member) => member.userId === userId) === true) return teamId;
  }
  return undefined;
}

const teamOfOne = (teamId: string, name: string, userId: string, now: number): Team => ({
  v: 1,
  teamId,
  name,
  members: [{ userId, role: 'owner', joinedAt: now }],
  createdAt: now,
});

/** Made from `sub`, so that two first sign-ins at once meet in one document. */
const idOf = (kind: 'user' | 'team', subject: string): string =>
  createHash('sha256')
    .update(JSON.stringify([kind, subject]))
    .digest('hex')
    .slice(0, 32);

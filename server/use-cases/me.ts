/** Who a person is here, and whether their sheets can be written while they are away. */
import type { Me } from '../../shared/contract/person.ts';
import type { Actor } from '../domain/team.ts';
import { UserError } from '../errors.ts';
import type { Ports } from '../ports.ts';
import { ownGoogleGrant } from './own.ts';

export async function viewMe(ports: Pick<Ports, 'store'>, actor: Actor, csrfToken: string): Promise<Me> {
  const [user, team, google] = await Promise.all([
    ports.store.get('users', actor.userId),
    ports.store.get('teams', actor.teamId),
    googleState(ports, actor),
  ]);
  if (user === undefined || team === undefined) throw new UserError('NOT_SIGNED_IN');
  return {
    userId: actor.userId,
    email: user.data.email,
    name: user.data.name,
    team: { id: actor.teamId, name: team.data.name, role: actor.role },
    csrfToken,
    google,
  };
}

async function googleState(ports: Pick<Ports, 'store'>, actor: Actor): Promise<Me['google']> {
  try {
    await ownGoogleGrant(ports.store, actor);
    return 'ready';
  } catch (error) {
    if (error instanceof UserError && error.code === 'NEEDS_GOOGLE') return 'needs-consent';
    throw error;
  }
}

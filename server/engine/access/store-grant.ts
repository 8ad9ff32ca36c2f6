/** The tokens of a consent, stored as the grant of that person and team. */
import { type Grant, grantIdOf, grantLease, type Provider, tokenContext } from '../../domain/grant.ts';
import type { Ports, TokenSet } from '../../ports.ts';
import { sealText } from '../../wrappers/seal-text.ts';
import { auditIn } from '../audit/append-audit.ts';
import { overtake } from '../leases.ts';

/**
 * The grant's id, or undefined when the consent brought no refresh token and there is none from before. What a refresh that is
 * under way brings home is refused from now on: the consent is newer. Twice: the same grant.
 */
export async function storeGrant(
  ports: Pick<Ports, 'store' | 'clock' | 'keys' | 'random'>,
  owner: {
    teamId: string;
    provider: Provider;
    person: NonNullable<TokenSet['person']>;
    /** Who gave it here, and the one act of it. */
    by?: { userId: string; operationId: string };
  },
  tokens: TokenSet,
): Promise<string | undefined> {
  const { teamId, provider, person, by } = owner;
  const id = grantIdOf(teamId, provider, person.subject);
  const now = ports.clock.now();
  const sealedAccessToken = await sealText(ports, tokenContext(id, 'accessToken'), tokens.accessToken);
  const sealedNew =
    tokens.refreshToken && (await sealText(ports, tokenContext(id, 'refreshToken'), tokens.refreshToken));
  return ports.store.transaction(async (tx) => {
    const before = (await tx.get('grants', id))?.data;
    // Google sends a refresh token with the first consent only; one that had ended is of no use.
    const sealedRefreshToken = sealedNew || (before?.status === 'active' && before.sealedRefreshToken);
    if (!sealedRefreshToken) return undefined;
    const note = by && (await auditIn(tx, teamId));
    const fencing = await overtake(tx, { name: grantLease(id), teamId });
    tx.set('grants', id, {
      v: 1,
      teamId,
      provider,
      subject: person.subject,
      email: person.email,
      name: person.name,
      status: 'active',
      scopes: tokens.scopes,
      sealedAccessToken,
      sealedRefreshToken,
      accessExpiresAt: tokens.expiresAt,
      refreshedAt: now,
      ...(sealedNew ? lifeOf(tokens, now) : keptLife(before)),
      fencing,
      refreshFailure: null,
      ...(by === undefined ? {} : { givenBy: by.userId }),
    });
    if (by !== undefined && provider === 'google')
      note?.({
        actor: by.userId,
        act: 'grant-google',
        object: { kind: 'user', id: by.userId },
        at: now,
        ...by,
      });
    return id;
  });
}

const lifeOf = (tokens: TokenSet, now: number) => ({
  consentedAt: now,
  ...(tokens.refreshEndsAt === undefined ? {} : { endsAt: tokens.refreshEndsAt }),
});

/** The token of before goes on, and ends when it would have. */
const keptLife = (before: Grant | undefined) => ({
  ...(before?.consentedAt === undefined ? {} : { consentedAt: before.consentedAt }),
  ...(before?.endsAt === undefined ? {} : { endsAt: before.endsAt }),
});

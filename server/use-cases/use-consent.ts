/** A consent on its way home: found by its state, checked, and used up, in one transaction. */
import type { Consent, Provider } from '../domain/grant.ts';
import type { Actor } from '../domain/team.ts';
import { UserError } from '../errors.ts';
import type { Ports } from '../ports.ts';
import { openText } from '../wrappers/seal-text.ts';
import { consentIdOf, sha256, verifierContext } from './begin-consent.ts';
import { actorOf } from './sessions.ts';

export interface UsedConsent {
  consent: Consent;
  codeVerifier: string;
}

/**
 * UserError `CONSENT_STATE_INVALID` for a state that is unknown, used, too old, or begun with the other provider, in another browser or by another
 * person; `FORBIDDEN` when who began it may not do this any more. All but the right browser leave it unused.
 */
export async function useConsent(
  ports: Pick<Ports, 'store' | 'clock' | 'ids' | 'keys'>,
  actor: Actor | null,
  { provider, state, sessionId }: { provider: Provider; state: string; sessionId: string },
): Promise<UsedConsent> {
  const id = consentIdOf(state);
  const now = ports.clock.now();
  const usedBy = ports.ids.next();
  const consent = await ports.store.transaction(async (tx) => {
    const found = (await tx.get('consents', id))?.data;
    const isGood =
      found !== undefined &&
      (found.usedAt === null || found.usedBy === usedBy) &&
      now < found.expiresAt &&
      found.provider === provider &&
      found.sessionId === sha256(sessionId) &&
      (actor === null || found.userId === null || isBy(found, actor));
    if (!isGood) throw new UserError('CONSENT_STATE_INVALID');
    const used = { ...found, usedAt: now, usedBy };
    tx.set('consents', id, used);
    return used;
  });
  if (consent.teamId !== null && consent.userId !== null) {
    const present = await actorOf(ports, { teamId: consent.teamId, userId: consent.userId });
    const isAllowed = present !== undefined && (consent.provider === 'google' || present.role !== 'viewer');
    if (!isAllowed) throw new UserError('FORBIDDEN');
  }
  const codeVerifier = await openText(ports, verifierContext(id), consent.codeVerifier);
  return { consent, codeVerifier };
}

const isBy = ({ userId, teamId }: Consent, actor: Actor): boolean =>
  userId === actor.userId && teamId === actor.teamId;

/** A valid access token of a grant, renewed when it is time to. */
import { type Grant, isAlive, isFresh, refreshTimeoutMs } from '../../domain/grant.ts';
import { RetryError, UserError, WaitError } from '../../errors.ts';
import type { GoogleTokens } from '../../ports.ts';
import { endedError } from './end-access.ts';
import { type GrantPorts, refreshGrant, usableToken } from './refresh-grant.ts';

export type { GrantPorts } from './refresh-grant.ts';

/**
 * A token that lives for at least some seconds more. `refused` is one that the provider just refused: never answered again.
 * Errors as `refreshGrant`; while another worker renews the grant this one waits, and for as long as the present token lives
 * a renewal that is under way or fails is nobody's trouble. NOT_FOUND without the grant.
 */
export async function accessTokenOf(ports: GrantPorts, grantId: string, refused?: string): Promise<string> {
  const patientUntil = ports.clock.now() + refreshTimeoutMs;
  for (let wasOvertaken = false; ; ) {
    const grant = await activeGrant(ports, grantId);
    const fresh = await usableToken(ports, grantId, grant, isFresh, refused);
    if (fresh !== undefined) return fresh;
    try {
      return await refreshGrant(ports, grantId, grant.teamId, (latest) =>
        usableToken(ports, grantId, latest, isFresh, refused),
      );
    } catch (error) {
      const isPassing = error instanceof RetryError || error instanceof WaitError;
      if (!isPassing) throw error;
      const present = await usableToken(ports, grantId, grant, isAlive, refused);
      if (present !== undefined) return present;
      // Overtaken, however late that shows: what the other stored is there to be used.
      const isOvertaken: boolean = error.code === 'FENCED_OUT' && !wasOvertaken;
      wasOvertaken ||= isOvertaken;
      const isWorthIt = error.code === 'LEASE_HELD' && ports.clock.now() < patientUntil;
      if (!isOvertaken && !isWorthIt) throw error;
      await ports.clock.sleep(200 + (ports.random.bytes(1)[0] ?? 0));
    }
  }
}

export interface GrantTokens {
  accessToken(grantId: string): Promise<string>;
  /** After the provider refused `token`: another one. */
  renewed(grantId: string, token: string): Promise<string>;
}

/** `accessTokenOf` for many callers of one process: those who come while one asks share its answer. */
export function grantTokens(ports: GrantPorts): GrantTokens {
  const flights = new Map<string, Promise<string>>();
  const share = (key: string, act: () => Promise<string>): Promise<string> => {
    const present = flights.get(key);
    if (present !== undefined) return present;
    const flight = act().finally(() => flights.delete(key));
    flights.set(key, flight);
    return flight;
  };
  return {
    accessToken: (grantId) => share(grantId, () => accessTokenOf(ports, grantId)),
    renewed: (grantId, token) => share(`${grantId} ${token}`, () => accessTokenOf(ports, grantId, token)),
  };
}

export function googleTokens(ports: GrantPorts): GoogleTokens {
  const tokens = grantTokens(ports);
  return {
    accessToken: (grantId, refused) =>
      refused === undefined ? tokens.accessToken(grantId) : tokens.renewed(grantId, refused),
  };
}

async function activeGrant(ports: GrantPorts, grantId: string): Promise<Grant> {
  const grant = (await ports.store.get('grants', grantId))?.data;
  if (grant === undefined) throw new UserError('NOT_FOUND', { what: 'grant' });
  if (grant.status !== 'active') throw endedError(grant);
  return grant;
}

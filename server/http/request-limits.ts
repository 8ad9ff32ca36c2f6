/** How many requests a minute are answered: of a person, of a team, and of an address that is signed out. Each process counts its own. */
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { Actor } from '../domain/team.ts';
import { WaitError } from '../errors.ts';
import type { Ports } from '../ports.ts';

export interface RequestLimits {
  /** A request of a person. `isGuarded`: it signs in, consents, invites or joins, of which fewer are answered. */
  person(actor: Actor, isGuarded: boolean): Promise<void>;
  /** A request without a person, or with a credential that is not valid. */
  stranger(address: string | undefined, isGuarded: boolean): Promise<void>;
}

/** Each rejects with WaitError `TOO_MANY_REQUESTS`, whose due time is when the minute is over. */
export function requestLimits(
  { clock }: Pick<Ports, 'clock'>,
  most: { person: number; team: number; address: number; signIn: number },
): RequestLimits {
  const limiter = (points: number) => new RateLimiterMemory({ points, duration: 60 });
  const [people, teams, addresses] = [limiter(most.person), limiter(most.team), limiter(most.address)];
  const guarded = limiter(most.signIn);
  async function take(from: RateLimiterMemory, key: string): Promise<void> {
    try {
      await from.consume(key);
    } catch (full) {
      if (!(full instanceof RateLimiterRes)) throw full;
      const waitMs = Math.max(1_000, full.msBeforeNext);
      const seconds = Math.ceil(waitMs / 1_000);
      throw new WaitError('TOO_MANY_REQUESTS', clock.now() + waitMs, { seconds });
    }
  }
  return {
    async person({ userId, teamId }, isGuarded) {
      if (isGuarded) await take(guarded, `person ${userId}`);
      await take(people, userId);
      await take(teams, teamId);
    },
    async stranger(address, isGuarded) {
      const key = placeOf(address ?? '');
      if (isGuarded) await take(guarded, `address ${key}`);
      await take(addresses, key);
    },
  };
}

/** One home or office has 2^64 addresses of IPv6: they count as one. */
export function placeOf(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '');
  if (!plain.includes(':')) return plain;
  const [head = '', tail] = plain.toLowerCase().split('::');
  const parts = head === '' ? [] : head.split(':');
  const rest = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros =
    tail === undefined ? [] : Array<string>(Math.max(0, 8 - parts.length - rest.length)).fill('0');
  const network = [...parts, ...zeros, ...rest].slice(0, 4).map((part) => part.replace(/^0+(?=.)/, ''));
  return `${network.join(':')}::/64`;
}

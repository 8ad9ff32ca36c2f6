/** Xero's token endpoint as far as refreshes go (xero-api.md 1.2): rotation, 30 minutes of grace until the successor is used. */
import { RetryError, UserError } from '../../server/errors.ts';
import type { Clock, OAuthProvider, TokenSet } from '../../server/ports.ts';

interface Issued {
  issuedAt: number;
  usedAt: number | null;
  successors: Issued[];
}

export type RefreshFault = 'none' | 'lost-before' | 'lost-after';

export interface RotatingTokens {
  /** What one worker refreshes through. `fault` says what becomes of each exchange, `delayMs` how long it takes. */
  provider(options?: {
    fault?: () => RefreshFault;
    delayMs?: () => number;
    dies?: () => boolean;
  }): OAuthProvider;
  first(): { accessToken: string; refreshToken: string; expiresAt: number };
  isValid(accessToken: string): boolean;
  counts: { rotations: number; refused: number; inFlight: number; mostInFlight: number };
  revoke(): void;
}

const graceMs = 30 * 60_000;
const lifeMs = 30 * 60_000;

export const rotatingTokens = (clock: Clock): RotatingTokens => {
  const refresh = new Map<string, Issued>();
  const access = new Map<string, number>();
  const counts = { rotations: 0, refused: 0, inFlight: 0, mostInFlight: 0 };
  let isRevoked = false;
  let serial = 0;

  const issue = (from?: Issued) => {
    const number = serial++;
    const made: Issued = { issuedAt: clock.now(), usedAt: null, successors: [] };
    from?.successors.push(made);
    refresh.set(`refresh-${number}`, made);
    access.set(`access-${number}`, clock.now() + lifeMs);
    return {
      accessToken: `access-${number}`,
      refreshToken: `refresh-${number}`,
      expiresAt: clock.now() + lifeMs,
    };
  };

  const rotate = (token: string): TokenSet => {
    const known = refresh.get(token);
    const isOver =
      known === undefined ||
      isRevoked ||
      (known.usedAt !== null &&
        (clock.now() - known.usedAt > graceMs || known.successors.some(({ usedAt }) => usedAt !== null)));
    if (isOver) {
      counts.refused += 1;
      throw new UserError('NEEDS_RECONNECT');
    }
    known.usedAt ??= clock.now();
    counts.rotations += 1;
    return { ...issue(known), scopes: ['openid'], person: undefined, consentEventId: undefined };
  };

  const unasked = () => Promise.reject(new TypeError('only refreshes are part of this'));
  return {
    counts,
    first: () => issue(),
    isValid: (token) => !isRevoked && clock.now() < (access.get(token) ?? 0),
    revoke: () => {
      isRevoked = true;
    },
    provider: ({ fault = () => 'none', delayMs = () => 0, dies = () => false } = {}) => ({
      authorizeUrl: unasked,
      exchange: unasked,
      revoke: unasked,
      async refresh(token) {
        const kind = fault();
        const half = Math.round(delayMs() / 2);
        counts.inFlight += 1;
        counts.mostInFlight = Math.max(counts.mostInFlight, counts.inFlight);
        try {
          await clock.sleep(half);
          if (kind === 'lost-before') throw new RetryError('NETWORK', { problem: 'reset' });
          const tokens = rotate(token);
          await clock.sleep(half);
          if (kind === 'lost-after') throw new RetryError('NETWORK', { problem: 'timeout' });
          if (!dies()) return tokens;
        } finally {
          counts.inFlight -= 1;
        }
        return new Promise(() => undefined);
      },
    }),
  };
};

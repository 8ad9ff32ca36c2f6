/** Google's published signing keys: fetched when needed, kept as long as Google allows, asked for again on an unknown key. */
import { createLocalJWKSet, errors, type JWTVerifyGetKey } from 'jose';
import { z } from 'zod';
import { RetryError } from '../errors.ts';
import type { Ports } from '../ports.ts';

const keySetSchema = z.object({ keys: z.array(z.looseObject({ kty: z.string() })).min(1) });
/** A stranger's tokens must not make us ask more often than this. */
const refetchAfterMs = 30_000;

/**
 * RetryError `GOOGLE_UNAVAILABLE` or `NETWORK` while the keys cannot be had: a token is never believed unchecked. Tokens that
 * arrive together share one request.
 */
export function publishedKeys(ports: Pick<Ports, 'network' | 'clock'>, certsUrl: string): JWTVerifyGetKey {
  let held: { getKey: JWTVerifyGetKey; fetchedAt: number; freshUntil: number } | undefined;
  let fetching: Promise<NonNullable<typeof held>> | undefined;

  const fetchKeys = async (): Promise<NonNullable<typeof held>> => {
    const response = await ports.network.request(
      {
        method: 'GET',
        url: certsUrl,
        headers: { accept: 'application/json', 'accept-encoding': 'identity' },
      },
      { timeoutMs: 10_000, maxBytes: 1_000_000 },
    );
    const parsed = keySetSchema.safeParse(response.status === 200 ? jsonOf(response.body) : undefined);
    if (!parsed.success) throw new RetryError('GOOGLE_UNAVAILABLE');
    const maxAge = /max-age=(\d{1,8})/.exec(response.headers['cache-control'] ?? '')?.[1];
    const fetchedAt = ports.clock.now();
    const getKey = createLocalJWKSet(parsed.data);
    return { getKey, fetchedAt, freshUntil: fetchedAt + Number(maxAge ?? 300) * 1000 };
  };

  const fetched = async (): Promise<NonNullable<typeof held>> => {
    fetching ??= fetchKeys().finally(() => {
      fetching = undefined;
    });
    held = await fetching;
    return held;
  };

  return async (header, token) => {
    const known = held !== undefined && ports.clock.now() < held.freshUntil ? held : await fetched();
    try {
      return await known.getKey(header, token);
    } catch (error) {
      const isUnknown = error instanceof errors.JWKSNoMatchingKey;
      if (!isUnknown || ports.clock.now() < known.fetchedAt + refetchAfterMs) throw error;
      return (await fetched()).getKey(header, token);
    }
  };
}

function jsonOf(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(body));
  } catch {
    return undefined;
  }
}

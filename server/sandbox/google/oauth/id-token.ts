/** ID tokens as Google signs them, and the broken ones that a verifier must refuse. */
import { createHash } from 'node:crypto';
import { SignJWT } from 'jose';
import type { Account, World } from '../world.ts';

export const TOKEN_VARIANTS = [
  'valid',
  /** `exp` an hour ago, beyond every skew. */
  'expired',
  /** Issued an hour from now. */
  'not-yet-valid',
  /** For another app. */
  'wrong-audience',
  'wrong-issuer',
  /** Claims the published key's id, signed with another key. */
  'forged-signature',
  /** Signed by a key that is published nowhere. */
  'unknown-key',
  /** Payload changed after signing. */
  'tampered',
  /** `alg: none`, no signature. */
  'unsigned',
  'without-email',
  'email-unverified',
] as const;
export type TokenVariant = (typeof TOKEN_VARIANTS)[number];

const HOUR_SECONDS = 3600;

export interface IdTokenWish {
  account: Account;
  audience: string;
  variant?: TokenVariant;
  nonce?: string;
  /** Its hash goes into `at_hash`. */
  accessToken?: string;
  /** With the `profile` scope's claims. */
  withProfile?: boolean;
  /** With the `email` scope's claims; true unless said. */
  withEmail?: boolean;
}

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

const claimsOf = (world: World, wish: IdTokenWish): Record<string, unknown> => {
  const { account, variant = 'valid', withEmail = true } = wish;
  const nowSeconds = Math.floor(world.clock.now() / 1000);
  const shift = variant === 'expired' ? -2 * HOUR_SECONDS : variant === 'not-yet-valid' ? HOUR_SECONDS : 0;
  const audience =
    variant === 'wrong-audience' ? '999999999999-another.apps.googleusercontent.com' : wish.audience;
  const [givenName, ...rest] = account.name.split(' ');
  return {
    iss: variant === 'wrong-issuer' ? 'https://accounts.example.com' : world.issuer,
    azp: audience,
    aud: audience,
    sub: account.sub,
    ...(withEmail &&
      variant !== 'without-email' && {
        email: account.email,
        email_verified: variant !== 'email-unverified',
      }),
    ...(wish.accessToken !== undefined && { at_hash: accessTokenHash(wish.accessToken) }),
    ...(wish.nonce !== undefined && { nonce: wish.nonce }),
    ...(wish.withProfile && { name: account.name, given_name: givenName, family_name: rest.join(' ') }),
    iat: nowSeconds + shift,
    exp: nowSeconds + shift + HOUR_SECONDS,
  };
};

/** The left half of the SHA-256, as OpenID Connect Core section 3.1.3.6 has it. */
const accessTokenHash = (token: string): string =>
  createHash('sha256').update(token).digest().subarray(0, 16).toString('base64url');

/** A signed ID token of one hour by the sandbox's clock. */
export const mintIdToken = async (world: World, wish: IdTokenWish): Promise<string> => {
  const { variant = 'valid' } = wish;
  const claims = claimsOf(world, wish);
  if (variant === 'unsigned') return `${encode({ alg: 'none', typ: 'JWT' })}.${encode(claims)}.`;
  const published = await world.keys.signing();
  const isForged = variant === 'forged-signature' || variant === 'unknown-key';
  const key = isForged ? await world.keys.stranger() : published;
  const kid = variant === 'unknown-key' ? key.kid : published.kid;
  const token = await new SignJWT(claims)
    .setProtectedHeader({ alg: 'RS256', kid, typ: 'JWT' })
    .sign(key.privateKey);
  if (variant !== 'tampered') return token;
  const [header, , signature] = token.split('.');
  return `${header}.${encode({ ...claims, sub: '100000000000000000000', email: 'mallory@evil.example' })}.${signature}`;
};

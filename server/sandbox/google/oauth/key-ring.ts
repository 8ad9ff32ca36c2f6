/** The keys that sign ID tokens, published as JWKS and as certificates. */
import { createHash, generateKeyPair, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import type { Random } from '../random.ts';
import { selfSignedCertificate } from './certificate.ts';

export interface SigningKey {
  kid: string;
  privateKey: KeyObject;
  publicKey: KeyObject;
}

export interface KeyRing {
  signing(): Promise<SigningKey>;
  /** A key that is published nowhere: for forged tokens. */
  stranger(): Promise<SigningKey>;
  jwks(): Promise<{ keys: object[] }>;
  /** `kid` to PEM certificate, as `/oauth2/v1/certs` has it. */
  certificates(): Promise<Record<string, string>>;
}

const generate = promisify(generateKeyPair);

/** Keys are made when first asked for; only their ids follow the seed. */
export const createKeyRing = (random: Random): KeyRing => {
  const kids = { own: random.token(40), stranger: random.token(40) };
  const made = new Map<string, Promise<SigningKey>>();
  const keyOf = (kid: string): Promise<SigningKey> => {
    const known = made.get(kid);
    if (known) return known;
    const fresh = generate('rsa', { modulusLength: 2048 }).then((pair) => ({
      kid: createHash('sha1').update(kid).digest('hex'),
      ...pair,
    }));
    made.set(kid, fresh);
    return fresh;
  };
  const signing = () => keyOf(kids.own);
  return {
    signing,
    stranger: () => keyOf(kids.stranger),
    async jwks() {
      const { kid, publicKey } = await signing();
      return { keys: [{ ...publicKey.export({ format: 'jwk' }), kid, use: 'sig', alg: 'RS256' }] };
    },
    async certificates() {
      const key = await signing();
      return { [key.kid]: selfSignedCertificate(key) };
    },
  };
};

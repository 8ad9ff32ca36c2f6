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

type Role = 'own' | 'stranger';

/** One pair of each for every sandbox of a process: making one takes longer than all that a test does with it. */
const pairs = new Map<Role, ReturnType<typeof generate>>();
const pairOf = (role: Role): ReturnType<typeof generate> => {
  const pair = pairs.get(role) ?? generate('rsa', { modulusLength: 2048 });
  pairs.set(role, pair);
  return pair;
};

/** Keys are made when first asked for; only their ids follow the seed. */
export const createKeyRing = (random: Random): KeyRing => {
  const kids = { own: random.token(40), stranger: random.token(40) };
  const keyOf = async (role: Role): Promise<SigningKey> => ({
    kid: createHash('sha1').update(kids[role]).digest('hex'),
    ...(await pairOf(role)),
  });
  const signing = () => keyOf('own');
  return {
    signing,
    stranger: () => keyOf('stranger'),
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

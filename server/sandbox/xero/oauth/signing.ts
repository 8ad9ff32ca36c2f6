/** Signed tokens and the keys to check them by; the key pair is made when first needed and lives as long as the process. */
import { type CryptoKey, exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';

export interface Signer {
  sign(claims: Record<string, unknown>): Promise<string>;
  /** The body of the JWKS endpoint. */
  keySet(): Promise<{ keys: JWK[] }>;
}

const KEY_ID = 'foliokeep-sandbox-1';

export function signer(): Signer {
  return {
    async sign(claims) {
      const { privateKey } = await keys();
      return new SignJWT(claims)
        .setProtectedHeader({ alg: 'RS256', kid: KEY_ID, typ: 'JWT' })
        .sign(privateKey);
    },
    async keySet() {
      const { publicKey } = await keys();
      return { keys: [{ ...(await exportJWK(publicKey)), kid: KEY_ID, use: 'sig', alg: 'RS256' }] };
    },
  };
}

/** One pair for every sandbox of a process: making one takes longer than making a company. */
let pair: Promise<{ publicKey: CryptoKey; privateKey: CryptoKey }> | undefined;
const keys = () => {
  pair ??= generateKeyPair('RS256', { extractable: true });
  return pair;
};

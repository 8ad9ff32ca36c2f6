import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { beforeAll, describe, expect, test } from 'vitest';
import { googleIdentity } from '../../server/google/identity.ts';
import type { Network } from '../../server/ports.ts';
import { json, scriptedNetwork } from '../support/scripted-network.ts';
import { virtualClock } from '../support/virtual-clock.ts';

const certsUrl = 'http://127.0.0.1:9/certs';
const config = { issuer: 'https://accounts.google.com', audiences: ['addon', 'web'], certsUrl };
const clock = virtualClock();
const seconds = Math.floor(clock.now() / 1000);
const person = { sub: '108', email: 'aroha@example.com', email_verified: true, name: 'Aroha' };
const standard = { iss: config.issuer, aud: 'web', iat: seconds, exp: seconds + 3600, ...person };

let pairs: Awaited<ReturnType<typeof generateKeyPair>>[];
let published: unknown[];
beforeAll(async () => {
  pairs = await Promise.all([1, 2].map(() => generateKeyPair('RS256', { extractable: true })));
  published = await Promise.all(
    pairs.map(async ({ publicKey }, index) => ({
      ...(await exportJWK(publicKey)),
      kid: `k${index}`,
      alg: 'RS256',
    })),
  );
});

const sign = (claims: Record<string, unknown>, key = 0, kid = `k${key}`) => {
  const privateKey = pairs[key]?.privateKey;
  if (!privateKey) throw new Error('no such key');
  return new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid }).sign(privateKey);
};
const verify = (token: string, network: Network = scriptedNetwork(json({ keys: published }))) =>
  googleIdentity({ network, clock }, config).verify(token);
const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('a Google ID token', () => {
  test('that proves itself names its person, whichever of our apps it is for', async () => {
    const expected = { subject: '108', email: 'aroha@example.com', name: 'Aroha' };
    expect(await verify(await sign(standard))).toEqual(expected);
    expect(await verify(await sign({ ...standard, aud: 'addon', iss: 'accounts.google.com' }, 1))).toEqual(
      expected,
    );
  });

  test.each([
    ['has ended', { exp: seconds - 120 }],
    ['has no end', { exp: undefined }],
    ['comes from the future', { iat: seconds + 3600, exp: seconds + 7200 }],
    ['is for another app', { aud: 'someone-else' }],
    ['is for no app', { aud: undefined }],
    ['has another issuer', { iss: 'https://accounts.example.com' }],
    ['has no subject', { sub: undefined }],
    ['has no address', { email: undefined }],
    ['has an address that is not verified', { email_verified: false }],
  ])('that %s is refused', async (_name, change) => {
    await expect(verify(await sign({ ...standard, ...change }))).rejects.toMatchObject({
      code: 'CREDENTIAL_REFUSED',
    });
  });

  test('signed by another key, by no key or not at all is refused', async () => {
    const good = await sign(standard);
    const [header, , signature] = good.split('.');
    const secret = new TextEncoder().encode(JSON.stringify(published[0]));
    const forged = [
      await sign(standard, 1, 'k0'),
      await sign(standard, 0, 'unknown'),
      `${encoded({ alg: 'none' })}.${encoded(standard)}.`,
      `${header}.${encoded({ ...standard, sub: '1' })}.${signature}`,
      await new SignJWT(standard).setProtectedHeader({ alg: 'HS256', kid: 'k0' }).sign(secret),
      'not.a.token',
      '',
    ];
    for (const token of forged) {
      await expect(verify(token)).rejects.toMatchObject({ code: 'CREDENTIAL_REFUSED' });
    }
  });

  test.each([
    ['answers 500', { status: 500 }],
    ['answers HTML', { body: '<html>' }],
    ['answers no keys', json({ keys: [] })],
  ])('is not believed while the address of the keys %s', async (_name, answer) => {
    await expect(verify(await sign(standard), scriptedNetwork(answer))).rejects.toMatchObject({
      code: 'GOOGLE_UNAVAILABLE',
    });
  });
});

describe('the published keys', () => {
  test('are asked for once while they are fresh, and by many at once only once', async () => {
    const network = scriptedNetwork(
      json({ keys: published }, 200, { 'cache-control': 'public, max-age=600' }),
    );
    const time = virtualClock(clock.now());
    const identity = googleIdentity({ network, clock: time }, config);
    const token = await sign(standard);
    await Promise.all([identity.verify(token), identity.verify(token)]);
    await time.advance(599_000);
    await identity.verify(token);
    expect(network.asked).toHaveLength(1);
    await time.advance(1_000);
    await identity.verify(token);
    expect(network.asked).toHaveLength(2);
  });

  test('are asked for again when a token names a new one, but not for every stranger', async () => {
    const headers = { 'cache-control': 'max-age=6000' };
    const network = scriptedNetwork(
      json({ keys: [published[0]] }, 200, headers),
      json({ keys: published }, 200, headers),
    );
    const time = virtualClock(clock.now());
    const identity = googleIdentity({ network, clock: time }, config);
    await identity.verify(await sign(standard));
    const rotated = await sign(standard, 1);
    await expect(identity.verify(rotated)).rejects.toMatchObject({ code: 'CREDENTIAL_REFUSED' });
    expect(network.asked).toHaveLength(1);
    await time.advance(30_000);
    expect((await identity.verify(rotated)).subject).toBe('108');
    expect(network.asked).toHaveLength(2);
  });
});

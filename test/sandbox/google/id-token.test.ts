/** ID tokens as Apps Script mints them: the real verifier takes the good one and refuses every other. */
import { X509Certificate } from 'node:crypto';
import { OAuth2Client } from 'google-auth-library';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { expect, test } from 'vitest';
import { TOKEN_VARIANTS } from '../../../server/sandbox/google/oauth/id-token.ts';
import { SCRIPT_CLIENT_ID } from '../../../server/sandbox/google/seeded-people.ts';
import { AMELIA, startGoogle } from './start-google.ts';

const verifierOf = (origin: string) =>
  new OAuth2Client({
    endpoints: {
      oauth2FederatedSignonPemCertsUrl: `${origin}/oauth2/v1/certs`,
      oauth2FederatedSignonJwkCertsUrl: `${origin}/oauth2/v3/certs`,
    },
  });

const REFUSED = TOKEN_VARIANTS.filter(
  (variant) => !['valid', 'without-email', 'email-unverified'].includes(variant),
);

test('the script’s identity token verifies against the published certificates [google-id-token-signed]', async () => {
  await using google = await startGoogle({ base: Date.now });
  const { token } = await google.control.run({ action: 'identityToken', user: AMELIA });
  const ticket = await verifierOf(google.origin).verifyIdToken({
    idToken: String(token),
    audience: [SCRIPT_CLIENT_ID],
  });
  expect(ticket.getPayload()).toMatchObject({
    iss: 'https://accounts.google.com',
    aud: SCRIPT_CLIENT_ID,
    email: AMELIA,
    email_verified: true,
  });
});

test('the same token verifies against the JWKS', async () => {
  await using google = await startGoogle({ base: Date.now });
  const { token } = await google.control.run({ action: 'identityToken', user: AMELIA, audience: 'mine' });
  const keys = createRemoteJWKSet(new URL(`${google.origin}/oauth2/v3/certs`));
  const { payload } = await jwtVerify(String(token), keys, {
    issuer: 'https://accounts.google.com',
    audience: 'mine',
  });
  expect(payload['email']).toBe(AMELIA);
});

test.each(REFUSED)('a token that is %s is refused [google-id-token-signed]', async (variant) => {
  await using google = await startGoogle({ base: Date.now });
  const { token } = await google.control.run({ action: 'identityToken', user: AMELIA, variant });
  const verifying = verifierOf(google.origin).verifyIdToken({
    idToken: String(token),
    audience: SCRIPT_CLIENT_ID,
  });
  await expect(verifying).rejects.toThrow();
});

test('a token can lack a verified email, which the verifier leaves to us', async () => {
  await using google = await startGoogle({ base: Date.now });
  const payloadOf = async (variant: 'without-email' | 'email-unverified') => {
    const { token } = await google.control.run({ action: 'identityToken', user: AMELIA, variant });
    const ticket = await verifierOf(google.origin).verifyIdToken({
      idToken: String(token),
      audience: SCRIPT_CLIENT_ID,
    });
    return ticket.getPayload();
  };
  expect((await payloadOf('without-email'))?.email).toBeUndefined();
  expect((await payloadOf('email-unverified'))?.email_verified).toBe(false);
});

test('the sandbox clock ages tokens', async () => {
  await using google = await startGoogle({ base: Date.now });
  google.clock.advance(-3 * 3_600_000);
  const { token } = await google.control.run({ action: 'identityToken', user: AMELIA });
  await expect(
    verifierOf(google.origin).verifyIdToken({ idToken: String(token), audience: SCRIPT_CLIENT_ID }),
  ).rejects.toThrow('Token used too late');
});

test('the published certificate is a real X.509 one', async () => {
  await using google = await startGoogle();
  const certs = (await (await fetch(`${google.origin}/oauth2/v1/certs`)).json()) as Record<string, string>;
  const certificate = new X509Certificate(Object.values(certs)[0] ?? '');
  expect(certificate.verify(certificate.publicKey)).toBe(true);
  expect(certificate.subject).toContain('federated-signon');
});

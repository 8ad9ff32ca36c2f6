import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Actor } from '../../server/domain/team.ts';
import { beginConsent } from '../../server/use-cases/begin-consent.ts';
import { finishConsent } from '../../server/use-cases/finish-consent.ts';
import { ownGoogleGrant } from '../../server/use-cases/own.ts';
import {
  answerGoogle,
  type ConsentWorld,
  consentWorld,
  returnTo,
  sessionId,
} from '../support/consent-world.ts';

let world: ConsentWorld;
beforeEach(() => {
  world = consentWorld();
});
afterEach(() => world.close());

const amelia = 'amelia@harbourbooks.example';
const ben = 'ben@harbourbooks.example';
type Choice = Partial<Parameters<typeof answerGoogle>[2]>;

const walk = async (purpose: 'sign-in' | 'connect', actor: Actor | null, choice: Choice = {}) => {
  const { url } = await beginConsent(world.ports, actor, {
    provider: 'google',
    purpose,
    sessionId,
    returnTo,
  });
  const home = await answerGoogle(world.google, url, { account: amelia, ...choice });
  return { url: new URL(url), outcome: await finishConsent(world.ports, actor, { sessionId, ...home }) };
};
const signedIn = async (choice?: Choice) => {
  const { outcome } = await walk('sign-in', null, choice);
  if (outcome.kind !== 'signed-in') throw new Error('not signed in');
  const actor: Actor = { userId: outcome.userId, teamId: outcome.teamId, role: 'owner' };
  return { ...outcome, actor };
};

describe('a sign-in with Google', () => {
  test('makes user, team and a grant that writes while the person is away', async () => {
    const { actor, isNew, googleGrantId } = await signedIn();
    expect(isNew).toBe(true);
    expect((await world.ports.store.get('users', actor.userId))?.data).toMatchObject({
      email: amelia,
      name: 'Amelia Hart',
    });
    expect(await ownGoogleGrant(world.ports.store, actor)).toBe(googleGrantId);
    const token = await world.ports.googleTokens.accessToken(googleGrantId ?? '');
    await world.clock.advance(2 * 3_600_000);
    expect(await world.ports.googleTokens.accessToken(googleGrantId ?? '')).not.toBe(token);
  });

  test('a second time finds the same, and keeps the refresh token that Google does not send again', async () => {
    const first = await signedIn();
    const second = await signedIn();
    expect(second).toMatchObject({ isNew: false, userId: first.userId, googleGrantId: first.googleGrantId });
    await world.clock.advance(2 * 3_600_000);
    await world.ports.googleTokens.accessToken(second.googleGrantId ?? '');
  });

  test('without the spreadsheets signs in all the same, and access can be given later', async () => {
    const { actor, googleGrantId } = await signedIn({ granted: [] });
    expect(googleGrantId).toBeNull();
    await expect(ownGoogleGrant(world.ports.store, actor)).rejects.toMatchObject({ code: 'NEEDS_GOOGLE' });
    const { url, outcome } = await walk('connect', actor);
    expect(url.searchParams.get('prompt')).toBe('consent');
    expect(url.searchParams.get('login_hint')).toBe(amelia);
    expect(outcome).toMatchObject({ kind: 'google-granted', returnTo });
    expect(await ownGoogleGrant(world.ports.store, actor)).toBe(
      (outcome as { googleGrantId: string }).googleGrantId,
    );
  });

  test('that was denied makes nobody', async () => {
    await expect(signedIn({ decision: 'deny' })).rejects.toMatchObject({ code: 'CONSENT_DENIED' });
    expect(await world.ports.store.query('users', { limit: 1 })).toEqual([]);
  });

  test('is not begun for Xero', async () => {
    const wish = { provider: 'xero', purpose: 'sign-in', sessionId, returnTo } as const;
    await expect(beginConsent(world.ports, null, wish)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });
});

describe('access to spreadsheets', () => {
  test('given by another account by mistake changes nothing', async () => {
    const { actor } = await signedIn();
    await expect(walk('connect', actor, { account: ben })).rejects.toMatchObject({
      code: 'CONSENT_WRONG_ORGANISATION',
      details: { chosen: ben, wanted: amelia },
    });
    expect(await world.ports.store.query('grants', { limit: 10 })).toHaveLength(1);
  });

  test('not given when asked for names what is missing', async () => {
    const { actor } = await signedIn({ granted: [] });
    await expect(walk('connect', actor, { granted: [] })).rejects.toMatchObject({ code: 'SCOPE_MISSING' });
  });

  test('that has ended at Google needs that account again', async () => {
    const { actor, googleGrantId } = await signedIn();
    const grant = googleGrantId ?? '';
    const form = new URLSearchParams({ token: await world.ports.googleTokens.accessToken(grant) });
    await world.google.handle({
      method: 'POST',
      url: 'http://127.0.0.1:9/revoke',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: form.toString(),
    });
    await world.clock.advance(2 * 3_600_000);
    await expect(world.ports.googleTokens.accessToken(grant)).rejects.toMatchObject({
      code: 'NEEDS_GOOGLE',
      details: { account: amelia },
    });
    expect(await world.ports.store.query('notices', { limit: 10 })).toHaveLength(1);
    await walk('connect', actor);
    await world.ports.googleTokens.accessToken(grant);
  });
});

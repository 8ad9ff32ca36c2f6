/** Who is believed: an ID token that Google made for us, or a living session of this browser; nothing else. */
import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TokenVariant } from '../../server/sandbox/google/oauth/id-token.ts';
import { SCRIPT_CLIENT_ID } from '../../server/sandbox/google/seeded-people.ts';
import type { Me } from '../../shared/contract/person.ts';
import { type Calls, goodCalls, routes, send, thingsOf } from '../support/contract-calls.ts';
import { expectProblem } from '../support/expect-problem.ts';
import { temporaryFolders } from '../support/folders.ts';
import type { Answered } from '../support/http-asker.ts';
import {
  amelia,
  ben,
  browserOf,
  chloe,
  type ServedPerson,
  servedPerson,
  signIn,
} from '../support/served-person.ts';
import { type ServedWorld, servedWorld } from '../support/served-world.ts';

const folder = temporaryFolders();
let world: ServedWorld;
let person: ServedPerson;
let good: Calls;
beforeAll(async () => {
  world = await servedWorld({ folder: folder() });
  person = await servedPerson(world, amelia);
  good = goodCalls(await thingsOf(person));
});
afterAll(() => world.close());

async function unchanged(act: () => Promise<Answered>): Promise<Answered> {
  const before = await world.documents();
  const answer = await act();
  expect(await world.documents()).toBe(before);
  return answer;
}

async function idToken(user: string, variant?: TokenVariant, audience = SCRIPT_CLIENT_ID): Promise<string> {
  const answer = await world.google.control.run({
    action: 'identityToken',
    user,
    audience,
    ...(variant === undefined ? {} : { variant }),
  });
  return String(answer['token']);
}

const me = (headers: Record<string, string>): Promise<Answered> => world.ask('/api/v1/me', { headers });
const bearer = (token: string): Promise<Answered> => me({ authorization: `Bearer ${token}` });

describe('an ID token', () => {
  it('made by Google for the add-on signs in, the first time too', async () => {
    const first = (await bearer(await idToken(ben))).json as Me;
    expect(first).toMatchObject({ email: ben, csrfToken: '', team: { role: 'owner' } });
    expect(((await bearer(await idToken(ben))).json as Me).userId).toBe(first.userId);
  });

  const refused: TokenVariant[] = [
    'expired',
    'not-yet-valid',
    'wrong-audience',
    'wrong-issuer',
    'forged-signature',
    'unknown-key',
    'tampered',
    'unsigned',
    'without-email',
    'email-unverified',
  ];
  it.each(refused)('that is %s is refused', async (variant) => {
    const token = await idToken(chloe, variant);
    const answer = await unchanged(() => bearer(token));
    expectProblem(answer, 'CREDENTIAL_REFUSED');
    expect(answer.headers['www-authenticate']).toBe('Bearer');
    expect(answer.text).not.toContain(token.split('.')[1]);
  });

  it('signed with the public key as a secret is refused', async () => {
    const [, payload] = (await idToken(chloe)).split('.');
    const jwks = await world.google.handle({
      method: 'GET',
      url: 'https://www.googleapis.com/oauth2/v3/certs',
      headers: {},
    });
    const key = JSON.parse(Buffer.from(jwks.body).toString()).keys[0];
    const header = Buffer.from(JSON.stringify({ alg: 'HS256', typ: 'JWT', kid: key.kid })).toString(
      'base64url',
    );
    const signature = createHmac('sha256', key.n).update(`${header}.${payload}`).digest('base64url');
    expectProblem(await unchanged(() => bearer(`${header}.${payload}.${signature}`)), 'CREDENTIAL_REFUSED');
  });

  it('is no longer one after its hour', async () => {
    const token = await idToken(ben);
    expect((await bearer(token)).status).toBe(200);
    world.clock.advance(61 * 60_000 + 60_000);
    expectProblem(await unchanged(() => bearer(token)), 'CREDENTIAL_REFUSED');
  });

  it.each([
    ['Basic YTpi'],
    ['Bearer'],
    ['Bearer '],
    ['bearer x'],
    [`Bearer ${'a'.repeat(9_000)}`],
    [`Bearer ${'a'.repeat(40)}`],
    ['Bearer a.b.c, Bearer d.e.f'],
    ['Bearer eyJhbGciOiJub25lIn0.e30.'],
    [
      'Bearer \u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9',
    ],
  ])('is not %s', async (authorization) => {
    expectProblem(await unchanged(() => me({ authorization })), 'CREDENTIAL_REFUSED');
  });

  it('that is bad is not made good by a cookie beside it', async () => {
    const headers = { authorization: `Bearer ${await idToken(amelia, 'expired')}` };
    expectProblem(await unchanged(() => person.ask('/api/v1/me', { headers })), 'CREDENTIAL_REFUSED');
  });

  it('needs no CSRF token and signs nobody out', async () => {
    const headers = { authorization: `Bearer ${await idToken(amelia)}` };
    const begun = await world.ask('/api/v1/connections/consent', { method: 'POST', headers, body: {} });
    expect(begun.json).toEqual({ url: `${world.publicUrl}/oauth/xero/start` });
    expect((await world.ask('/api/v1/sign-out', { method: 'POST', headers })).status).toBe(204);
    expect((await person.ask('/api/v1/me')).status).toBe(200);
  });
});

describe('a session', () => {
  const cookieOf = (value: string): Record<string, string> => ({ cookie: `foliokeep_session=${value}` });

  it.each([
    ['', 'empty'],
    ['x', 'short'],
    ['A'.repeat(43), 'made up'],
    ['A'.repeat(5_000), 'long'],
    ['%00', 'encoded'],
    ['"quoted"', 'quoted'],
  ])('%s is none (%s)', async (value) => {
    expectProblem(await unchanged(() => me(cookieOf(value))), 'NOT_SIGNED_IN');
  });

  it('is not found by the id that the store knows it by', async () => {
    const [stored] = await world.store.query('sessions', { limit: 1 });
    expectProblem(await me(cookieOf(stored?.id ?? '')), 'NOT_SIGNED_IN');
  });

  it('changes nothing without its CSRF token, or with another session’s', async () => {
    const other = await servedPerson(world, amelia);
    const forged = [
      undefined,
      '',
      'x',
      'A'.repeat(43),
      other.me.csrfToken,
      `${person.me.csrfToken} `.repeat(2),
    ];
    for (const route of routes.filter(({ method }) => method !== 'GET'))
      for (const token of forged) {
        const changing: Record<string, string> = token === undefined ? {} : { 'x-foliokeep-csrf': token };
        const answer = await unchanged(() => send({ ...person, changing }, route, good[route.id]));
        expectProblem(answer, 'CREDENTIAL_REFUSED');
      }
  });

  it('changes nothing for a page of another site', async () => {
    for (const site of ['cross-site', 'same-site', 'none'])
      for (const route of routes.filter(({ method }) => method !== 'GET')) {
        const changing = { ...person.changing, 'sec-fetch-site': site, origin: 'https://evil.example' };
        const answer = await unchanged(() => send({ ...person, changing }, route, good[route.id]));
        expectProblem(answer, 'CREDENTIAL_REFUSED');
      }
    for (const origin of ['https://evil.example', 'null', 'http://localhost:9999', 'https://localhost:8080'])
      for (const route of routes.filter(({ method }) => method !== 'GET')) {
        const changing = { ...person.changing, 'sec-fetch-site': 'same-origin', origin };
        expectProblem(await send({ ...person, changing }, route, good[route.id]), 'CREDENTIAL_REFUSED');
      }
    const ours = { ...person.changing, 'sec-fetch-site': 'same-origin', origin: world.publicUrl };
    const call = good.editExporter;
    const edit = routes.find(({ id }) => id === 'editExporter');
    if (edit) expect((await send({ ...person, changing: ours }, edit, call)).status).toBe(200);
  });

  it('allows no other origin to read or to ask beforehand', async () => {
    const origin = { origin: 'https://evil.example' };
    const read = await person.ask('/api/v1/me', { headers: origin });
    expect(Object.keys(read.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
    const asked = await person.ask('/api/v1/exporters', {
      method: 'OPTIONS',
      headers: { ...origin, 'access-control-request-method': 'POST' },
    });
    expectProblem(asked, 'METHOD_NOT_ALLOWED');
    expect(Object.keys(asked.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
  });

  it('is over when its person signs out, on the server too', async () => {
    const leaving = await servedPerson(world, amelia);
    const cookies = new Map(leaving.cookies);
    await leaving.call('signOut', {});
    const headers = { cookie: [...cookies].map((pair) => pair.join('=')).join('; ') };
    expectProblem(await me(headers), 'NOT_SIGNED_IN');
    expect((await person.ask('/api/v1/me')).status).toBe(200);
  });

  it('is new with every sign-in, and one that is no more good has ended', async () => {
    const web = browserOf(world);
    await signIn(world, web, ben);
    const before = web.cookies.get('foliokeep_session') ?? '';
    const { team } = (await web.ask('/api/v1/me')).json as Me;
    const stored = await world.store.get('teams', team.id);
    if (stored === undefined) throw new Error('no team');
    await world.store.replace('teams', team.id, stored.revision, { ...stored.data, members: [] });
    await signIn(world, web, ben);
    const back = await world.store.get('teams', team.id);
    await world.store.replace('teams', team.id, back?.revision ?? '', stored.data);
    expect((await me(cookieOf(before))).status).toBe(401);
    web.cookies.set('foliokeep_session', 'A'.repeat(43));
    await signIn(world, web, amelia);
    expect(web.cookies.get('foliokeep_session')).toMatch(/^[\w-]{43}$/);
    expect(web.cookies.get('foliokeep_session')).not.toBe('A'.repeat(43));
  });

  it('is worth nothing once its person has left the team', async () => {
    const gone = await servedPerson(world, chloe);
    const team = await world.store.get('teams', gone.me.team.id);
    if (team === undefined) throw new Error('no team');
    await world.store.replace('teams', team.id, team.revision, { ...team.data, members: [] });
    expectProblem(await gone.ask('/api/v1/me'), 'NOT_SIGNED_IN');
    // Google still knows them: with the add-on they begin anew, in a team of their own.
    const anew = (await bearer(await idToken(chloe))).json as Me;
    expect(anew.userId).toBe(gone.me.userId);
    expect(anew.team.id).not.toBe(gone.me.team.id);
  });

  it('ends after twelve hours without a request', async () => {
    const idle = await servedPerson(world, ben);
    world.clock.advance(12 * 3_600_000 - 60_000);
    expect((await idle.ask('/api/v1/me')).status).toBe(200);
    world.clock.advance(12 * 3_600_000 - 60_000);
    expect((await idle.ask('/api/v1/me')).status).toBe(200);
    world.clock.advance(12 * 3_600_000 + 1_000);
    expectProblem(await unchanged(() => idle.ask('/api/v1/me')), 'NOT_SIGNED_IN');
  });

  it('ends after seven days however often it is used', async () => {
    const old = await servedPerson(world, ben);
    for (let halfDay = 1; halfDay <= 16; halfDay += 1) {
      world.clock.advance(11 * 3_600_000);
      if (halfDay * 11 < 7 * 24) expect((await old.ask('/api/v1/me')).status).toBe(200);
    }
    expectProblem(await unchanged(() => old.ask('/api/v1/me')), 'NOT_SIGNED_IN');
  });
});

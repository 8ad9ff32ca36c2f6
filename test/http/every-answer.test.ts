/**
 * Every answer of every route and page, in every state of its caller (reliability-security.md 5.4, G28): what it says to browsers and
 * caches, and what it refuses of other sites. Rows are made from the contract.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SCRIPT_CLIENT_ID } from '../../server/sandbox/google/seeded-people.ts';
import { type Calls, goodCalls, pathOf, routes, thingsOf } from '../support/contract-calls.ts';
import { expectProblem } from '../support/expect-problem.ts';
import { temporaryFolders } from '../support/folders.ts';
import type { Answered } from '../support/http-asker.ts';
import { amelia, ben, type ServedPerson, servedPerson } from '../support/served-person.ts';
import { type ServedWorld, servedWorld } from '../support/served-world.ts';

const folder = temporaryFolders();
let world: ServedWorld;
let person: ServedPerson;
let bearer: Record<string, string>;
let good: Calls;
beforeAll(async () => {
  const dashboardFolder = folder();
  mkdirSync(join(dashboardFolder, 'assets'));
  const page =
    '<!doctype html><script type="module" src="/a.js"></script><link rel="stylesheet" href="/a.css">';
  writeFileSync(join(dashboardFolder, 'index.html'), page);
  writeFileSync(join(dashboardFolder, 'assets', 'app-1.js'), 'export {};');
  world = await servedWorld({ folder: folder(), dashboardFolder, publicUrl: 'https://books.example' });
  person = await servedPerson(world, amelia);
  good = goodCalls(await thingsOf(person));
  const token = await world.google.control.run({
    action: 'identityToken',
    user: ben,
    audience: SCRIPT_CLIENT_ID,
  });
  bearer = { authorization: `Bearer ${String(token['token'])}` };
});
afterAll(() => world.close());

const states = ['with a cookie', 'with an ID token', 'signed out', 'with a bad token'] as const;
type State = (typeof states)[number];
const headersOf = (state: State): Record<string, string> => {
  if (state === 'with a cookie') return person.changing;
  if (state === 'with an ID token') return bearer;
  return state === 'signed out' ? {} : { authorization: 'Bearer eyJhbGciOiJub25lIn0.e30.' };
};

const ask = (state: State, path: string, method: string, body?: unknown, more: Record<string, string> = {}) =>
  (state === 'with a cookie' ? person : world).ask(path, {
    method,
    headers: { ...headersOf(state), ...more },
    ...(body === undefined ? {} : { body }),
  });

function expectGuarded({ headers, cookies, status }: Answered): void {
  expect(headers).toMatchObject({
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'x-frame-options': 'SAMEORIGIN',
    'cross-origin-resource-policy': 'same-origin',
    'cache-control': 'no-store',
  });
  expect(headers['strict-transport-security']).toMatch(/max-age=\d{8}/);
  expect(headers['permissions-policy']).toContain('camera=()');
  expect(headers['x-powered-by']).toBeUndefined();
  expect(headers['server']).toBeUndefined();
  expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
  const policy = headers['content-security-policy'] ?? '';
  for (const part of [
    "default-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'self'",
    "form-action 'self'",
  ])
    expect(policy).toContain(part);
  expect(policy).not.toContain('unsafe');
  expect(policy).toMatch(/script-src 'nonce-[A-Za-z0-9+/]{22}==' 'strict-dynamic'/);
  for (const cookie of cookies) expect(cookie).toMatch(/^__Host-[^;]+; .*HttpOnly; Secure; SameSite=Lax/);
  expect(status).toBeLessThan(500);
}

/** These end the session that the others need. */
const last = new Set(['signOut', 'leaveTeam', 'switchTeam', 'acceptInvitation']);
const rows = routes
  .filter(({ id }) => !last.has(id))
  .flatMap((route) => states.map((state) => ({ route, state })));

describe.each(rows)('$route.id $state', ({ route, state }) => {
  it('is guarded, and never a fault of ours', async () => {
    const path = pathOf(route, good[route.id]);
    // Not done: a body or a query that it does not take.
    for (const answer of [
      await ask(state, `${path}${path.includes('?') ? '&' : '?'}x=1`, route.method, good[route.id].body),
      await ask(state, path, route.method, '{'),
    ]) {
      expectGuarded(answer);
      expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    }
    if (route.method === 'GET' || state === 'signed out' || state === 'with a bad token')
      expectGuarded(await ask(state, path, route.method, good[route.id].body));
  });

  it('is closed to other sites', async () => {
    if (route.method === 'GET') return;
    const path = pathOf(route, good[route.id]);
    const asked = await ask(state, path, 'OPTIONS', undefined, {
      origin: 'https://evil.example',
      'access-control-request-method': route.method,
    });
    expectProblem(asked, 'METHOD_NOT_ALLOWED');
    expectGuarded(asked);
    if (state !== 'with a cookie') return;
    const before = await world.documents();
    for (const more of [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { 'x-foliokeep-csrf': '' },
    ]) {
      // A form of another site sends what no preflight asks about.
      const simple = { 'content-type': 'text/plain', ...more };
      for (const headers of [more, simple])
        expectProblem(
          await ask(state, path, route.method, good[route.id].body ?? undefined, headers as never),
          'CREDENTIAL_REFUSED',
        );
    }
    expect(await world.documents()).toBe(before);
  });
});

describe('pages', () => {
  it.each(['/', '/index.html', '/oauth/done', '/nothing', '/openapi.json', '/health', '/oauth/close.js'])(
    '%s is guarded',
    async (path) => {
      const answer = await world.ask(path);
      expectGuarded(answer);
      const nonce = /'nonce-([^']+)'/.exec(answer.headers['content-security-policy'] ?? '')?.[1] ?? '';
      for (const [tag] of answer.text.matchAll(/<(script|style|link rel="stylesheet")[^>]*>/g))
        expect(tag).toContain(`nonce="${nonce}"`);
      const again = await world.ask(path);
      expect(again.headers['content-security-policy']).not.toContain(nonce);
    },
  );

  it.each([
    '/oauth/google/start',
    '/oauth/xero/start',
    '/oauth/xero/start?connection=nobody',
    '/oauth/google/callback',
    '/oauth/google/callback?code=a&state=b',
    '/oauth/google/callback?error=access_denied&state=b',
    '/oauth/xero/callback?code=a&code=b&state=c',
    `/oauth/xero/callback?state=${'a'.repeat(5_000)}`,
    '/oauth/xero/callback?error=%3Cscript%3E',
  ])('%s redirects with nothing to read', async (path) => {
    for (const who of [world, person]) {
      const answer = await who.ask(path);
      expect(answer.status).toBe(303);
      expect(answer.text).toBe('');
      expect(answer.headers['cache-control']).toBe('no-store');
      expect(answer.headers['location']).toMatch(
        /^(\/oauth\/done$|https:\/\/(accounts\.google|login\.xero)\.com\/)/,
      );
      for (const cookie of answer.cookies) expect(cookie).toMatch(/HttpOnly; Secure; SameSite=Lax/);
    }
  });
});

it('no bad input to any route, in any state, is a fault of ours', { timeout: 60_000 }, async () => {
  const odd = fc.oneof(
    fc.constantFrom(
      '',
      '\u0000',
      '../..',
      '__proto__',
      '%00',
      '%E0%A4%A',
      'x'.repeat(3_000),
      '=1+1',
      '\ud800',
      '[]',
      '-1',
    ),
    fc.string({ maxLength: 60 }),
    fc.string({ unit: 'binary', maxLength: 30 }),
  );
  const body = fc.oneof(
    fc.jsonValue({ maxDepth: 3 }).map((value) => JSON.stringify(value)),
    odd,
  );
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...rows),
      odd,
      odd,
      odd,
      body,
      fc.constantFrom('application/json', 'text/plain', 'application/json; charset=utf-16', ''),
      async ({ route, state }, id, name, value, text, type) => {
        const params = Object.fromEntries(
          Object.keys(good[route.id].params).map((one) => [one, encoded(id)]),
        );
        const query = name === '' ? {} : { [encoded(name)]: encoded(value) };
        const path = pathOf(route, { params, query });
        const isRefused = await ask(state, path, route.method, text, { 'content-type': type });
        expect(isRefused.status, `${route.method} ${path.slice(0, 200)} ${text.slice(0, 200)}`).toBeLessThan(
          500,
        );
        // A route without anything to send may well have been done.
        if (isRefused.status >= 400) expectProblem(isRefused);
      },
    ),
    { numRuns: 400, seed: 20_261_121 },
  );
  expect((await world.ask('/health')).status).toBe(200);
  expect(world.log.entries.filter(({ message }) => message === 'request failed')).toEqual([]);
});

/** Text as an address takes it, escapes that are none as they are. Half an emoji is no text: it stands for bytes that are none. */
const encoded = (text: string): string => {
  if (!text.isWellFormed()) return '%ED%A0%80';
  return /^%[0-9A-F%]{0,20}$/.test(text) ? text : encodeURIComponent(text);
};

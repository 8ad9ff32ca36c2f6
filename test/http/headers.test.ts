/** What every answer says to browsers and caches, on one machine and behind https. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerGoogle } from '../support/consent-world.ts';
import { temporaryFolders } from '../support/folders.ts';
import { amelia, browserOf, pathHome } from '../support/served-person.ts';
import { type ServedWorld, servedWorld } from '../support/served-world.ts';

const folder = temporaryFolders();
const frames = 'http://localhost:9001 https://docs.example';
let local: ServedWorld;
let secure: ServedWorld;
let framed: ServedWorld;
beforeAll(async () => {
  const dashboardFolder = folder();
  mkdirSync(join(dashboardFolder, 'assets'));
  writeFileSync(join(dashboardFolder, 'index.html'), '<!doctype html><title>Foliokeep</title>');
  writeFileSync(join(dashboardFolder, 'assets', 'app-1234.js'), 'export {};');
  [local, secure, framed] = await Promise.all([
    servedWorld({ folder: folder(), dashboardFolder }),
    servedWorld({ folder: folder(), dashboardFolder, publicUrl: 'https://books.example' }),
    servedWorld({ folder: folder(), environment: { FOLIOKEEP_FRAME_ANCESTORS: frames } }),
  ]);
});
afterAll(() => Promise.all([local.close(), secure.close(), framed.close()]));

const places = [
  '/',
  '/health',
  '/openapi.json',
  '/api/v1/me',
  '/oauth/done',
  '/oauth/google/start',
  '/nothing',
];

describe.each(places)('%s', (path) => {
  it('is not sniffed, framed, referred from, or run as what it is not', async () => {
    for (const world of [local, secure]) {
      const { headers } = await world.ask(path);
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'x-frame-options': 'SAMEORIGIN',
        'cross-origin-resource-policy': 'same-origin',
        // A window of a consent must be able to reach the page that opened it, wherever it has been since.
        'cross-origin-opener-policy': path.startsWith('/oauth/') ? 'unsafe-none' : 'same-origin-allow-popups',
      });
      expect(headers['x-powered-by']).toBeUndefined();
      const policy = new Map(
        (headers['content-security-policy'] ?? '').split(';').map((one) => {
          const [name = '', ...values] = one.trim().split(' ');
          return [name, values.join(' ')] as const;
        }),
      );
      expect(policy.get('default-src')).toBe("'none'");
      expect(policy.get('script-src')).toMatch(/^'nonce-[A-Za-z0-9+/]{22}==' 'strict-dynamic'$/);
      expect(policy.get('style-src')).toMatch(/^'self' 'nonce-[A-Za-z0-9+/]{22}=='$/);
      expect(policy.get('base-uri')).toBe("'none'");
      expect(policy.get('form-action')).toBe("'self'");
      expect(policy.get('frame-ancestors')).toBe("'self'");
    }
  });

  it('asks for https only where there is https', async () => {
    const [plain, safe] = [(await local.ask(path)).headers, (await secure.ask(path)).headers];
    expect(plain['strict-transport-security']).toBeUndefined();
    expect(plain['content-security-policy']).not.toContain('upgrade-insecure-requests');
    expect(safe['strict-transport-security']).toMatch(/max-age=\d{8}/);
    expect(safe['content-security-policy']).toContain('upgrade-insecure-requests');
  });
});

it('pages are framed by the origins of the configuration and no other', async () => {
  const { headers } = await framed.ask('/nothing');
  expect(headers['content-security-policy']).toContain(`frame-ancestors 'self' ${frames}`);
  expect(headers['x-frame-options']).toBeUndefined();
});

it('nothing of a person is kept by a cache', async () => {
  for (const path of [
    '/api/v1/me',
    '/api/v1/nothing',
    '/api/v1/exporters?x=1',
    '/oauth/done',
    '/oauth/xero/start',
  ])
    expect((await local.ask(path)).headers['cache-control'], path).toBe('no-store');
});

it('the page is asked for each time, its hashed files for ever', async () => {
  expect((await local.ask('/')).headers['cache-control']).toBe('no-store');
  expect((await local.ask('/assets/app-1234.js')).headers['cache-control']).toContain('immutable');
});

describe('cookies', () => {
  async function cookiesOf(world: ServedWorld): Promise<string[]> {
    const web = browserOf(world);
    const out = await web.ask('/oauth/google/start');
    const home = await answerGoogle(world.google, out.headers['location'] ?? '', { account: amelia });
    const back = await web.ask(pathHome(home));
    return [...out.cookies, ...back.cookies].filter((line) => !/=;/.test(line));
  }

  it('are for https and this host alone, behind https', async () => {
    const cookies = await cookiesOf(secure);
    expect(cookies.map((line) => line.split('=')[0])).toEqual([
      '__Host-foliokeep_sign_in',
      '__Host-foliokeep_session',
      '__Host-foliokeep_outcome',
    ]);
    for (const line of cookies) {
      expect(line).toMatch(/; Path=\/(;|$)/);
      for (const attribute of ['; HttpOnly', '; Secure', '; SameSite=Lax']) expect(line).toContain(attribute);
      expect(line).not.toMatch(/Domain=/i);
    }
  });

  it('are read by no script on one machine either', async () => {
    const cookies = await cookiesOf(local);
    expect(cookies).toHaveLength(3);
    for (const line of cookies) {
      expect(line).toMatch(/^foliokeep_/);
      for (const attribute of ['; HttpOnly', '; SameSite=Lax']) expect(line).toContain(attribute);
      expect(line).not.toContain('Secure');
    }
  });

  it('of plain http are not taken behind https', async () => {
    const web = browserOf(secure);
    const session = (await cookiesOf(secure)).find((line) => line.includes('session'));
    web.cookies.set('foliokeep_session', /=([^;]+)/.exec(session ?? '')?.[1] ?? '');
    expect((await web.ask('/api/v1/me')).status).toBe(401);
    web.cookies.set('__Host-foliokeep_session', /=([^;]+)/.exec(session ?? '')?.[1] ?? '');
    expect((await web.ask('/api/v1/me')).status).toBe(200);
  });
});

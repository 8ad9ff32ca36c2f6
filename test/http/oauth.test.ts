/** The addresses of a consent: bound to a browser, used once, leading nowhere else, and never a page with a code in its address. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { answerGoogle, answerXero } from '../support/consent-world.ts';
import { temporaryFolders } from '../support/folders.ts';
import type { Answered } from '../support/http-asker.ts';
import {
  amelia,
  type Browser,
  ben,
  browserOf,
  chloe,
  pathHome,
  type ServedPerson,
  servedPerson,
} from '../support/served-person.ts';
import { type ServedWorld, servedWorld } from '../support/served-world.ts';

const folder = temporaryFolders();
let world: ServedWorld;
let person: ServedPerson;
beforeAll(async () => {
  world = await servedWorld({ folder: folder() });
});
beforeEach(async () => {
  person = await servedPerson(world, amelia);
});
afterAll(() => world.close());

/** Follows to the page that says how it ended. */
async function ended(web: Browser, answer: Answered): Promise<Answered> {
  expect({ status: answer.status, to: answer.headers['location'], body: answer.text }).toEqual({
    status: 303,
    to: '/oauth/done',
    body: '',
  });
  return web.ask('/oauth/done');
}

/** The way to Xero's page and back, up to the callback's address. */
async function wayHome(choice?: Parameters<typeof answerXero>[2]): Promise<string> {
  const { url } = await person.call('beginConsent', { body: {} });
  return pathHome(await answerXero(world.xero, url, choice));
}

async function unchanged(act: () => Promise<Answered>): Promise<Answered> {
  const stable = async () => [
    await world.store.query('connections', { limit: 100 }),
    await world.store.query('sessions', { limit: 100 }),
    await world.store.query('users', { limit: 100 }),
  ];
  const before = JSON.stringify(await stable());
  const answer = await act();
  expect(JSON.stringify(await stable())).toBe(before);
  return answer;
}

describe('a way home', () => {
  it('connects and says so, on an address without the code', async () => {
    const done = await ended(person, await person.ask(await wayHome()));
    expect(done.status).toBe(200);
    expect(done.text).toContain('Connected: ');
  });

  it('is used once', async () => {
    const path = await wayHome();
    await person.ask(path);
    const asked = world.asked.length;
    const again = await unchanged(() => person.ask(path));
    // Xero would refuse the code too; nobody is asked.
    expect(world.asked.length).toBe(asked);
    expect((await ended(person, again)).text).toContain('used already or has expired');
  });

  it('is taken once of two at once', async () => {
    const path = await wayHome();
    const pages = [];
    for (const answer of await Promise.all([person.ask(path), person.ask(path)])) {
      person.cookies.set(
        'foliokeep_outcome',
        /foliokeep_outcome=([^;]+)/.exec(answer.cookies.join())?.[1] ?? '',
      );
      pages.push((await ended(person, answer)).status);
    }
    expect(pages.sort()).toEqual([200, 400]);
  });

  it('ends with its ten minutes', async () => {
    const path = await wayHome();
    world.clock.advance(10 * 60_000);
    expect((await ended(person, await unchanged(() => person.ask(path)))).status).toBe(400);
  });

  it('is no other’s: nobody’s browser, another person’s, or another session’s of the same person', async () => {
    const others = [browserOf(world), await servedPerson(world, chloe), await servedPerson(world, amelia)];
    const path = await wayHome();
    for (const web of others) {
      const answer = await unchanged(() => web.ask(path));
      expect((await ended(web, answer)).status).toBe(400);
    }
    expect((await ended(person, await person.ask(path))).status).toBe(200);
  });

  it('to sign in is of the browser that began: nobody is signed in as another', async () => {
    const attacker = browserOf(world);
    const { headers } = await attacker.ask('/oauth/google/start');
    const home = pathHome(await answerGoogle(world.google, headers['location'] ?? '', { account: ben }));
    const victim = browserOf(world);
    expect((await ended(victim, await unchanged(() => victim.ask(home)))).status).toBe(400);
    await victim.ask('/oauth/google/start');
    expect((await ended(victim, await unchanged(() => victim.ask(home)))).status).toBe(400);
    expect(victim.cookies.has('foliokeep_session')).toBe(false);
  });

  it('to the other provider’s address hands the code to nobody', async () => {
    const path = await wayHome();
    const asked = world.asked.length;
    const answer = await unchanged(() => person.ask(path.replace('/xero/', '/google/')));
    expect((await ended(person, answer)).status).toBe(400);
    expect(world.asked.length).toBe(asked);
    expect((await ended(person, await person.ask(path))).status).toBe(200);
  });

  it.each([
    'state=',
    'state=made-up&code=x',
    'code=x',
    '',
    'state=a&state=b&code=x',
    `state=${'a'.repeat(5_000)}&code=x`,
    'state=%00&code=%00',
    'state[]=a&code=x',
    '__proto__=x&state=__proto__',
  ])('with ?%s is refused', async (query) => {
    for (const provider of ['google', 'xero']) {
      const answer = await unchanged(() => person.ask(`/oauth/${provider}/callback?${query}`));
      expect((await ended(person, answer)).status).toBe(400);
    }
  });

  it('with a code that is not of this consent connects nothing', async () => {
    const [mine, other] = [new URL(await wayHome(), 'http://x'), new URL(await wayHome(), 'http://x')];
    mine.searchParams.set('code', other.searchParams.get('code') ?? '');
    const answer = await unchanged(() => person.ask(`${mine.pathname}${mine.search}`));
    expect((await ended(person, answer)).status).toBe(400);
  });

  it('after a no says that nothing was changed', async () => {
    const path = await wayHome({ decision: 'cancel' });
    expect(path).toContain('error=access_denied');
    const done = await ended(person, await unchanged(() => person.ask(path)));
    expect(done.status).toBe(400);
    expect(done.text).toContain('Access was not given. Nothing was changed.');
  });

  it.each(['temporarily_unavailable', '<script>alert(1)</script>', 'x'.repeat(3_000)])(
    'with the error %s shows no text of the address',
    async (error) => {
      const state = new URL(await wayHome(), 'http://x').searchParams.get('state') ?? '';
      const query = new URLSearchParams({ state, error, error_description: '<b>pay here</b>' });
      const done = await ended(person, await unchanged(() => person.ask(`/oauth/xero/callback?${query}`)));
      expect(done.status).toBe(502);
      expect(done.text).not.toMatch(/<script>alert|<b>|x{100}/);
    },
  );
});

describe('the way out', () => {
  it('goes to the provider alone, whatever the address asks for', async () => {
    for (const query of [
      'returnTo=https://evil.example',
      'return=//evil.example',
      'next=%2F%2Fevil.example',
      'url=x',
    ])
      for (const [path, host] of [
        ['/oauth/google/start', 'accounts.google.com'],
        ['/oauth/xero/start', 'login.xero.com'],
      ] as const) {
        const { status, headers, text } = await person.ask(`${path}?${query}`);
        expect(status).toBe(303);
        expect(new URL(headers['location'] ?? '').host).toBe(host);
        expect(headers['location']).not.toContain('evil');
        expect(text).toBe('');
      }
  });

  it('asks with a fresh state, PKCE and a nonce each time, and reads only', async () => {
    const asked = await Promise.all([1, 2].map(() => person.call('beginConsent', { body: {} })));
    const queries = asked.map(({ url }) => new URL(url).searchParams);
    for (const name of ['state', 'code_challenge', 'nonce'])
      expect(new Set(queries.map((query) => query.get(name))).size).toBe(2);
    for (const query of queries) {
      expect(query.get('state')).toMatch(/^[\w-]{43}$/);
      expect(query.get('code_challenge_method')).toBe('S256');
      const writing = (query.get('scope') ?? '')
        .split(' ')
        .filter((scope) => scope.startsWith('accounting.') && !scope.endsWith('.read'));
      expect(writing).toEqual([]);
    }
  });

  it('of a stranger to Xero signs in first and goes on from there', async () => {
    const web = browserOf(world);
    const { headers } = await web.ask('/oauth/xero/start');
    expect(new URL(headers['location'] ?? '').host).toBe('accounts.google.com');
    const home = await answerGoogle(world.google, headers['location'] ?? '', { account: ben });
    const back = await web.ask(pathHome(home));
    expect(back.headers['location']).toBe('/oauth/xero/start');
    const out = await web.ask(back.headers['location'] ?? '');
    expect(new URL(out.headers['location'] ?? '').host).toBe('login.xero.com');
  });
});

describe('the page at the end', () => {
  const outcome = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

  it('says nothing twice', async () => {
    await ended(person, await person.ask(await wayHome()));
    expect((await person.ask('/oauth/done')).text).not.toContain('Connected');
  });

  it('shows a name as text, whatever its letters', async () => {
    const name = `<img src=x onerror=alert(1)>"'&lt; </p><script>alert(2)</script>`;
    const { headers } = await browserOf(world).ask('/oauth/done', {
      headers: { cookie: `foliokeep_outcome=${outcome({ status: 200, sentence: name, returnTo: '/' })}` },
    });
    expect(headers['content-security-policy']).toMatch(/script-src 'nonce-[^']+' 'strict-dynamic'(;|$)/);
    const { text } = await world.ask('/oauth/done', {
      headers: { cookie: `foliokeep_outcome=${outcome({ status: 200, sentence: name, returnTo: '/' })}` },
    });
    expect(text).toContain('&lt;img src=x onerror=alert(1)&gt;');
    expect(text.match(/<script[^>]*>/g)).toEqual([
      expect.stringMatching(/^<script nonce="[^"]+" src="\/oauth\/close.js">$/),
    ]);
  });

  it.each(['https://evil.example', '//evil.example', '/\\evil.example', 'javascript:alert(1)', '/a b', ''])(
    'links home, not to %s',
    async (returnTo) => {
      const cookie = `foliokeep_outcome=${outcome({ status: 200, sentence: 'Done.', returnTo })}`;
      const { text } = await world.ask('/oauth/done', { headers: { cookie } });
      expect(text).toContain('<a href="/">');
    },
  );

  it.each(['nonsense', outcome(null), outcome([]), outcome({ status: 1, sentence: 'x', returnTo: '/' }), ''])(
    'takes a cookie that is none for none (%s)',
    async (value) => {
      const answer = await world.ask('/oauth/done', { headers: { cookie: `foliokeep_outcome=${value}` } });
      expect(answer.status).toBe(200);
      expect(answer.text).toContain('nothing more to do');
    },
  );

  it('holds a hundred long names', async () => {
    const { outcomeText } = await import('../../server/http/outcome.ts');
    const text = outcomeText({ status: 200, sentence: '漢'.repeat(10_000), returnTo: `/${'a'.repeat(500)}` });
    expect(text.length).toBeLessThan(3_800);
  });
});

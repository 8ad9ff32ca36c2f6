/** Bad input to every route of the contract: a problem that names the field, never a fault of ours, and nothing changed. */
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import type { Route } from '../../shared/contract/route.ts';
import { type Calls, goodCalls, pathOf, routes, send, thingsOf } from '../support/contract-calls.ts';
import { expectProblem } from '../support/expect-problem.ts';
import { temporaryFolders } from '../support/folders.ts';
import type { Answered } from '../support/http-asker.ts';
import { amelia, type ServedPerson, servedPerson } from '../support/served-person.ts';
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

/** The answer to `act`, which left every document and everything outside as it was. */
async function unchanged(act: () => Promise<Answered>): Promise<Answered> {
  const before = [await world.documents(), world.asked.length];
  const answer = await act();
  expect([await world.documents(), world.asked.length]).toEqual(before);
  return answer;
}

const withBody = routes.filter((route) => route.body !== null);
const withoutBody = routes.filter((route) => route.body === null);
const raw = (route: Route & { id: keyof Calls }, headers: Record<string, string>, body: unknown) =>
  unchanged(() =>
    person.ask(pathOf(route, good[route.id]), {
      method: route.method,
      headers: { ...person.changing, ...headers },
      body,
    }),
  );

const parametersOf = (part: z.ZodObject | null): string[] => Object.keys(part?.shape ?? {});
const withParams = routes.flatMap((route) => parametersOf(route.params).map((name) => ({ route, name })));
const withQuery = routes.flatMap((route) => parametersOf(route.query).map((name) => ({ route, name })));
const title = '$route.id: $name';

it.each(withParams)(`${title} is an id`, async ({ route, name }) => {
  for (const id of [
    'ABCDEF',
    'a%2Fb',
    '..%2F..%2Fme',
    'a%00',
    '__proto__',
    "a'%20OR%201=1",
    '%F0%9F%98%80',
    'a'.repeat(65),
    'a'.repeat(5_000),
  ]) {
    const spoiled = { ...good[route.id], params: { ...good[route.id].params, [name]: id } };
    const answer = await unchanged(() => send(person, route, spoiled));
    expect(expectProblem(answer, 'INVALID_INPUT').field).toBe(name);
  }
  for (const id of ['%E0%A4%A', '%ED%A0%80', '%']) {
    const spoiled = { ...good[route.id], params: { ...good[route.id].params, [name]: id } };
    expectProblem(await unchanged(() => send(person, route, spoiled)), 'MALFORMED_REQUEST');
  }
});

it.each(routes)('$id takes no query that it does not know', async (route) => {
  for (const name of ['surprise', '__proto__', 'constructor', '%00', 'limit%5B%5D', 'a'.repeat(300)]) {
    const spoiled = { ...good[route.id], query: { ...good[route.id].query, [name]: '1' } };
    const { field } = expectProblem(await unchanged(() => send(person, route, spoiled)), 'INVALID_INPUT');
    expect(field).toBe(decodeURIComponent(name).slice(0, 100));
  }
});

const badValues: Record<string, string[]> = {
  limit: ['', '0', '-1', '201', '1.5', '1e99', '9'.repeat(400), 'NaN', 'Infinity', 'x', '%00'],
  after: [
    ...['[]', '["a"]', '["a","b"]', '["a",1e999]', '[1,2]', 'null', '{', '["a",1,2]', '\u0000'].map((text) =>
      Buffer.from(text).toString('base64url'),
    ),
    '',
    'not-base64!',
    'a'.repeat(300),
  ],
  spreadsheetId: ['a'.repeat(101)],
};
it.each(withQuery)(`${title} is taken once, and only when it is good`, async ({ route, name }) => {
  const path = pathOf(route, { ...good[route.id], query: {} });
  const ask = (query: string) =>
    unchanged(() => person.ask(`${path}?${query}`, { method: route.method, headers: person.changing }));
  for (const query of [`${name}=5&${name}=5`, ...(badValues[name] ?? []).map((value) => `${name}=${value}`)])
    expect(expectProblem(await ask(query), 'INVALID_INPUT').field).toBe(name);
});

it.each(routes)('$id answers strangers before it reads what they send', async (route) => {
  const params = Object.fromEntries(parametersOf(route.params).map((name) => [name, 'A']));
  const path = pathOf(route, { params, query: { x: '1' } });
  const answer = await unchanged(() => world.ask(path, { method: route.method, body: '{' }));
  expectProblem(answer, 'NOT_SIGNED_IN');
});

describe.each(withoutBody)('$id, which takes no body,', (route) => {
  it('refuses one', async () => {
    for (const body of [{}, [], '{', 'x', { id: 'a' }])
      expect(expectProblem(await raw(route, {}, body), 'INVALID_INPUT').field).toBe('body');
  });
});

describe.each(withBody)('$id, which takes a body,', (route) => {
  it('takes nothing but JSON', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data', 'x', ''])
      expectProblem(await raw(route, { 'content-type': type }, '{}'), 'UNSUPPORTED_MEDIA_TYPE');
    const chunked = Readable.from(['{}']);
    expectProblem(await raw(route, { 'content-type': 'text/plain' }, chunked), 'UNSUPPORTED_MEDIA_TYPE');
    for (const charset of ['latin1', 'utf-99'])
      expectProblem(
        await raw(route, { 'content-type': `application/json; charset=${charset}` }, '{}'),
        'UNSUPPORTED_MEDIA_TYPE',
      );
  });
  it('takes JSON that can be read', async () => {
    for (const text of [
      '{',
      '{"a":}',
      "{'a':1}",
      '[1,]',
      'nonsense',
      'null',
      '1',
      '"x"',
      '{"a":1}}',
      '\u0000',
    ])
      expectProblem(await raw(route, {}, text), 'MALFORMED_REQUEST');
    for (const encoding of ['gzip', 'zip'])
      expectProblem(
        await raw(route, { 'content-encoding': encoding }, gzipSync('{}')),
        'UNSUPPORTED_MEDIA_TYPE',
      );
  });
  it('takes an object', async () => {
    for (const body of [[], [{}], [good[route.id].body]])
      expect(expectProblem(await raw(route, {}, body), 'INVALID_INPUT').field).toBe('body');
  });
  it('takes 256 KB', async () => {
    const large = JSON.stringify({ name: 'x'.repeat(300_000) });
    expectProblem(await raw(route, {}, large), 'TOO_LARGE');
  });
  it('takes no prototype, wherever it is put', async () => {
    const text = JSON.stringify({ params: {}, ...(good[route.id].body as object) });
    for (const spoiled of [
      `{"__proto__":{},${text.slice(1)}`,
      text.replace('"params":{', '"params":{"__proto__":"x"'),
    ])
      expect(expectProblem(await raw(route, {}, spoiled), 'INVALID_INPUT').field).toBe('__proto__');
  });
  it('is not overwhelmed by nesting', async () => {
    const deep = `{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
    expectProblem(await raw(route, {}, deep), 'INVALID_INPUT');
  });
});

// ── Bodies spoiled at any place ─────────────────────────────────────────────────────────────────────────────────────

type Place = Array<string | number>;

const placesOf = (value: unknown, at: Place = []): Place[] =>
  typeof value === 'object' && value !== null
    ? [at, ...Object.entries(value).flatMap(([key, inner]) => placesOf(inner, [...at, key]))]
    : [at];

/** A copy of `value` in which `change` was made to what stands at a place. */
function changedAt(value: unknown, [key, ...rest]: Place, change: (inner: unknown) => unknown): unknown {
  if (key === undefined) return change(value);
  const copy: Record<string | number, unknown> = Array.isArray(value)
    ? (Object.assign([], value) as never)
    : { ...(value as object) };
  copy[key] = changedAt(copy[key], rest, change);
  return copy;
}

const odd: unknown[] = [
  null,
  true,
  0,
  -1,
  1.5,
  1e308,
  Number.MAX_SAFE_INTEGER + 2,
  '',
  ' ',
  '\u0000',
  '\ud800',
  '\u202e',
  '=1+1',
  '../../etc/passwd',
  'x'.repeat(20_000),
  [],
  [null],
  {},
  [[[[]]]],
  { toString: 1, valueOf: 1 },
  JSON.parse('{"__proto__":{"isAdmin":true}}'),
];
const extras = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'teamId',
  'id',
  'status',
  'v',
  '',
  '\ud800',
];

const spoil = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...odd).map((value) => () => value) },
  { weight: 2, arbitrary: fc.jsonValue({ maxDepth: 2 }).map((value) => () => value) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary' }).map((value) => () => value) },
  { weight: 2, arbitrary: fc.constant(() => undefined) },
  {
    weight: 3,
    arbitrary: fc.constantFrom(...extras).map((name) => (inner: unknown) => {
      const text = JSON.stringify(typeof inner === 'object' && inner !== null ? inner : {});
      const comma = /^[{[]\s*[}\]]$/.test(text) ? '' : ',';
      return text.startsWith('{') ? JSON.parse(`{${JSON.stringify(name)}:1${comma}${text.slice(1)}`) : name;
    }),
  },
);

it('a body spoiled at any place is a 4xx that names the place, and changes nothing', {
  timeout: 60_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...withBody.filter(({ id }) => id !== 'beginConsent')),
      fc.nat(),
      spoil,
      async (route, number, change) => {
        const body = good[route.id].body;
        const places = placesOf(body);
        const place = places[number % places.length] ?? [];
        const sent = JSON.stringify(changedAt(body, place, change)) ?? '';
        const wanted = route.body?.safeParse(sent === '' ? {} : JSON.parse(sent));
        const before = await world.documents();
        const answer = await send(person, route, { ...good[route.id], body: sent === '' ? undefined : sent });
        expect(answer.status, `${route.id} ${sent.slice(0, 300)} → ${answer.text}`).toBeLessThan(500);
        if (answer.status >= 400) {
          const { code, field } = expectProblem(answer);
          expect(await world.documents()).toBe(before);
          if (code === 'INVALID_INPUT') expect(field).toMatch(/./);
        }
        if (wanted?.success === false) {
          const { field = '' } = expectProblem(answer, 'INVALID_INPUT', 'MALFORMED_REQUEST');
          const paths = wanted.error.issues.map(({ path }) => path.map(String).join('.').slice(0, 100));
          if (field !== '' && field !== '__proto__' && field !== 'body')
            expect(
              paths.some((path) => field.startsWith(path.slice(0, 90))),
              `${field} of ${paths}`,
            ).toBe(true);
        }
      },
    ),
    { numRuns: 600, seed: 20_261_120 },
  );
});

// ── Addresses and methods ───────────────────────────────────────────────────────────────────────────────────────────

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND'];

it.each([...new Set(routes.map(({ path }) => path))])('%s takes its own methods only', async (path) => {
  const own = routes.filter((route) => route.path === path);
  const allowed = own.map(({ method }): string => method);
  const address = path.replace(/\{\w+\}/g, 'a1');
  for (const method of methods.filter((one) => !allowed.includes(one))) {
    const answer = await unchanged(() => person.ask(address, { method, headers: person.changing }));
    expectProblem(answer, 'METHOD_NOT_ALLOWED');
    expect(answer.headers['allow']?.split(', ').sort()).toEqual(allowed.sort());
  }
});

it.each([
  '/nothing',
  '/api',
  '/api/v1',
  '/api/v1/',
  '/api/v1/me/',
  '/API/V1/ME',
  '/api/v1/me/more',
  '/api/v2/me',
  '/api/v1/exporters/a1/runs/a1',
  '/api/v1/../v1/nothing',
  '/api/v1/__proto__',
  '/oauth/elsewhere/callback',
  '/.git/config',
  '/%2e%2e/%2e%2e/etc/passwd',
  `/${'a'.repeat(4_000)}`,
])('there is nothing at %s', async (path) => {
  for (const method of ['GET', 'POST', 'DELETE'])
    expectProblem(await unchanged(() => person.ask(path, { method, headers: person.changing })), 'NOT_FOUND');
});

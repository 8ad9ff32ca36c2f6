import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { RetryError } from '../../server/errors.ts';
import type { XeroRemaining, XeroRequest } from '../../server/ports.ts';
import { xeroClient } from '../../server/xero/client.ts';
import { json, scriptedNetwork } from '../support/scripted-network.ts';
import { seededRandom } from '../support/seeded-random.ts';
import { virtualClock } from '../support/virtual-clock.ts';

const clock = virtualClock();
const now = clock.now();
const invoices: XeroRequest = { path: 'Invoices', query: { page: '1', pageSize: '1000' } };
const client = (network: ReturnType<typeof scriptedNetwork>, maxDecodedBytes = 1_000_000) =>
  xeroClient(
    { network, clock, random: seededRandom() },
    { apiOrigin: 'http://127.0.0.1:9', maxDecodedBytes },
  );

function read(answer: Parameters<typeof scriptedNetwork>[0], request = invoices) {
  const network = scriptedNetwork(answer);
  const told: XeroRemaining[] = [];
  const access = { accessToken: 'secret-token', organisationId: 'org' };
  const outcome = client(network).read(access, request, (remaining) => told.push(remaining));
  return { network, told, outcome };
}
/** The error, after a look that it carries neither the token nor the body. */
async function errorOf(answer: Parameters<typeof scriptedNetwork>[0], request = invoices) {
  const error = await read(answer, request).outcome.then(
    () => {
      throw new Error('it should have failed');
    },
    (reason: unknown) => reason,
  );
  expect(error).toHaveProperty('code');
  expect(`${JSON.stringify(error)}${error}${(error as Error).stack}`).not.toMatch(/secret/);
  return error;
}

describe('a read', () => {
  test('asks for JSON, gzip and the organisation, and encodes what it is given', async () => {
    const { network, outcome } = read(json({ Invoices: [] }), {
      path: 'Reports/TrialBalance',
      query: { where: 'Name=="A & B" AND x', date: '2026-06-30' },
      modifiedSince: '2026-06-30T10:11:12.987Z',
    });
    await outcome;
    const { request, options } = network.asked[0] ?? {};
    expect(request?.url).toBe(
      'http://127.0.0.1:9/api.xro/2.0/Reports/TrialBalance?where=Name%3D%3D%22A%20%26%20B%22%20AND%20x&date=2026-06-30',
    );
    expect(request?.headers).toMatchObject({
      accept: 'application/json',
      'accept-encoding': 'gzip',
      authorization: 'Bearer secret-token',
      'xero-tenant-id': 'org',
      'if-modified-since': '2026-06-30T10:11:12',
    });
    expect(options).toMatchObject({ timeoutMs: 60_000 });
  });

  test('gives the text as Xero sent it, unzipped, and the bytes on the wire', async () => {
    const text = '{\r\n  "Total": 1.0000000000\r\n}';
    const zipped = gzipSync(text);
    const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' };
    const answer = await read({ headers, body: zipped }).outcome;
    expect(new TextDecoder().decode(answer.body)).toBe(text);
    expect(answer.wireBytes).toBe(zipped.byteLength);
  });

  test('gives the memory of what it unzipped back when told so, and leaves what it was given', async () => {
    const text = JSON.stringify({ Items: 'x'.repeat(100_000) });
    const type = { 'content-type': 'application/json' };
    const zipped = await read({ headers: { ...type, 'content-encoding': 'gzip' }, body: gzipSync(text) })
      .outcome;
    expect(zipped.body.length).toBe(text.length);
    zipped.release?.();
    zipped.release?.();
    expect(zipped.body.length).toBe(0);
    const plain = await read({ headers: type, body: Buffer.from(text) }).outcome;
    plain.release?.();
    expect(new TextDecoder().decode(plain.body)).toBe(text);
  });

  test.each([200, 404, 429])('tells what remains with status %i', async (status) => {
    const headers = {
      'x-minlimit-remaining': '59',
      'x-daylimit-remaining': '4321',
      'x-appminlimit-remaining': 'nonsense',
    };
    const { told, outcome } = read(json({}, status, headers));
    await outcome.catch(() => undefined);
    expect(told).toEqual([{ minute: 59, day: 4321, appMinute: undefined }]);
  });

  test('refuses a path that is not ours', async () => {
    await expect(read(json({}), { path: '../connections', query: {} }).outcome).rejects.toThrow(TypeError);
  });
});

describe('an answer that is cut, swollen or not what it says', () => {
  const gzip = { 'content-type': 'application/json', 'content-encoding': 'gzip' };
  const zipped = gzipSync(JSON.stringify({ Invoices: 'x'.repeat(5000) }));
  test.each([
    ['gzip without its end', { headers: gzip, body: zipped.subarray(0, -9) }, 'ends too early'],
    ['gzip cut by a third', { headers: gzip, body: zipped.subarray(0, 40) }, 'ends too early'],
    ['bytes after the gzip', { headers: gzip, body: Buffer.concat([zipped, Buffer.alloc(3)]) }, 'follow'],
    ['gzip with a flipped bit', { headers: gzip, body: zipped.with(30, 255) }, 'gzip'],
    ['not gzip at all', { headers: gzip, body: '{}' }, 'damaged'],
    ['a gzip bomb', { headers: gzip, body: gzipSync(Buffer.alloc(2_000_000)) }, 'larger than 1000000'],
    [
      'a large plain body',
      { headers: { 'content-type': 'application/json' }, body: 'x'.repeat(1_000_001) },
      'larger',
    ],
    ['another encoding', { headers: { ...gzip, 'content-encoding': 'br' }, body: zipped }, 'did not ask'],
    ['HTML with status 200', { headers: { 'content-type': 'text/html' }, body: '<html>' }, 'not JSON'],
    ['no content type', { body: '{}' }, 'not JSON'],
    ['nothing', { headers: { 'content-type': 'application/json' } }, 'empty'],
    ['a redirect', { status: 302, headers: { location: 'https://elsewhere.example' } }, 'status 302'],
    ['no content', { status: 204 }, 'status 204'],
  ])('%s is broken, never short', async (_name, answer, problem) => {
    expect(await errorOf(answer)).toMatchObject({
      code: 'XERO_ANSWER_BROKEN',
      details: { problem: expect.stringContaining(problem) },
    });
  });
});

describe('a failure', () => {
  const problem = (Detail: string, status: number) =>
    json({ Type: null, Title: 'x', Status: status, Detail, Instance: 'secret-guid', Extensions: {} }, status);
  const html = { 'content-type': 'text/html' };
  const plain = { 'content-type': 'text/plain' };
  test.each([
    [problem('TokenExpired: token expired at 11/20/2026 10:00:00', 401), 'TOKEN_EXPIRED'],
    [problem('AuthorizationUnsuccessful', 401), 'SCOPE_MISSING'],
    [problem('AuthenticationUnsuccessful', 401), 'TOKEN_EXPIRED'],
    [{ status: 401 }, 'TOKEN_EXPIRED'],
    [problem('AuthenticationUnsuccessful', 403), 'NEEDS_RECONNECT'],
    [json({ title: 'Forbidden', status: 403, detail: 'AuthenticationUnsuccessful' }, 403), 'NEEDS_RECONNECT'],
    [{ status: 403, headers: html, body: '<html>Access Denied secret</html>' }, 'XERO_UNAVAILABLE'],
    [{ status: 403 }, 'XERO_PERMISSION'],
    [{ status: 404, headers: plain, body: "The resource you're looking for cannot be found" }, 'NOT_FOUND'],
    [json({ ErrorNumber: 16, Type: 'QueryParseException', Message: 'secret' }, 400), 'XERO_REFUSED'],
    [json({ error: 'invalid_request' }, 400), 'XERO_REFUSED'],
    [{ status: 412, body: 'secret' }, 'XERO_REFUSED'],
    [json({ ErrorNumber: 500, Type: 'secret error', Message: 'An error occurred' }, 500), 'XERO_UNAVAILABLE'],
    [{ status: 502, headers: html, body: '<html>nginx</html>' }, 'XERO_UNAVAILABLE'],
    [{ status: 503, headers: html, body: '<html>offline</html>' }, 'XERO_UNAVAILABLE'],
    [{ status: 503, headers: { ...plain, 'content-encoding': 'gzip' }, body: 'cut' }, 'XERO_UNAVAILABLE'],
  ])('%j is %s', async (answer, code) => {
    expect(await errorOf(answer)).toMatchObject({ code });
  });

  test.each([
    ['The Organisation is offline', 'ORGANISATION_OFFLINE', 300_000],
    ['The Xero API is currently offline for maintenance', 'XERO_OFFLINE', 300_000],
    ['The Xero API is temporarily unavailable', 'XERO_OFFLINE', 60_000],
  ])('503 "%s" waits', async (body, code, waitMs) => {
    expect(await errorOf({ status: 503, headers: plain, body })).toMatchObject({
      code,
      untilAt: now + waitMs,
    });
  });

  test('names the Type of a refusal and never its text', async () => {
    const refusal = json({ ErrorNumber: 10, Type: 'HighVolumeException', Message: 'secret' }, 400);
    expect(await errorOf(refusal)).toMatchObject({
      details: { what: 'Invoices', problem: '400 HighVolumeException' },
    });
  });

  test('of the network passes through as it is', async () => {
    const error = new RetryError('NETWORK', { problem: 'reset' });
    expect(await errorOf(error)).toBe(error);
  });
});

describe('a 429', () => {
  const refusal = (problem?: string, retryAfter?: string) => ({
    status: 429,
    headers: {
      ...(problem === undefined ? {} : { 'x-rate-limit-problem': problem }),
      ...(retryAfter === undefined ? {} : { 'retry-after': retryAfter }),
    },
  });
  const inDate = new Date(now + 45_000).toUTCString();
  test.each([
    ['minute', '12', 'XERO_MINUTE_LIMIT', 12_000],
    ['Minute limit', undefined, 'XERO_MINUTE_LIMIT', 60_000],
    ['minute', '0', 'XERO_MINUTE_LIMIT', 60_000],
    ['minute', '-5', 'XERO_MINUTE_LIMIT', 60_000],
    ['minute', 'soon', 'XERO_MINUTE_LIMIT', 60_000],
    ['minute', inDate, 'XERO_MINUTE_LIMIT', 45_000],
    ['minute', '99999999999', 'XERO_MINUTE_LIMIT', 3_600_000],
    ['day', '66975', 'XERO_DAY_LIMIT', 66_975_000],
    ['DayLimit', undefined, 'XERO_DAY_LIMIT', 3_600_000],
    ['daily', '9999999', 'XERO_DAY_LIMIT', 90_000_000],
    ['appminute', '7', 'XERO_APP_LIMIT', 7_000],
    ['something new', '20', 'XERO_MINUTE_LIMIT', 20_000],
    ['something new', '40000', 'XERO_DAY_LIMIT', 40_000_000],
    [undefined, '20', 'XERO_MINUTE_LIMIT', 20_000],
  ])('for %s with Retry-After %s is %s', async (problem, retryAfter, code, waitMs) => {
    const error = await errorOf(refusal(problem, retryAfter));
    expect(error).toMatchObject({ code, untilAt: now + waitMs });
  });

  test.each([['concurrent'], [undefined], ['something new']])(
    'for %s without Retry-After waits a moment, never none',
    async (problem) => {
      const error = await errorOf(refusal(problem));
      expect(error).toMatchObject({ code: 'XERO_BUSY' });
      expect((error as { untilAt: number }).untilAt - now).toBeGreaterThanOrEqual(250);
      expect((error as { untilAt: number }).untilAt - now).toBeLessThanOrEqual(2_000);
    },
  );
});

describe('connections', () => {
  const one = {
    id: 'c1',
    authEventId: 'e1',
    tenantId: 'o1',
    tenantType: 'ORGANISATION',
    tenantName: 'Kōwhai & Co',
    createdDateUtc: '2026-01-01T00:00:00',
    updatedDateUtc: '2026-01-01T00:00:00',
  };

  test('are listed with the consent that picked them', async () => {
    const network = scriptedNetwork(
      json([one, { ...one, id: 'c2', tenantName: null, tenantType: 'PRACTICE' }]),
    );
    expect(await client(network).connections('t')).toEqual([
      {
        connectionId: 'c1',
        organisationId: 'o1',
        type: 'ORGANISATION',
        name: 'Kōwhai & Co',
        consentEventId: 'e1',
      },
      { connectionId: 'c2', organisationId: 'o1', type: 'PRACTICE', name: '', consentEventId: 'e1' },
    ]);
    expect(network.asked[0]?.request.headers).not.toHaveProperty('xero-tenant-id');
  });

  test.each([['[{"id":1}]'], ['{"secret'], ['{}']])('%s is a broken answer', async (body) => {
    const network = scriptedNetwork({ headers: { 'content-type': 'application/json' }, body });
    const error = await client(network)
      .connections('t')
      .catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'XERO_ANSWER_BROKEN' });
    expect(`${(error as Error).cause}`).not.toMatch(/secret/);
  });

  test('are removed by their id, and a second time quietly', async () => {
    const network = scriptedNetwork({ status: 204 }, { status: 404, body: 'gone' }, { status: 500 });
    await client(network).disconnect('t', 'c1');
    await client(network).disconnect('t', 'c1');
    await expect(client(network).disconnect('t', 'c1')).rejects.toMatchObject({ code: 'XERO_UNAVAILABLE' });
    expect(network.asked[0]?.request).toMatchObject({
      method: 'DELETE',
      url: 'http://127.0.0.1:9/connections/c1',
    });
  });
});

import { beforeEach, describe, expect, test } from 'vitest';
import { type Caller, caller } from './caller.ts';

let user: Caller;
beforeEach(async () => {
  user = await caller();
});
const statusesOf = async (count: number, tenantId = user.tenantIds[0] ?? '') => {
  const statuses: number[] = [];
  for (let call = 0; call < count; call++)
    statuses.push((await user.get('TaxRates', { 'xero-tenant-id': tenantId })).status);
  return statuses;
};

describe('an outage', () => {
  test.each([
    ['maintenance', 'The Xero API is currently offline for maintenance'],
    ['unavailable', 'The Xero API is temporarily unavailable'],
    ['organisation-offline', 'The Organisation is offline'],
  ] as const)('%s is 503 in plain text, and tells what is left [xero-503-texts]', async (kind, text) => {
    user.sandbox.control.fault({ kind });
    const reply = await user.get('TaxRates');
    expect([reply.status, reply.text, reply.headers['content-type']]).toEqual([
      503,
      text,
      'text/plain; charset=utf-8',
    ]);
    expect(reply.headers['x-minlimit-remaining']).toBe('60');
  });

  test.each([
    ['html-500', 500, '<title>500 Internal Server Error</title>'],
    ['html-502', 502, '<center>nginx</center>'],
    ['html-504', 504, '504 Gateway Time-out'],
    ['access-denied-html', 403, '<H1>Access Denied</H1>'],
  ] as const)('%s comes from before Xero, in HTML [xero-front-door-html]', async (kind, status, text) => {
    user.sandbox.control.fault({ kind });
    const reply = await user.get('TaxRates');
    expect([reply.status, reply.headers['content-type']]).toEqual([status, 'text/html']);
    expect(reply.text).toContain(text);
    expect(Object.keys(reply.headers).filter((name) => name.includes('limit'))).toEqual([]);
  });

  test.each([
    ['precondition-412', 412, 'Precondition Failed'],
    ['not-implemented-501', 501, 'Not Implemented'],
  ] as const)('%s is plain text [xero-precondition-and-method]', async (kind, status, text) => {
    user.sandbox.control.fault({ kind });
    const reply = await user.get('TaxRates');
    expect([reply.status, reply.text, reply.headers['content-type']]).toEqual([
      status,
      text,
      'text/plain; charset=utf-8',
    ]);
  });

  test('scope-401 is what a missing scope gives', async () => {
    user.sandbox.control.fault({ kind: 'scope-401' });
    const reply = await user.get('TaxRates');
    expect([reply.status, reply.json.Detail]).toEqual([401, 'AuthorizationUnsuccessful']);
  });

  test('lasts so many calls, or for a span of the clock, of one organisation or of all [xero-outage-lasts]', async () => {
    const { control } = user.sandbox;
    const [first = '', second = ''] = user.tenantIds;
    control.fault({ kind: 'organisation-offline', forMs: 300_000, match: { organisation: second } });
    expect(await statusesOf(2)).toEqual([200, 200]);
    expect(await statusesOf(20, second)).toEqual(Array(20).fill(503));
    expect(control.state().faultsPending).toBe(1);
    user.clock.advance(299_999);
    expect(await statusesOf(1, second)).toEqual([503]);
    user.clock.advance(1);
    expect(await statusesOf(1, second)).toEqual([200]);
    control.fault({ kind: 'maintenance', count: 3 });
    expect([...(await statusesOf(2, first)), ...(await statusesOf(2, second))]).toEqual([503, 503, 503, 200]);
    // Whichever ends first.
    control.fault({ kind: 'maintenance', count: 2, forMs: 1000 });
    expect(await statusesOf(1)).toEqual([503]);
    user.clock.advance(1000);
    expect(await statusesOf(1)).toEqual([200]);
    expect(control.state().faultsPending).toBe(0);
  });
});

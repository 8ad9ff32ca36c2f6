import { describe, expect, it } from 'vitest';
import type { HttpRequest } from '../../server/domain/http-message.ts';
import { UserError } from '../../server/errors.ts';
import type { Xero, XeroRequest } from '../../server/ports.ts';
import { xeroClient } from '../../server/xero/client.ts';
import { everyNeed, realWorlds } from '../engine/steps/pull/real-world.ts';
import { NOON, ORIGIN } from '../sandbox/xero/caller.ts';
import { seededRandom } from '../support/seeded-random.ts';
import { isOpenApiHere, type KnownFault, knownFaults, openApi } from './openapi.ts';

/** Where our requests differ from the published file. Each must still be met. */
const KNOWN: readonly KnownFault[] = [
  {
    pattern: /: If-Modified-Since=\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d data must match format "date-time"$/,
    reason: 'the documentation writes it without a zone, and Xero reads it so (xero-api.md 3.1)',
  },
];

const realWorld = realWorlds();

describe.skipIf(!isOpenApiHere)('every request of our own client', () => {
  it('is one that the published file describes: the whole pull, and one of changes', async () => {
    const world = await realWorld();
    await world.pull(everyNeed());
    world.sandbox.control.change({ organisation: world.organisationId, fraction: 0.01, seed: 7 });
    await world.pull(everyNeed());

    const requests = await resend(world.calls);
    const file = openApi('xero_accounting.yaml');
    const known = knownFaults(KNOWN);
    const faults = requests.flatMap((request) => file.requestFaults(request, '/api.xro/2.0'));
    expect([...new Set(known.without(faults))]).toEqual([]);
    expect(known.neverMet()).toEqual([]);
    expect(new Set(requests.map(({ url }) => new URL(url).pathname)).size).toBeGreaterThan(5);
  });

  it('is in the file of identity too: the connections, and the end of one', async () => {
    const asked: HttpRequest[] = [];
    const client = silentClient(asked);
    await expect(client.connections('a-token')).rejects.toThrow(UserError);
    await client.disconnect('a-token', '7d1f3c52-6b0e-4f2a-9a31-2c8f0f5f1a01');
    const file = openApi('xero-identity.yaml');
    expect(asked.map(({ method, url }) => `${method} ${new URL(url).pathname.split('/')[1]}`)).toEqual([
      'GET connections',
      'DELETE connections',
    ]);
    expect(asked.flatMap((request) => file.requestFaults(request, ''))).toEqual([]);
    const [, ended] = asked as [HttpRequest, HttpRequest];
    expect(file.requestFaults({ ...ended, url: `${ORIGIN}/connections/x` }, '')[0]).toContain('uuid');
  });

  it('would not pass with a misspelt parameter, a wrong value, no organisation or a path of nothing', () => {
    const file = openApi('xero_accounting.yaml');
    const headers = { authorization: 'Bearer x', accept: 'application/json', 'xero-tenant-id': 't' };
    const faultsOf = (path: string, given: Record<string, string> = headers) =>
      file.requestFaults(
        { method: 'GET', url: `${ORIGIN}/api.xro/2.0/${path}`, headers: given },
        '/api.xro/2.0',
      );
    expect(faultsOf('Invoices?page=1&pageSize=1000&unitdp=4')).toEqual([]);
    expect(faultsOf('Invoices?page_size=1000')).toEqual(['getInvoices: the file has no parameter page_size']);
    expect(faultsOf('Invoices?page=one')).toEqual(['getInvoices: page=one data must be integer']);
    expect(faultsOf('Invoices', { authorization: 'Bearer x', accept: 'application/json' })).toEqual([
      'getInvoices: xero-tenant-id is missing',
    ]);
    expect(faultsOf('Invoices/INV-1')[0]).toContain('must match format "uuid"');
    expect(faultsOf('Nothing')).toEqual(['GET /Nothing is not in the file']);
    expect(faultsOf('Reports/AgedPayablesByContact')).toEqual([
      'getReportAgedPayablesByContact: contactId is missing',
    ]);
  });
});

/** The same calls through our client once more, to see what they are on the wire. */
async function resend(calls: readonly XeroRequest[]): Promise<HttpRequest[]> {
  const asked: HttpRequest[] = [];
  const client = silentClient(asked);
  const token = { accessToken: 'a-token', organisationId: 'an-organisation' };
  for (const call of calls)
    await expect(client.read(token, call, () => undefined)).rejects.toThrow(UserError);
  return asked;
}

/** Our client on a network where nothing is found. */
function silentClient(asked: HttpRequest[]): Xero {
  const network = {
    async request(request: HttpRequest) {
      asked.push(request);
      return { status: 404, headers: { 'content-type': 'text/plain' }, body: new Uint8Array() };
    },
  };
  const clock = { now: () => NOON, sleep: async () => undefined };
  return xeroClient({ network, clock, random: seededRandom(1) }, { apiOrigin: ORIGIN });
}

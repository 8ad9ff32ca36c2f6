/** Resident memory of the sandbox as a process with a large organisation, while five readers page through its long lists. */
import { type IncomingMessage, request } from 'node:http';
import { watchMemory } from '../../server/demo/resident-memory.ts';
import { startSandbox } from '../../server/demo/world.ts';
import type { HttpRequest, HttpResponse } from '../../server/domain/http-message.ts';
import { sandboxClock } from '../../server/sandbox/clock.ts';
import { SCOPE_WORDS } from '../../server/sandbox/xero/oauth/scopes.ts';
import { createXeroSandbox, type XeroSandbox } from '../../server/sandbox/xero/xero-sandbox.ts';
import { consent, ORIGIN, REDIRECT, token } from '../sandbox/xero/caller.ts';
import { type Bench, rounded } from './bench.ts';

/** What it may take (issue 3). */
const mostMb = 300;
const [seed, pages, readers] = [1, 76, 5];
const lists = { Invoices: 'InvoiceID', BankTransactions: 'BankTransactionID', Payments: 'PaymentID' };

export const sandboxMemoryBench: Bench = {
  name: 'sandbox-memory',
  async run() {
    const { process, xero } = await startSandbox({ size: 'large', seed, hasNoLimits: true });
    try {
      const headers = await allowed(xero.origin);
      const memory = watchMemory(process.pid);
      const paths = Array.from({ length: pages }, (_, at) =>
        Object.entries(lists).map(
          ([path, id]) =>
            `${xero.origin}/api.xro/2.0/${path}?page=${at + 1}&pageSize=1000&unitdp=4&order=${id}%20ASC`,
        ),
      ).flat();
      const asked = paths.length;
      const reader = async (): Promise<void> => {
        for (let url = paths.shift(); url !== undefined; url = paths.shift()) await readThrough(url, headers);
      };
      await Promise.all(Array.from({ length: readers }, reader));
      memory.stop();
      return [
        {
          bench: 'sandbox-memory',
          value: rounded(memory.peakMb(), 0),
          unit: `MB resident at the peak, large organisation, ${asked} pages of 1,000, ${readers} at a time`,
          versus: `${mostMb} MB`,
          ratio: rounded(memory.peakMb() / mostMb),
          goal: { atMost: 1 },
        },
      ];
    } finally {
      await process.stop();
    }
  },
};

/** Headers of calls for the first organisation. Its people and ids are those of any sandbox of this seed. */
async function allowed(origin: string): Promise<Record<string, string>> {
  const clock = sandboxClock(() => Date.now());
  const twin = createXeroSandbox({ seed, size: 'small', clock, rateLimits: false });
  const sandbox: XeroSandbox = { ...twin, handle: (asked) => overNetwork(origin, asked) };
  const organisations = twin.organisations.map(({ tenantId }) => tenantId);
  const code = await consent(sandbox, { scope: [...SCOPE_WORDS.keys()].join(' '), organisations });
  const form = { grant_type: 'authorization_code', code, redirect_uri: REDIRECT };
  const { json } = await token(sandbox, form);
  return {
    authorization: `Bearer ${json.access_token}`,
    accept: 'application/json',
    'accept-encoding': 'gzip',
    'xero-tenant-id': organisations[0] ?? '',
  };
}

async function overNetwork(
  origin: string,
  { method, url, headers, body }: HttpRequest,
): Promise<HttpResponse> {
  const reply = await fetch(url.replace(ORIGIN, origin), {
    method,
    headers: { ...headers, 'accept-encoding': 'identity' },
    redirect: 'manual',
    ...(body === undefined ? {} : { body: Buffer.from(body) }),
  });
  return {
    status: reply.status,
    headers: Object.fromEntries(reply.headers),
    body: new Uint8Array(await reply.arrayBuffer()),
  };
}

/** As bytes, to the end: what they say is not looked at. */
const readThrough = (url: string, headers: Record<string, string>): Promise<void> =>
  new Promise((resolve, reject) => {
    const take = (answer: IncomingMessage): void => {
      if (answer.statusCode !== 200) reject(new Error(`${url} answered ${answer.statusCode}`));
      answer.resume().on('end', resolve).on('error', reject);
    };
    request(url, { headers }, take).on('error', reject).end();
  });

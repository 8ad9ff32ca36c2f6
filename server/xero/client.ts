/** The wire to Xero: one exchange per call, bytes checked before anyone sees them. Nothing here repeats, paces or holds a token. */
import { z } from 'zod';
import { longestCallMs } from '../domain/budget.ts';
import { giveBack } from '../domain/give-back.ts';
import type { HttpRequest, HttpResponse } from '../domain/http-message.ts';
import { RetryError } from '../errors.ts';
import type { Ports, Xero, XeroRequest } from '../ports.ts';
import { decodeBody } from './decode-body.ts';
import { failureError } from './failure-error.ts';
import { limitError, remainingOf } from './limits.ts';
import { readFailure } from './read-failure.ts';

export interface XeroClientConfig {
  /** `https://api.xero.com`, or a sandbox's origin. */
  apiOrigin: string;
  /** Ceiling of one decoded answer; 64 MB unless told. */
  maxDecodedBytes?: number;
}

/** Own and thin rather than xero-node: its errors carry the Bearer header and it decodes by itself (reliability-security.md N1, N3). */
export function xeroClient(
  ports: Pick<Ports, 'network' | 'clock' | 'random'>,
  { apiOrigin, maxDecodedBytes = 64_000_000 }: XeroClientConfig,
): Xero {
  const send = (request: Omit<HttpRequest, 'url'>, path: string): Promise<HttpResponse> =>
    ports.network.request(
      { ...request, url: `${apiOrigin.replace(/\/$/, '')}/${path}` },
      { timeoutMs: longestCallMs, maxBytes: maxDecodedBytes },
    );

  const errorOf = async (response: HttpResponse, what: string) => {
    const now = ports.clock.now();
    if (response.status === 429) return limitError(response, now, jitterMs(ports.random));
    return failureError(await readFailure(response), what, now);
  };

  const jsonBody = async (response: HttpResponse, what: string): Promise<Uint8Array> => {
    if (response.status !== 200) throw await errorOf(response, what);
    const contentType = response.headers['content-type'] ?? 'no content type';
    if (!/^application\/json\b/i.test(contentType)) throw broken('it is not JSON');
    const body = await decodeBody(response, maxDecodedBytes);
    if (body.byteLength === 0) throw broken('it is empty');
    return body;
  };

  return {
    async read({ accessToken, organisationId }, request, onRemaining) {
      const path = `api.xro/2.0/${pathOf(request)}`;
      const headers = {
        ...headersOf(accessToken),
        'xero-tenant-id': organisationId,
        ...(request.modifiedSince === undefined
          ? {}
          : { 'if-modified-since': toSeconds(request.modifiedSince) }),
      };
      const response = await send({ method: 'GET', headers }, path);
      onRemaining(remainingOf(response));
      const body = await jsonBody(response, whatOf(request));
      const answer = { body, wireBytes: response.body.byteLength };
      // What was not packed is not ours alone.
      return body === response.body ? answer : { ...answer, release: () => giveBack(body) };
    },

    async connections(accessToken) {
      const response = await send({ method: 'GET', headers: headersOf(accessToken) }, 'connections');
      const text = new TextDecoder().decode(await jsonBody(response, 'connections'));
      return parseConnections(text).map(({ id, tenantId, tenantType, tenantName, authEventId }) => ({
        connectionId: id,
        organisationId: tenantId,
        type: tenantType,
        name: tenantName ?? '',
        consentEventId: authEventId ?? '',
      }));
    },

    async disconnect(accessToken, connectionId) {
      const path = `connections/${encodeURIComponent(connectionId)}`;
      const response = await send({ method: 'DELETE', headers: headersOf(accessToken) }, path);
      if (response.status === 204 || response.status === 200 || response.status === 404) return;
      throw await errorOf(response, 'connections');
    },
  };
}

/** Without Accept the answer is XML (xero-api.md section 3). */
const headersOf = (accessToken: string): Record<string, string> => ({
  authorization: `Bearer ${accessToken}`,
  accept: 'application/json',
  'accept-encoding': 'gzip',
  'user-agent': 'Foliokeep',
});

/** Percent-encoded throughout: `+` for a space is left to others. Paths are of our own making, so an odd one is a bug. */
function pathOf({ path, query }: XeroRequest): string {
  if (!/^[A-Za-z0-9-]+(\/[A-Za-z0-9-]+)*$/.test(path)) throw new TypeError('not a path under api.xro/2.0');
  const pairs = Object.entries(query).map(
    ([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`,
  );
  return pairs.length === 0 ? path : `${path}?${pairs.join('&')}`;
}

/** The endpoint by name, never the id after it. */
const whatOf = ({ path }: XeroRequest): string => path.replace(/^Reports\//, '').split('/')[0] ?? path;

/** UTC `yyyy-MM-ddTHH:mm:ss`: second precision, inclusive (xero-api.md section 3.1). */
const toSeconds = (instant: string): string => new Date(Date.parse(instant)).toISOString().slice(0, 19);

const connectionsSchema = z.array(
  z.object({
    id: z.string().min(1),
    tenantId: z.string().min(1),
    tenantType: z.string(),
    tenantName: z.string().nullish(),
    authEventId: z.string().nullish(),
  }),
);

function parseConnections(text: string): z.infer<typeof connectionsSchema> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // The parser's message quotes the body: it is not passed on.
    throw broken('it is not JSON');
  }
  const parsed = connectionsSchema.safeParse(value);
  if (!parsed.success) throw broken('it is not a list of connections');
  return parsed.data;
}

const jitterMs = (random: Ports['random']): number => {
  const [high = 0, low = 0] = random.bytes(2);
  return Math.round(((high * 256 + low) / 65_536) * 1_750);
};

const broken = (problem: string) => new RetryError('XERO_ANSWER_BROKEN', { problem });

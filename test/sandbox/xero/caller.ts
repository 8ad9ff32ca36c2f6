/** A consenting user of an in-process sandbox, for the tests beside this file. */
import { gunzipSync } from 'node:zlib';
import type { HttpRequest, HttpResponse } from '../../../server/domain/http-message.ts';
import { type SandboxClock, sandboxClock } from '../../../server/sandbox/clock.ts';
import { SCOPE_WORDS } from '../../../server/sandbox/xero/oauth/scopes.ts';
import {
  createXeroSandbox,
  type XeroSandbox,
  type XeroSandboxOptions,
} from '../../../server/sandbox/xero/xero-sandbox.ts';

export const ORIGIN = 'http://127.0.0.1:1';
export const REDIRECT = 'http://localhost:8080/callback';
export const NOON = Date.UTC(2026, 10, 20, 0, 30, 0);

export interface Reply {
  status: number;
  headers: Record<string, string>;
  text: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests read answers of every shape
  json: any;
}

export interface Tokens {
  access_token: string;
  refresh_token: string;
  id_token: string;
  expires_in: number;
}

export interface Caller {
  sandbox: XeroSandbox;
  clock: SandboxClock;
  tokens: Tokens;
  tenantIds: string[];
  /** Of the Accounting API, for the first organisation unless told otherwise. */
  get(path: string, headers?: Record<string, string>): Promise<Reply>;
  send(request: Partial<HttpRequest> & { path: string }): Promise<Reply>;
}

/** A clock that stands still until moved. */
export const stillClock = (at = NOON): SandboxClock => sandboxClock(() => at);

export async function caller(
  options: Partial<XeroSandboxOptions> = {},
  scopes: string[] = [...SCOPE_WORDS.keys()],
): Promise<Caller> {
  const clock = options.clock ?? stillClock();
  const sandbox = createXeroSandbox({ seed: 1, size: 'small', clock, rateLimits: false, ...options });
  const tenantIds = sandbox.organisations.map(({ tenantId }) => tenantId);
  const code = await consent(sandbox, { scope: scopes.join(' '), organisations: tenantIds });
  const tokens = (await token(sandbox, { grant_type: 'authorization_code', code, redirect_uri: REDIRECT }))
    .json;
  const send: Caller['send'] = async ({ path, ...request }) =>
    read(await sandbox.handle({ method: 'GET', url: `${ORIGIN}${path}`, headers: {}, ...request }));
  return {
    sandbox,
    clock,
    tokens,
    tenantIds,
    send,
    get: (path, headers = {}) =>
      send({
        path: `/api.xro/2.0/${path}`,
        headers: {
          authorization: `Bearer ${tokens.access_token}`,
          accept: 'application/json',
          'xero-tenant-id': tenantIds[0] ?? '',
          ...headers,
        },
      }),
  };
}

export function authorizePath(sandbox: XeroSandbox, over: Record<string, string> = {}): string {
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: sandbox.clients[0]?.clientId ?? '',
    redirect_uri: REDIRECT,
    scope: 'openid offline_access accounting.settings.read',
    state: 'the state',
    ...over,
  });
  return `/identity/connect/authorize?${query}`;
}

/** Presses Allow; answers where the browser is sent, or the page shown instead. */
export async function allow(
  sandbox: XeroSandbox,
  path: string,
  form: { organisations: string[]; user?: string; decision?: string },
): Promise<{ reply: Reply; location: URL | null }> {
  const body = new URLSearchParams({
    decision: form.decision ?? 'allow',
    user: form.user ?? sandbox.users[0]?.id ?? '',
  });
  for (const id of form.organisations) body.append('organisation', id);
  const reply = read(
    await sandbox.handle({ method: 'POST', url: `${ORIGIN}${path}`, headers: {}, body: body.toString() }),
  );
  return { reply, location: reply.headers['location'] ? new URL(reply.headers['location']) : null };
}

export async function consent(
  sandbox: XeroSandbox,
  {
    organisations,
    user,
    ...over
  }: { organisations: string[]; user?: string } & Record<string, string | string[]>,
): Promise<string> {
  const path = authorizePath(sandbox, over as Record<string, string>);
  const { location } = await allow(sandbox, path, { organisations, ...(user === undefined ? {} : { user }) });
  return location?.searchParams.get('code') ?? '';
}

export function basic(sandbox: XeroSandbox): string {
  const [client] = sandbox.clients;
  return `Basic ${Buffer.from(`${client?.clientId}:${client?.clientSecret}`).toString('base64')}`;
}

export async function token(
  sandbox: XeroSandbox,
  form: Record<string, string>,
  headers: Record<string, string> = { authorization: basic(sandbox) },
  path = '/connect/token',
): Promise<Reply> {
  const body = new URLSearchParams(form).toString();
  return read(await sandbox.handle({ method: 'POST', url: `${ORIGIN}${path}`, headers, body }));
}

export function read({ status, headers, body }: HttpResponse): Reply {
  const text = Buffer.from(headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body).toString('utf8');
  return {
    status,
    headers,
    text,
    get json() {
      return JSON.parse(text);
    },
  };
}

/** The same answer with every number as the text it came as. */
export const exactJson = ({ text }: Reply) =>
  JSON.parse(text.replace(/": (-?\d[\d.]*)(?=,?\r\n)/g, '": "$1"'));

/** The person's consent in their own browser: a page of this machine takes the answer and gives it to the probe. */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerOf } from './caller.ts';
import type { Person } from './person.ts';
import { type Answer, ProbeError } from './probe.ts';
import type { Registration } from './settings.ts';

export interface ConsentWish extends Registration {
  /** 'xero' or 'google', in the redirect's path as the server has it. */
  provider: string;
  port: number;
  authorizeUrl: string;
  tokenUrl: string;
  scope: string;
  /** More parameters of the authorize page. */
  extra?: Record<string, string>;
}

export interface Redirected {
  query: URLSearchParams;
  redirectUri: string;
}

/** Opens nothing by itself: it says the address, and waits for the browser to come back. The query is checked for its state. */
export async function askConsent(person: Person, wish: ConsentWish, why: string): Promise<Redirected> {
  const path = `/oauth/${wish.provider}/callback`;
  const state = randomBytes(24).toString('base64url');
  const server = createServer();
  server.listen(wish.port, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch {
    throw new ProbeError(`Port ${wish.port} of this machine is taken. Stop the server, or set PORT.`);
  }
  const { port } = server.address() as AddressInfo;
  const redirectUri = `http://localhost:${port}${path}`;
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: wish.clientId,
    redirect_uri: redirectUri,
    scope: wish.scope,
    state,
    ...wish.extra,
  });
  try {
    person.say(`\n${why} Open this address in your browser:\n\n${wish.authorizeUrl}?${query}\n`);
    return { query: await comingBack(server, path, state), redirectUri };
  } finally {
    server.close();
    server.closeAllConnections();
  }
}

/** Other paths are 404, and another state is told apart from ours: the wait goes on. */
function comingBack(
  server: ReturnType<typeof createServer>,
  path: string,
  state: string,
): Promise<URLSearchParams> {
  return new Promise((resolve) => {
    server.on('request', (request, response) => {
      const url = new URL(request.url ?? '/', 'http://localhost');
      const isOurs = url.pathname === path && url.searchParams.get('state') === state;
      response.writeHead(isOurs ? 200 : 404, {
        'content-type': 'text/plain; charset=utf-8',
        'cache-control': 'no-store',
        'referrer-policy': 'no-referrer',
        connection: 'close',
      });
      response.end(isOurs ? 'The probe has what it needs. You can close this tab.' : 'Not this page.', () => {
        if (isOurs) resolve(url.searchParams);
      });
    });
  });
}

/** A form to a token endpoint with the secret in a Basic header. */
export async function askTokens(
  { tokenUrl, clientId, clientSecret }: Pick<ConsentWish, 'tokenUrl' | 'clientId' | 'clientSecret'>,
  form: Record<string, string>,
): Promise<Omit<Answer, 'tookMs'>> {
  const secret = Buffer.from(`${encodeURIComponent(clientId)}:${encodeURIComponent(clientSecret)}`);
  const response = await fetch(tokenUrl, {
    method: 'POST',
    headers: { authorization: `Basic ${secret.toString('base64')}`, accept: 'application/json' },
    body: new URLSearchParams(form),
    signal: AbortSignal.timeout(60_000),
  });
  return answerOf(response.status, Object.fromEntries(response.headers), await response.text());
}

/** Consent and the exchange of its code. ProbeError where the person refused or the code was not taken. */
export async function consentedTokens(
  person: Person,
  wish: ConsentWish,
  why: string,
): Promise<Answer['json']> {
  const { query, redirectUri } = await askConsent(person, wish, why);
  const code = query.get('code');
  if (code === null) throw new ProbeError(`Consent was not given: ${query.get('error') ?? 'no reason'}.`);
  const form = { grant_type: 'authorization_code', code, redirect_uri: redirectUri };
  const answer = await askTokens(wish, form);
  if (answer.status !== 200) {
    throw new ProbeError(
      `The code was not exchanged: ${answer.status} ${String(answer.json['error'] ?? '')}.`,
    );
  }
  return answer.json;
}

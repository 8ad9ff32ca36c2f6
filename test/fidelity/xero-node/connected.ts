/** A real xero-node client that a person of a served sandbox has connected, and the requests that it sent. */
import { createRequire } from 'node:module';
import { XeroClient } from 'xero-node';
import type { HttpRequest } from '../../../server/domain/http-message.ts';
import type { SandboxClock } from '../../../server/sandbox/clock.ts';
import { serveSandbox } from '../../../server/sandbox/serve.ts';
import { SCOPE_WORDS } from '../../../server/sandbox/xero/oauth/scopes.ts';
import { createXeroSandbox, type XeroSandbox } from '../../../server/sandbox/xero/xero-sandbox.ts';

/** The SDK's own OAuth library: a client made by another version would not be accepted. */
const { Issuer } = createRequire(createRequire(import.meta.url).resolve('xero-node'))('openid-client');
const REDIRECT = 'http://localhost:8080/callback';

export interface Connected extends AsyncDisposable {
  xero: XeroClient;
  /** Another client that the same person connects to the same sandbox. */
  connectAgain(): Promise<XeroClient>;
  sandbox: XeroSandbox;
  /** Every request that reached the Accounting API, oldest first. */
  asked: HttpRequest[];
  /** The parsed answer to a request sent again in process, with the client's own token. */
  again(request: HttpRequest): Promise<Record<string, unknown>>;
}

export async function connected(clock: SandboxClock): Promise<Connected> {
  const sandbox = createXeroSandbox({ seed: 3, size: 'small', clock, rateLimits: false });
  const asked: HttpRequest[] = [];
  const served = await serveSandbox(async (request) => {
    if (new URL(request.url).pathname.startsWith('/api.xro/')) asked.push(request);
    return sandbox.respond(request);
  });
  const connect = () => connectedTo(sandbox, served.origin);
  return {
    xero: await connect(),
    connectAgain: connect,
    sandbox,
    asked,
    async again(request) {
      const headers = { ...request.headers };
      delete headers['accept-encoding'];
      const { body: bytes } = await sandbox.handle({ ...request, headers });
      return JSON.parse(Buffer.from(bytes).toString()) as Record<string, unknown>;
    },
    [Symbol.asyncDispose]: () => served.close(),
  };
}

/** Through the SDK's consent address, the consent page's form and the SDK's own exchange of the code. */
async function connectedTo(sandbox: XeroSandbox, origin: string): Promise<XeroClient> {
  const [client] = sandbox.clients;
  const config = { clientId: client?.clientId ?? '', clientSecret: client?.clientSecret ?? '' };
  const scopes = [...SCOPE_WORDS.keys()].filter((scope) => !/^(files|assets|projects)/.test(scope));
  const xero = new XeroClient({ ...config, redirectUris: [REDIRECT], scopes, state: 'mine' });
  const issuer = await Issuer.discover(origin);
  // `initialize()` would ask identity.xero.com (toolchain.md section 6).
  (xero as unknown as { openIdClient: unknown }).openIdClient = new issuer.Client({
    client_id: config.clientId,
    client_secret: config.clientSecret,
    redirect_uris: [REDIRECT],
  });
  xero.accountingApi.basePath = `${origin}/api.xro/2.0`;
  const body = new URLSearchParams({ decision: 'allow', user: sandbox.users[0]?.id ?? '' });
  for (const { tenantId } of sandbox.organisations) body.append('organisation', tenantId);
  const answer = await fetch(await xero.buildConsentUrl(), { method: 'POST', body, redirect: 'manual' });
  await xero.apiCallback(answer.headers.get('location') ?? '');
  return xero;
}

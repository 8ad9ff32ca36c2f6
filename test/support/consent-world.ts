/** Consents through the real adapters and both sandboxes, all in process and on one virtual clock. */
import type { HttpResponse } from '../../server/domain/http-message.ts';
import type { Actor } from '../../server/domain/team.ts';
import { sqliteStore } from '../../server/embedded/sqlite-store.ts';
import { googleTokens } from '../../server/engine/access/access-token.ts';
import { xeroReader } from '../../server/engine/access/xero-reader.ts';
import { googleOpenId } from '../../server/google/oauth.ts';
import type { Network, Ports } from '../../server/ports.ts';
import { sandboxClock } from '../../server/sandbox/clock.ts';
import {
  createGoogleSandbox,
  type GoogleSandbox,
} from '../../server/sandbox/google/create-google-sandbox.ts';
import { DEFAULT_CLIENT_ID, DEFAULT_CLIENT_SECRET } from '../../server/sandbox/google/seeded-people.ts';
import { DEFAULT_CLIENT } from '../../server/sandbox/xero/oauth/registration.ts';
import { createXeroSandbox, type XeroSandbox } from '../../server/sandbox/xero/xero-sandbox.ts';
import { beginConsent, type ConsentWish } from '../../server/use-cases/begin-consent.ts';
import { type ConsentOutcome, finishConsent } from '../../server/use-cases/finish-consent.ts';
import { signIn } from '../../server/use-cases/sign-in.ts';
import { openIdProvider } from '../../server/wrappers/openid-provider.ts';
import { withSchemas } from '../../server/wrappers/with-schemas.ts';
import { xeroClient } from '../../server/xero/client.ts';
import { xeroOpenId } from '../../server/xero/oauth.ts';
import { openKeys } from './access-world.ts';
import { recordingLog } from './recording-log.ts';
import { sandboxNetwork } from './sandbox-network.ts';
import { seededIds, seededRandom } from './seeded-random.ts';
import { type VirtualClock, virtualClock } from './virtual-clock.ts';

export interface ConsentWorld {
  ports: Pick<
    Ports,
    | 'store'
    | 'clock'
    | 'log'
    | 'random'
    | 'ids'
    | 'keys'
    | 'network'
    | 'xero'
    | 'xeroReader'
    | 'xeroOAuth'
    | 'googleOAuth'
    | 'googleTokens'
  >;
  clock: VirtualClock;
  log: ReturnType<typeof recordingLog>;
  xero: XeroSandbox;
  google: GoogleSandbox;
  /** Everything that was asked of Xero. */
  asked: ReturnType<typeof sandboxNetwork>['asked'];
  /** A person with a team of their own. */
  actor(subject?: string): Promise<Actor>;
  /** Begins, answers Xero's page and comes home. */
  connect(actor: Actor, choice?: XeroChoice): Promise<ConsentOutcome>;
  close(): void;
}

export interface XeroChoice {
  /** Numbers of the sandbox's organisations; the first unless said. */
  organisations?: number[];
  /** 0 or 1. */
  user?: number;
  decision?: 'allow' | 'cancel';
  wish?: Partial<ConsentWish>;
  /** Takes scopes away from the request, as a person or an older app would. */
  withoutScope?: string;
}

const origin = 'http://127.0.0.1:9';
export const sessionId = 'browser-1';
export const returnTo = '/connections';

export const consentWorld = (seed = 7): ConsentWorld => {
  const clock = virtualClock();
  const xero = createXeroSandbox({ seed, size: 'small', clock: sandboxClock(clock.now) });
  const google = createGoogleSandbox({ seed, clock: sandboxClock(clock.now) });
  const [toXero, toGoogle] = [sandboxNetwork(xero), sandboxNetwork(google)];
  const store = sqliteStore(':memory:');
  const log = recordingLog();
  const random = seededRandom(seed);
  const base = { store: withSchemas(store), clock, log, random, ids: seededIds(clock, seed), keys: openKeys };
  const oauth = {
    ...base,
    xeroOAuth: openIdProvider(
      { network: toXero, clock },
      xeroOpenId({
        loginUrl: origin,
        identityUrl: origin,
        clientId: DEFAULT_CLIENT.clientId,
        clientSecret: DEFAULT_CLIENT.clientSecret,
        redirectUri: 'http://localhost:7/oauth/xero/callback',
      }),
    ),
    googleOAuth: openIdProvider(
      { network: toGoogle, clock },
      googleOpenId({
        issuer: 'https://accounts.google.com',
        authUrl: `${origin}/o/oauth2/v2/auth`,
        tokenUrl: `${origin}/token`,
        revokeUrl: `${origin}/revoke`,
        certsUrl: `${origin}/oauth2/v3/certs`,
        clientId: DEFAULT_CLIENT_ID,
        clientSecret: DEFAULT_CLIENT_SECRET,
        redirectUri: 'http://localhost:7/oauth/google/callback',
      }),
    ),
    network: toXero as Network,
    xero: xeroClient({ network: toXero, clock, random }, { apiOrigin: origin }),
  };
  const ports = { ...oauth, googleTokens: googleTokens(oauth), xeroReader: xeroReader(oauth) };

  return {
    ports,
    clock,
    log,
    xero,
    google,
    asked: toXero.asked,
    async actor(subject = '108') {
      const person = { subject, email: `${subject}@example.com`, name: `Person ${subject}` };
      const { userId, teamId } = await signIn(ports, person);
      return { userId, teamId, role: 'owner' };
    },
    async connect(actor, choice = {}) {
      const wish = {
        provider: 'xero' as const,
        purpose: 'connect' as const,
        sessionId,
        returnTo,
        ...choice.wish,
      };
      const { url } = await beginConsent(ports, actor, wish);
      const home = await answerXero(xero, url, choice);
      return finishConsent(ports, actor, { sessionId, ...home });
    },
    close: () => store.close(),
  };
};

export interface Home {
  provider: 'google' | 'xero';
  state: string;
  code?: string;
  error?: string;
}

/** Posts the form of Xero's consent page and reads where it sends the browser. */
export async function answerXero(xero: XeroSandbox, url: string, choice: XeroChoice = {}): Promise<Home> {
  const address = new URL(url);
  const { withoutScope, organisations = [0], user = 0, decision = 'allow' } = choice;
  const scopes = (address.searchParams.get('scope') ?? '')
    .split(' ')
    .filter((scope) => scope !== withoutScope);
  address.searchParams.set('scope', scopes.join(' '));
  const form = new URLSearchParams({ decision, user: xero.users[user]?.id ?? '' });
  for (const number of organisations) form.append('organisation', xero.organisations[number]?.tenantId ?? '');
  return homeFrom('xero', await post(xero, address.href, form));
}

export async function answerGoogle(
  google: GoogleSandbox,
  url: string,
  choice: { account: string; granted?: string[]; decision?: string },
): Promise<Home> {
  const form = new URLSearchParams({ decision: choice.decision ?? 'allow', account: choice.account });
  for (const scope of choice.granted ?? ['https://www.googleapis.com/auth/drive.file'])
    form.append('granted', scope);
  const query = new URL(url).searchParams;
  for (const [name, value] of query) form.append(name, value);
  return homeFrom('google', await post(google, url, form));
}

const post = (sandbox: Pick<XeroSandbox, 'handle'>, url: string, form: URLSearchParams) =>
  sandbox.handle({
    method: 'POST',
    url,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: form.toString(),
  });

function homeFrom(provider: Home['provider'], { status, headers, body }: HttpResponse): Home {
  const location = headers['location'];
  if (location === undefined)
    throw new Error(`no way home: ${status} ${new TextDecoder().decode(body).slice(0, 300)}`);
  const query = new URL(location).searchParams;
  const [code, error] = [query.get('code'), query.get('error')];
  return {
    provider,
    state: query.get('state') ?? '',
    ...(code === null ? {} : { code }),
    ...(error === null ? {} : { error }),
  };
}

/** What a probe of Xero can ask: reads of one organisation, and the tokens of a consent that is the probe's own. */
import type { Caller } from './caller.ts';
import { askConsent, askTokens, consentedTokens } from './consent.ts';
import type { Person } from './person.ts';
import { type Answer, ProbeError } from './probe.ts';
import type { ProbeSettings } from './settings.ts';

export interface XeroGet {
  /** Stands in the report in place of the path. */
  as?: string;
  headers?: Record<string, string>;
}

export interface XeroAsker {
  person: Person;
  /** `path` under the Accounting API, with its query. Only GET exists here: nothing can be written. */
  get(path: string, options?: XeroGet): Promise<Answer>;
  /** A GET that carries a body. */
  getWithBody(path: string, body: string): Promise<Answer>;
  /** Under the identity host, without a token. */
  identity(path: string): Promise<Answer>;
  /** Claims of the access token, as they are. */
  claims(): Record<string, unknown>;
  /** Those of the id token. */
  idClaims(): Record<string, unknown>;
  scopes(): ReadonlySet<string>;
  /** Refreshes with a token; the newest tokens are used from then on. */
  refresh(refreshToken: string): Promise<Omit<Answer, 'tookMs'>>;
  refreshToken(): string;
  /** Another consent page; answers the query that the browser came back with. */
  consentAgain(why: string): Promise<URLSearchParams>;
}

/** Least scopes; executivesummary and budgets are left out so that a missing scope can be looked at. */
const SCOPES = [
  'openid profile email offline_access accounting.settings.read accounting.contacts.read accounting.invoices.read',
  'accounting.payments.read accounting.banktransactions.read accounting.manualjournals.read',
  'accounting.reports.profitandloss.read accounting.reports.trialbalance.read accounting.reports.aged.read',
  'accounting.reports.balancesheet.read accounting.reports.banksummary.read',
].join(' ');

interface Organisation {
  tenantId: string;
  tenantName: string;
}

export interface XeroDoor {
  asker: XeroAsker;
  /** What must not be in a report: tokens, ids and names. */
  secrets(): string[];
}

/** Asks the person for consent and for an organisation. */
export async function openXero(
  settings: NonNullable<ProbeSettings['xero']>,
  port: number,
  person: Person,
  caller: Caller,
): Promise<XeroDoor> {
  const wish = {
    ...settings,
    provider: 'xero',
    port,
    authorizeUrl: `${settings.loginUrl}/identity/connect/authorize`,
    tokenUrl: `${settings.identityUrl}/connect/token`,
    scope: SCOPES,
  };
  const secrets = new Set<string>([settings.clientSecret, settings.clientId]);
  let tokens: Answer['json'] = {};
  const take = (given: Answer['json']) => {
    tokens = { ...tokens, ...given };
    for (const name of ['access_token', 'refresh_token', 'id_token']) secrets.add(String(tokens[name]));
  };
  take(
    await consentedTokens(person, wish, 'Xero: connect the demo company, or the organisation to look at.'),
  );
  const bearer = () => ({ authorization: `Bearer ${String(tokens['access_token'])}` });
  const organisation = await choose(await organisations(caller, settings.apiUrl, bearer()), person);
  secrets.add(organisation.tenantId);
  // A name of one word, such as Total, may be the name of a field as well, and would stop every report.
  if (/\S\s+\S/.test(organisation.tenantName)) secrets.add(organisation.tenantName);
  const claims = () => claimsOf(String(tokens['access_token']));
  for (const claim of ['xero_userid', 'sub', 'global_session_id', 'authentication_event_id'])
    secrets.add(String(claims()[claim] ?? ''));

  return {
    secrets: () => [...secrets].filter((secret) => secret.length > 3),
    asker: {
      person,
      get: (path, { as = path, headers = {} } = {}) =>
        caller.send(`GET ${as}`, `${settings.apiUrl}/api.xro/2.0/${path}`, {
          headers: {
            accept: 'application/json',
            'xero-tenant-id': organisation.tenantId,
            ...bearer(),
            ...headers,
          },
        }),
      getWithBody: (path, body) =>
        caller.sendWithBody(
          `GET ${path} with a body`,
          `${settings.apiUrl}/api.xro/2.0/${path}`,
          { accept: 'application/json', 'xero-tenant-id': organisation.tenantId, ...bearer() },
          body,
        ),
      idClaims: () => claimsOf(String(tokens['id_token'])),
      identity: (path) => caller.send(`GET ${path}`, `${settings.identityUrl}${path}`, {}),
      claims,
      scopes: () => new Set([claims()['scope'] ?? []].flat().map(String)),
      async refresh(refreshToken) {
        const answer = await askTokens(wish, { grant_type: 'refresh_token', refresh_token: refreshToken });
        if (answer.status === 200) take(answer.json);
        return answer;
      },
      refreshToken: () => String(tokens['refresh_token']),
      consentAgain: async (why) => (await askConsent(person, wish, why)).query,
    },
  };
}

async function organisations(
  caller: Caller,
  apiUrl: string,
  headers: Record<string, string>,
): Promise<Organisation[]> {
  const answer = await caller.send('GET /connections', `${apiUrl}/connections`, { headers });
  const list: unknown = answer.status === 200 ? JSON.parse(answer.text) : [];
  if (!Array.isArray(list) || list.length === 0) throw new ProbeError('No organisation was connected.');
  return list as Organisation[];
}

async function choose(found: Organisation[], person: Person): Promise<Organisation> {
  const [first] = found as [Organisation];
  if (found.length === 1) return first;
  for (const [at, { tenantName }] of found.entries()) person.say(`${at + 1}  ${tenantName}`);
  const number = Number((await person.ask('Which organisation? Its number, or Enter for the first:')) || '1');
  const chosen = found[number - 1];
  if (!chosen) throw new ProbeError('There is no organisation with that number.');
  return chosen;
}

function claimsOf(accessToken: string): Record<string, unknown> {
  try {
    return JSON.parse(Buffer.from(accessToken.split('.')[1] ?? '', 'base64url').toString());
  } catch {
    // Not a JWT, which is itself what a probe wants to know.
    return {};
  }
}

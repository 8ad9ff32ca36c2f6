/** Builds the ports of the outside world, Xero and Google, around what a home provides. */
import type { Config } from './config.ts';
import { googleTokens } from './engine/access/access-token.ts';
import { googleQuota } from './engine/access/google-quota.ts';
import { xeroReader } from './engine/access/xero-reader.ts';
import { RetryError } from './errors.ts';
import { googleDrive } from './google/drive.ts';
import { googleIdentity } from './google/identity.ts';
import { googleOpenId } from './google/oauth.ts';
import { googleSheets } from './google/sheets.ts';
import type { QueryEngine } from './mirror/query.ts';
import type { Network, Ports, TaskSource } from './ports.ts';
import { openIdProvider } from './wrappers/openid-provider.ts';
import { withSchemas } from './wrappers/with-schemas.ts';
import { xeroClient } from './xero/client.ts';
import { xeroOpenId } from './xero/oauth.ts';

/** What a home of the product provides; everything else is built on these. */
export type Home = Pick<
  Ports,
  'clock' | 'random' | 'ids' | 'log' | 'network' | 'store' | 'queue' | 'blobs' | 'keys' | 'mail'
> & {
  tasks: TaskSource;
  query: QueryEngine;
  /** Without one no address that people gave is reached. */
  outside?: Network;
};

/** Something around each port that has an effect outside the process: the fault lab's gates. `name` is the port's in `Ports`. */
export type AroundPort = <P extends object>(port: P, name: keyof Ports | 'googleQuota') => P;

export function wirePorts(home: Home, config: Config, around: AroundPort = (port) => port): Ports {
  const base = {
    ...home,
    network: around(home.network, 'network'),
    store: around(withSchemas(home.store), 'store'),
    queue: around(home.queue, 'queue'),
    blobs: around(home.blobs, 'blobs'),
    keys: around(home.keys, 'keys'),
    mail: around(home.mail, 'mail'),
  };
  const oauth = {
    ...base,
    xeroOAuth: around(openIdProvider(base, xeroOpenId(config.xero)), 'xeroOAuth'),
    googleOAuth: around(openIdProvider(base, googleOpenId(config.google)), 'googleOAuth'),
  };
  const access = {
    ...oauth,
    identity: googleIdentity(base, {
      issuer: config.google.issuer,
      audiences: config.google.addonAudiences,
      certsUrl: config.google.certsUrl,
    }),
    xero: around(xeroClient(base, { apiOrigin: config.xero.apiUrl }), 'xero'),
    googleTokens: around(googleTokens(oauth), 'googleTokens'),
  };
  const google = {
    ...base,
    tokens: access.googleTokens,
    quota: around(googleQuota(base, config.google.minuteLimits), 'googleQuota'),
  };
  return {
    ...access,
    outside: around(home.outside ?? nothingOutside, 'outside'),
    xeroReader: xeroReader(access, { minuteLimit: config.xero.minuteLimit }),
    sheets: around(googleSheets(google, { rootUrl: `${config.google.sheetsUrl}/` }), 'sheets'),
    drive: around(googleDrive(google, { rootUrl: `${config.google.driveUrl}/` }), 'drive'),
  };
}

const nothingOutside: Network = {
  request: async ({ url }) => {
    throw new RetryError('DELIVERY_FAILED', {
      recipient: new URL(url).hostname,
      problem: 'this server reaches nobody',
    });
  },
};

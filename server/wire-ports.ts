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

export function wirePorts(home: Home, config: Config): Ports {
  const base = { ...home, store: withSchemas(home.store) };
  const oauth = {
    ...base,
    xeroOAuth: openIdProvider(base, xeroOpenId(config.xero)),
    googleOAuth: openIdProvider(base, googleOpenId(config.google)),
  };
  const access = {
    ...oauth,
    identity: googleIdentity(base, {
      issuer: config.google.issuer,
      audiences: config.google.addonAudiences,
      certsUrl: config.google.certsUrl,
    }),
    xero: xeroClient(base, { apiOrigin: config.xero.apiUrl }),
    googleTokens: googleTokens(oauth),
  };
  const google = {
    ...base,
    tokens: access.googleTokens,
    quota: googleQuota(base, config.google.minuteLimits),
  };
  return {
    ...access,
    outside: home.outside ?? nothingOutside,
    xeroReader: xeroReader(access, { minuteLimit: config.xero.minuteLimit }),
    sheets: googleSheets(google, { rootUrl: `${config.google.sheetsUrl}/` }),
    drive: googleDrive(google, { rootUrl: `${config.google.driveUrl}/` }),
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

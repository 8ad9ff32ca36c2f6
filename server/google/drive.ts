/** The Drive port on Google's own client. */
import type { drive_v3 } from '@googleapis/drive';
import { RetryError, UserError } from '../errors.ts';
import type { Drive, Network } from '../ports.ts';
import { fetchOverNetwork } from './fetch-over-network.ts';
import { type GoogleAccess, googleCaller } from './google-call.ts';

/** `rootUrl` is Google's host or the sandbox's; the client's own retries are off, as for Sheets. */
export function googleDrive(
  ports: GoogleAccess & { network: Network },
  { rootUrl }: { rootUrl: string },
): Drive {
  const call = googleCaller(ports);
  const root = rootUrl.endsWith('/') ? rootUrl : `${rootUrl}/`;
  let client: Promise<drive_v3.Drive> | undefined;
  const connect = () => {
    client ??= makeClient(ports.network, root);
    return client;
  };

  return {
    async version(grantId, fileId) {
      const { files } = await connect();
      const file = await call(grantId, (headers) =>
        files.get({ fileId, fields: 'version,trashed', supportsAllDrives: true }, { headers, rootUrl: root }),
      );
      if (file.trashed) throw new UserError('SHEET_MISSING');
      if (!file.version) throw new RetryError('GOOGLE_UNAVAILABLE');
      return file.version;
    },
  };
}

async function makeClient(network: Network, rootUrl: string): Promise<drive_v3.Drive> {
  const { drive } = await import('@googleapis/drive');
  return drive({
    version: 'v3',
    rootUrl,
    retry: false,
    responseType: 'json',
    fetchImplementation: fetchOverNetwork(network),
  });
}

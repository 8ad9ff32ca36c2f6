/** The Drive port on Google's own client. */
import type { drive_v3 } from '@googleapis/drive';
import { RetryError, UserError } from '../errors.ts';
import type { Drive, Network } from '../ports.ts';
import { fetchOverNetwork } from './fetch-over-network.ts';
import { type GoogleAccess, googleCaller } from './google-call.ts';

const spreadsheetType = 'application/vnd.google-apps.spreadsheet';
const mostListed = 1_000;

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
    async spreadsheets(grantId) {
      const { files } = await connect();
      const found: Array<{ id: string; title: string }> = [];
      let pageToken: string | undefined;
      do {
        const page = await call(grantId, (headers) =>
          files.list(
            {
              q: `mimeType = '${spreadsheetType}' and trashed = false`,
              orderBy: 'modifiedTime desc',
              pageSize: 200,
              fields: 'nextPageToken,files(id,name)',
              supportsAllDrives: true,
              includeItemsFromAllDrives: true,
              ...(pageToken === undefined ? {} : { pageToken }),
            },
            { headers, rootUrl: root },
          ),
        );
        for (const { id, name } of page.files ?? []) if (id && name) found.push({ id, title: name });
        pageToken = page.nextPageToken ?? undefined;
      } while (pageToken !== undefined && found.length < mostListed);
      return found.slice(0, mostListed);
    },
    async createSpreadsheet(grantId, title) {
      const { files } = await connect();
      const made = await call(grantId, (headers) =>
        files.create(
          {
            requestBody: { name: title, mimeType: spreadsheetType },
            fields: 'id,name',
            supportsAllDrives: true,
          },
          { headers, rootUrl: root },
        ),
      );
      if (!made.id) throw new RetryError('GOOGLE_UNAVAILABLE');
      return { id: made.id, title: made.name ?? title };
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

/** The Sheets port on Google's own client. */
import type { sheets_v4 } from '@googleapis/sheets';
import { RetryError } from '../errors.ts';
import type { Network, Sheets } from '../ports.ts';
import { fetchOverNetwork } from './fetch-over-network.ts';
import { type GoogleAccess, googleCaller, Overtaken } from './google-call.ts';
import { LAYOUT_FIELDS, readCells, readMark, readTab, toGoogleRange } from './sheets-wire.ts';

const cellFields = (isWithSpills: boolean, isWithNotes: boolean): string => {
  const value = [
    'userEnteredValue',
    ...(isWithSpills ? ['effectiveValue'] : []),
    ...(isWithNotes ? ['note'] : []),
  ];
  return `sheets(properties(sheetId),data(startRow,startColumn,rowData(values(${value}))))`;
};

/**
 * `rootUrl` is Google's host or the sandbox's. The client's own retries are off: it repeats GET within two seconds and
 * never heeds a quota (google-platform.md section 0.1, 11); our waits are the engine's.
 */
export function googleSheets(
  ports: GoogleAccess & { network: Network },
  { rootUrl }: { rootUrl: string },
): Sheets {
  const call = googleCaller(ports);
  let client: Promise<sheets_v4.Sheets> | undefined;
  const connect = () => {
    client ??= makeClient(ports.network, rootUrl);
    return client;
  };

  return {
    async layout(grantId, spreadsheetId, keys) {
      const { spreadsheets } = await connect();
      const dataFilters = keys.map((metadataKey) => ({ developerMetadataLookup: { metadataKey } }));
      // A search for nothing is refused.
      const found: sheets_v4.Schema$SearchDeveloperMetadataResponse =
        keys.length === 0
          ? {}
          : await call(
              grantId,
              (headers) =>
                spreadsheets.developerMetadata.search(
                  { spreadsheetId, ...json({ dataFilters }) },
                  optionsOf(headers),
                ),
              'read',
            );
      const answer = await call(
        grantId,
        (headers) => spreadsheets.get({ spreadsheetId, fields: LAYOUT_FIELDS }, optionsOf(headers)),
        'read',
      );
      return {
        spreadsheetId,
        title: answer.properties?.title ?? '',
        timeZone: answer.properties?.timeZone ?? 'Etc/UTC',
        tabs: (answer.sheets ?? []).flatMap((sheet) => readTab(sheet) ?? []),
        marks: (found.matchedDeveloperMetadata ?? []).flatMap(
          ({ developerMetadata }) => (developerMetadata && readMark(developerMetadata)) ?? [],
        ),
      };
    },

    async cells(grantId, spreadsheetId, ranges, { withSpills = false, withNotes = false } = {}) {
      if (ranges.length === 0) return [];
      const { spreadsheets } = await connect();
      const answer = await call(
        grantId,
        (headers) =>
          spreadsheets.getByDataFilter(
            {
              spreadsheetId,
              fields: cellFields(withSpills, withNotes),
              ...json({
                includeGridData: true,
                dataFilters: ranges.map((range) => ({ gridRange: toGoogleRange(range) })),
              }),
            },
            optionsOf(headers),
          ),
        'read',
      );
      const bySheet = new Map(
        (answer.sheets ?? []).map((sheet) => [sheet.properties?.sheetId ?? 0, [...(sheet.data ?? [])]]),
      );
      // Google groups what it found by tab, in the order asked within each.
      return ranges.map((range) => {
        const data = bySheet.get(range.sheetId)?.shift();
        if (
          !data ||
          (data.startRow ?? 0) !== range.startRow ||
          (data.startColumn ?? 0) !== range.startColumn
        ) {
          throw new RetryError('SHEET_CHANGED');
        }
        const cells = readCells(range, data);
        return withNotes ? { ...cells, note: data.rowData?.[0]?.values?.[0]?.note ?? '' } : cells;
      });
    },

    async fill(grantId, spreadsheetId, range, rows) {
      const { spreadsheets } = await connect();
      const data = [
        { dataFilter: { gridRange: toGoogleRange(range) }, majorDimension: 'ROWS', values: rows },
      ];
      const body = json({ valueInputOption: 'RAW', data });
      await call(
        grantId,
        (headers) =>
          spreadsheets.values.batchUpdateByDataFilter(
            { spreadsheetId, fields: 'totalUpdatedCells', ...body },
            optionsOf(headers),
          ),
        'write',
      );
    },

    async apply(grantId, spreadsheetId, requests) {
      const { spreadsheets } = await connect();
      const body = json({ requests });
      try {
        await call(
          grantId,
          (headers) =>
            spreadsheets.batchUpdate({ spreadsheetId, fields: 'spreadsheetId', ...body }, optionsOf(headers)),
          'write',
        );
        return 'applied';
      } catch (error) {
        if (error instanceof Overtaken) return 'overtaken';
        throw error;
      }
    },
  };
}

/**
 * The body as text: the client copies an object deeply before it serialises it, which costs twice the memory and three
 * times the CPU of the call (performance.md 3(f)); text goes through as it is. The client's types know objects only.
 */
const json = (body: object): { requestBody: object } => ({
  requestBody: JSON.stringify(body) as unknown as object,
});

const optionsOf = (headers: Record<string, string>) => ({
  headers: { ...headers, 'content-type': 'application/json' },
});

/** Loaded at the first call: the client takes longer to import than the rest of the server together. */
async function makeClient(network: Network, rootUrl: string): Promise<sheets_v4.Sheets> {
  const { sheets } = await import('@googleapis/sheets');
  return sheets({
    version: 'v4',
    rootUrl: rootUrl.endsWith('/') ? rootUrl : `${rootUrl}/`,
    retry: false,
    responseType: 'json',
    fetchImplementation: fetchOverNetwork(network),
  });
}

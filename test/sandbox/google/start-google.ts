/** A served Google sandbox with the real clients pointed at it, for the tests of this folder. */
import { drive, type drive_v3 } from '@googleapis/drive';
import { sheets, type sheets_v4 } from '@googleapis/sheets';
import { type SandboxClock, sandboxClock } from '../../../server/sandbox/clock.ts';
import type { GoogleSandboxOptions } from '../../../server/sandbox/google/create-google-sandbox.ts';
import { serveGoogleSandbox } from '../../../server/sandbox/google/serve-google-sandbox.ts';

export const AMELIA = 'amelia@harbourbooks.example';
export const BEN = 'ben@harbourbooks.example';
export const CHLOE = 'chloe@fernhill.example';
export const DRIVE_FILE = 'https://www.googleapis.com/auth/drive.file';

export type Sheets = sheets_v4.Sheets;
export type Drive = drive_v3.Drive;

export interface Started extends AsyncDisposable {
  origin: string;
  clock: SandboxClock;
  control: Awaited<ReturnType<typeof serveGoogleSandbox>>['sandbox']['control'];
  /** A client with a fresh token of that user. */
  sheetsOf(user: string, scopes?: string): Promise<Sheets>;
  driveOf(user: string, scopes?: string): Promise<Drive>;
  tokenOf(user: string, scopes?: string): Promise<string>;
}

/** Fixed at 2026-11-20T09:00:00Z unless `base` is given. */
export const startGoogle = async (
  options: Partial<GoogleSandboxOptions> & { base?: () => number } = {},
): Promise<Started> => {
  const { base = () => Date.UTC(2026, 10, 20, 9), ...rest } = options;
  const clock = rest.clock ?? sandboxClock(base);
  const served = await serveGoogleSandbox({ seed: 7, quotas: false, ...rest, clock });
  const { control } = served.sandbox;
  const tokenOf = async (user: string, scopes?: string): Promise<string> => {
    const granted = await control.run({ action: 'grantTokens', user, ...(scopes && { scopes }) });
    return String(granted['accessToken']);
  };
  const client = async (user: string, scopes?: string) => ({
    rootUrl: `${served.origin}/`,
    retry: false,
    headers: { Authorization: `Bearer ${await tokenOf(user, scopes)}` },
  });
  return {
    origin: served.origin,
    clock,
    control,
    tokenOf,
    sheetsOf: async (user, scopes) => sheets({ version: 'v4', ...(await client(user, scopes)) }),
    driveOf: async (user, scopes) => drive({ version: 'v3', ...(await client(user, scopes)) }),
    [Symbol.asyncDispose]: () => served.close(),
  };
};

/** What a refused call said: its HTTP status and Google's message. */
export const refusal = async (
  call: Promise<unknown>,
): Promise<{ status: number; message: string; code: string }> => {
  try {
    await call;
  } catch (error) {
    const { status, message, response } = error as {
      status?: number;
      message: string;
      response?: { data?: { error?: { status?: string } } };
    };
    return { status: Number(status), message, code: response?.data?.error?.status ?? '' };
  }
  throw new Error('the call was not refused');
};

/** One batchUpdate with the real client. */
export const batch = (client: Sheets, spreadsheetId: string, requests: sheets_v4.Schema$Request[]) =>
  client.spreadsheets.batchUpdate({ spreadsheetId, requestBody: { requests } });

/** A new spreadsheet of the client's app, `Sheet1` with id 0. */
export const newSheet = async (client: Sheets, title = 'Books'): Promise<string> => {
  const { data } = await client.spreadsheets.create({ requestBody: { properties: { title } } });
  return String(data.spreadsheetId);
};

export const put = (
  client: Sheets,
  spreadsheetId: string,
  range: string,
  values: unknown[][],
  input = 'RAW',
) =>
  client.spreadsheets.values.update({
    spreadsheetId,
    range,
    valueInputOption: input,
    requestBody: { values },
  });

export const read = async (
  client: Sheets,
  spreadsheetId: string,
  range: string,
  valueRenderOption = 'UNFORMATTED_VALUE',
) => (await client.spreadsheets.values.get({ spreadsheetId, range, valueRenderOption })).data.values ?? [];

/** What a call with media must be told: the client takes the host of uploads from the call, not from its own options. */
export const uploadsTo = (client: Drive): { rootUrl: string } => ({
  rootUrl: String(client.context._options.rootUrl),
});

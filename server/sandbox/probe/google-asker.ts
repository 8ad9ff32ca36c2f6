/** What a probe of Google can ask: anything of one spreadsheet that the probe has made itself, and that it deletes. */
import { type Caller, slowCaller } from './caller.ts';
import { consentedTokens } from './consent.ts';
import type { Person } from './person.ts';
import { type Answer, ProbeError } from './probe.ts';
import type { ProbeSettings } from './settings.ts';

export const SCRATCH_TITLE = 'Foliokeep probe (safe to delete)';

export interface GoogleAsker {
  /** One batchUpdate of the scratch spreadsheet. */
  batch(...requests: object[]): Promise<Answer>;
  /** A body as it stands to batchUpdate. */
  batchText(body: string): Promise<Answer>;
  read(range: string, render?: 'FORMULA' | 'UNFORMATTED_VALUE' | 'FORMATTED_VALUE'): Promise<Answer>;
  write(range: string, values: unknown[][], input?: 'RAW' | 'USER_ENTERED'): Promise<Answer>;
  writeMany(data: { range: string; values: unknown[][] }[]): Promise<Answer>;
  /** The spreadsheet's own fields. */
  look(fields: string): Promise<Answer>;
  /** Drive's fields of the file. */
  file(fields: string): Promise<Answer>;
  /** Of tabs and their cells: notes and what was entered. */
  grid(range: string): Promise<Answer>;
  /** Copies a tab of the scratch spreadsheet into itself. */
  copyTo(sheetId: number): Promise<Answer>;
  /** Any call under Drive's host, `asked` for the report; without a token where `isOpen`. A file that it makes is deleted at the end. */
  drive(asked: string, path: string, request: RequestInit, isOpen?: boolean): Promise<Answer>;
  /** The scratch spreadsheet's id, for paths. */
  scratch(): string;
  /** A new tab of that many rows and columns; its id is as given. */
  tab(sheetId: number, title: string, rows: number, columns: number): Promise<void>;
}

export interface GoogleDoor {
  asker: GoogleAsker;
  secrets(): string[];
  /** Deletes the scratch spreadsheet and what else was made, for good; says so where it could not. */
  close(): Promise<void>;
}

/** Calls that opening and closing take. */
export const GOOGLE_DOOR_CALLS = 2;

/** Asks the person for consent to files of the app's own, and makes the scratch spreadsheet. */
export async function openGoogle(
  settings: NonNullable<ProbeSettings['google']>,
  port: number,
  person: Person,
  caller: Caller,
): Promise<GoogleDoor> {
  const wish = {
    ...settings,
    provider: 'google',
    port,
    authorizeUrl: settings.authUrl,
    scope: 'openid https://www.googleapis.com/auth/drive.file',
    extra: { access_type: 'online', include_granted_scopes: 'false' },
  };
  const tokens = await consentedTokens(
    person,
    wish,
    'Google: allow files that this app makes. No other file can be reached with it.',
  );
  const authorization = `Bearer ${String(tokens['access_token'])}`;
  const sheets = `${settings.sheetsUrl}/v4/spreadsheets`;
  const send = (asked: string, url: string, method: string, body?: string) =>
    caller.send(asked, url, {
      method,
      headers: { authorization, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body }),
    });
  const made = await send(
    'POST spreadsheets',
    sheets,
    'POST',
    JSON.stringify({ properties: { title: SCRATCH_TITLE } }),
  );
  const id = String(made.json['spreadsheetId'] ?? '');
  if (made.status !== 200 || id === '') throw new ProbeError(`Google made no spreadsheet: ${made.status}.`);
  const drive = `${settings.driveUrl}/drive/v3/files/${id}`;
  const files = new Set([id]);

  const asker: GoogleAsker = {
    batch: (...requests) => asker.batchText(JSON.stringify({ requests })),
    batchText: (body) => send('POST {scratch}:batchUpdate', `${sheets}/${id}:batchUpdate`, 'POST', body),
    read: (range, render = 'UNFORMATTED_VALUE') =>
      send(
        `GET {scratch}/values/${range} as ${render}`,
        `${sheets}/${id}/values/${encodeURIComponent(range)}?valueRenderOption=${render}`,
        'GET',
      ),
    write: (range, values, input = 'RAW') =>
      send(
        `PUT {scratch}/values/${range} as ${input}`,
        `${sheets}/${id}/values/${encodeURIComponent(range)}?valueInputOption=${input}`,
        'PUT',
        JSON.stringify({ values }),
      ),
    writeMany: (data) =>
      send(
        `POST {scratch}/values:batchUpdate of ${data.map(({ range }) => range).join(' and ')}`,
        `${sheets}/${id}/values:batchUpdate`,
        'POST',
        JSON.stringify({ valueInputOption: 'RAW', data }),
      ),
    look: (fields) => send(`GET {scratch}?fields=${fields}`, `${sheets}/${id}?fields=${fields}`, 'GET'),
    file: (fields) => send(`GET files/{scratch}?fields=${fields}`, `${drive}?fields=${fields}`, 'GET'),
    grid: (range) =>
      send(
        `GET {scratch} with the grid of ${range}`,
        `${sheets}/${id}?ranges=${encodeURIComponent(range)}&fields=sheets(properties.title,data.rowData.values(note,userEnteredValue))`,
        'GET',
      ),
    copyTo: (sheetId) =>
      send(
        'POST {scratch}/sheets/{tab}:copyTo',
        `${sheets}/${id}/sheets/${sheetId}:copyTo`,
        'POST',
        JSON.stringify({ destinationSpreadsheetId: id }),
      ),
    async drive(asked, path, request, isOpen = false) {
      const headers = {
        ...(isOpen ? {} : { authorization }),
        ...(request.headers as Record<string, string>),
      };
      const url = path.startsWith('http') ? path : `${settings.driveUrl}${path}`;
      const answer = await caller.send(asked, url, { ...request, headers });
      if (answer.status === 200 && typeof answer.json['id'] === 'string') files.add(answer.json['id']);
      return answer;
    },
    scratch: () => id,
    async tab(sheetId, title, rows, columns) {
      const gridProperties = { rowCount: rows, columnCount: columns };
      const answer = await asker.batch({ addSheet: { properties: { sheetId, title, gridProperties } } });
      if (answer.status !== 200) throw new ProbeError(`Google made no tab: ${answer.status}.`);
    },
  };
  return {
    asker,
    secrets: () =>
      [settings.clientSecret, settings.clientId, ...files, ...Object.values(tokens).map(String)].filter(
        (secret) => secret.length > 12 && !/^(https?:|openid)/.test(secret),
      ),
    async close() {
      // Callers of their own, so that neither a limit nor a spent budget leaves a file behind.
      for (const file of files) {
        const last = slowCaller({ pauseMs: 0, budget: 1 });
        const { status } = await last.send(
          'DELETE files/{made}',
          `${settings.driveUrl}/drive/v3/files/${file}`,
          { method: 'DELETE', headers: { authorization } },
        );
        if (status !== 204 && status !== 404)
          person.say(
            `A file of the probe could not be deleted (${status}). Please delete “${SCRATCH_TITLE}”.`,
          );
      }
    },
  };
}

/** Of an answer with values: its rows, blank where there are none. */
export const rowsOf = ({ json }: Answer): unknown[][] => (json['values'] ?? []) as unknown[][];

/** A spreadsheet of a sandbox in process, for tests that send many batches. */
import { sandboxClock } from '../../../server/sandbox/clock.ts';
import {
  createGoogleSandbox,
  type GoogleSandbox,
  type GoogleSandboxOptions,
} from '../../../server/sandbox/google/create-google-sandbox.ts';
import { AMELIA } from './start-google.ts';

export interface Book {
  sandbox: GoogleSandbox;
  spreadsheetId: string;
  /** Sends requests as one batch; throws with Google's message when it is refused. */
  // biome-ignore lint/suspicious/noExplicitAny: answers are looked at by expectations only.
  update(...requests: object[]): Promise<any[]>;
  /** Why the batch is refused; a batch that is not is an error. */
  refusal(...requests: object[]): Promise<string>;
  /** Any call of the API as the owner. */
  // biome-ignore lint/suspicious/noExplicitAny: answers are looked at by expectations only.
  call(method: 'GET' | 'POST' | 'PUT', path: string, body?: object): Promise<any>;
  /** Types values from A1 of the first tab on, as by hand. */
  type(values: (string | number | boolean | null)[][], from?: string): Promise<void>;
  /** What a range of the first tab shows. */
  read(range: string, render?: 'FORMULA' | 'UNFORMATTED_VALUE' | 'FORMATTED_VALUE'): Promise<unknown[][]>;
  /** The whole spreadsheet as text, without its version. */
  dump(): string;
}

/** `Sheet1` has the id 0 and is small, so that ends of the grid are near. */
export const openBook = async ({
  rows = 14,
  columns = 8,
  ...options
}: Partial<GoogleSandboxOptions> & { rows?: number; columns?: number } = {}): Promise<Book> => {
  const clock = options.clock ?? sandboxClock(() => Date.UTC(2026, 10, 20, 9));
  const sandbox = createGoogleSandbox({ seed: 5, quotas: false, ...options, clock });
  const { accessToken } = await sandbox.control.run({ action: 'grantTokens', user: AMELIA });
  const call: Book['call'] = async (method, path, body) => {
    const answer = await sandbox.handle({
      method,
      url: `http://google.test${path}`,
      headers: { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });
    const json = JSON.parse(Buffer.from(answer.body).toString());
    if (answer.status !== 200) throw new Error(json.error.message);
    return json;
  };
  const gridProperties = { rowCount: rows, columnCount: columns };
  const { spreadsheetId } = await call('POST', '/v4/spreadsheets', {
    sheets: [{ properties: { sheetId: 0, title: 'Sheet1', gridProperties } }],
  });
  const path = `/v4/spreadsheets/${spreadsheetId}`;
  const update: Book['update'] = async (...requests) =>
    (await call('POST', `${path}:batchUpdate`, { requests })).replies;
  return {
    sandbox,
    spreadsheetId,
    call,
    update,
    async refusal(...requests) {
      try {
        await update(...requests);
      } catch (error) {
        return error instanceof Error ? error.message : '';
      }
      throw new Error('the batch was not refused');
    },
    async type(values, from = 'A1') {
      await call('PUT', `${path}/values/${encodeURIComponent(from)}?valueInputOption=USER_ENTERED`, {
        values,
      });
    },
    async read(range, render = 'UNFORMATTED_VALUE') {
      const { values = [] } = await call(
        'GET',
        `${path}/values/${encodeURIComponent(range)}?valueRenderOption=${render}`,
      );
      return values;
    },
    dump() {
      const { version: _, ...rest } = sandbox.control.dump(spreadsheetId);
      return JSON.stringify(rest);
    },
  };
};

export const rangeOf = (top: number, bottom: number, left: number, right: number, sheetId = 0) => ({
  sheetId,
  startRowIndex: top,
  endRowIndex: bottom,
  startColumnIndex: left,
  endColumnIndex: right,
});

export const lines = (dimension: 'ROWS' | 'COLUMNS', startIndex: number, endIndex: number) => ({
  sheetId: 0,
  dimension,
  startIndex,
  endIndex,
});

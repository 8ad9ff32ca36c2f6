/** The Google sandbox with latency and with quotas in windows that begin when they like, under the real clients. */
// Loaded before time begins to pass: the adapters load them at their first call, and that takes real time.
import '@googleapis/drive';
import '@googleapis/sheets';
import type { HttpRequest } from '../../../server/domain/http-message.ts';
import type { Clock, Network } from '../../../server/ports.ts';
import { sandboxClock } from '../../../server/sandbox/clock.ts';
import { createGoogleSandbox } from '../../../server/sandbox/google/create-google-sandbox.ts';
import { type FixedWindows, fixedWindows } from './fixed-windows.ts';

export const projectLimit = 300;
const personLimit = 60;
const minute = 60_000;

export function googleEnd(clock: Clock, random: () => number) {
  const sandbox = createGoogleSandbox({
    seed: 7,
    clock: sandboxClock(clock.now, clock.sleep),
    quotas: false,
  });
  const windows = new Map<string, FixedWindows>();
  const calls = { read: 0, write: 0, drive: 0 };
  const people = new Map<string, { email: string; token: string }>();
  const tokensOf = new Map<string, string>();

  const count = (key: string, limit: number): void => {
    const known = windows.get(key) ?? fixedWindows(limit, minute, random() * minute);
    windows.set(key, known);
    known.count(clock.now());
  };
  const countSheets = ({ url, method, headers }: HttpRequest): void => {
    const { pathname } = new URL(url);
    if (!pathname.startsWith('/v4/')) {
      calls.drive += 1;
      return;
    }
    const isWrite = method !== 'GET' && !/ByDataFilter$|developerMetadata:search$/.test(pathname);
    const kind = isWrite || pathname.endsWith('batchUpdateByDataFilter') ? 'write' : 'read';
    calls[kind] += 1;
    count(kind, projectLimit);
    count(`${kind} ${tokensOf.get(headers['authorization']?.slice(7) ?? '')}`, personLimit);
  };

  const network: Network = {
    async request(request) {
      await clock.sleep(20 + random() * 130);
      countSheets(request);
      const response = await sandbox.handle(request);
      await clock.sleep(100 + random() * 400);
      return response;
    },
  };
  const renewed = async (grantId: string): Promise<string> => {
    const { email } = people.get(grantId) ?? { email: '' };
    const token = String((await sandbox.control.run({ action: 'grantTokens', user: email }))['accessToken']);
    people.set(grantId, { email, token });
    tokensOf.set(token, email);
    return token;
  };

  return {
    sandbox,
    network,
    calls,
    tokens: {
      async accessToken(grantId: string, refused?: string) {
        const token = people.get(grantId)?.token;
        return token === undefined || token === '' || token === refused ? renewed(grantId) : token;
      },
    },
    async addPerson(grantId: string, email: string): Promise<void> {
      await sandbox.control.run({ action: 'addAccount', email, name: email });
      people.set(grantId, { email, token: '' });
    },
    /** A spreadsheet of the person, picked for the app. */
    async addSpreadsheet(grantId: string, title: string): Promise<string> {
      const { email = '' } = people.get(grantId) ?? {};
      const tabs = [{ title: 'Notes', rows: 2, columns: 2 }];
      const { spreadsheetId } = sandbox.control.createSpreadsheet({ owner: email, title, tabs });
      await sandbox.control.run({ action: 'pickFile', user: email, spreadsheetId });
      return spreadsheetId;
    },
    /** How many limits were looked at, calls beyond them, and limits that some stretch of a minute went beyond. */
    judged: () => {
      const all = [...windows.values()];
      return {
        limits: all.length,
        exceeded: all.reduce((sum, { exceeded }) => sum + exceeded, 0),
        inStretches: all.filter(({ limit, mostInStretch }) => mostInStretch > limit).length,
      };
    },
  };
}

export type GoogleEnd = ReturnType<typeof googleEnd>;

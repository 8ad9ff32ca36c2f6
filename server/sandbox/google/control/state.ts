/** What a test or a page may ask of the sandbox as a whole: `GET /sandbox/state`. */
import type { QuotaCounts, QuotaLimits } from '../quotas.ts';
import { fileName, type World } from '../world.ts';
import type { Fault } from './faults.ts';

export interface GoogleState {
  now: number;
  quotas: { isOn: boolean; limits: QuotaLimits };
  /** Sheets calls since the start, per user; `refused` counts 429s. */
  users: QuotaCounts[];
  accounts: { email: string; name: string; sub: string }[];
  clients: { clientId: string; appName: string; projectNumber: string }[];
  tokens: { accessTokens: number; refreshTokens: number };
  faults: Fault[];
  spreadsheets: {
    spreadsheetId: string;
    title: string;
    owner: string;
    version: number;
    trashed: boolean;
    /** Users who gave the file to an app. */
    grantedBy: string[];
    tabs: { sheetId: number; title: string; hidden: boolean; rowCount: number; columnCount: number }[];
  }[];
}

export const stateOf = (world: World): GoogleState => {
  const { users, ...quotas } = world.quotas.counts();
  return {
    now: world.clock.now(),
    quotas,
    users,
    accounts: world.accounts.map(({ email, name, sub }) => ({ email, name, sub })),
    clients: world.clients.map(({ clientId, appName, projectNumber }) => ({
      clientId,
      appName,
      projectNumber,
    })),
    tokens: world.tokens.counts(),
    faults: world.faults.waiting(),
    spreadsheets: [...world.files.values()].flatMap((file) => {
      if (file.content.kind !== 'spreadsheet') return [];
      const grantedBy = world.accounts
        .filter(({ sub }) => [...world.fileGrants].some((key) => key.endsWith(`|${sub}|${file.id}`)))
        .map(({ email }) => email);
      return [
        {
          spreadsheetId: file.id,
          title: fileName(file),
          owner: file.permissions.find(({ role }) => role === 'owner')?.email ?? '',
          version: file.version,
          trashed: file.trashed,
          grantedBy,
          tabs: file.content.spreadsheet.sheets.map(({ sheetId, title, hidden, rowCount, columnCount }) => ({
            sheetId,
            title,
            hidden,
            rowCount,
            columnCount,
          })),
        },
      ];
    }),
  };
};

/** The sandbox's own levers, as typed functions and as actions over HTTP. */

import { touch } from '../file-access.ts';
import { invalidArgument } from '../google-api-error.ts';
import { mintIdToken } from '../oauth/id-token.ts';
import { readScopes } from '../oauth/scopes.ts';
import { refreshLifeMs } from '../oauth/token.ts';
import { SCRIPT_CLIENT_ID } from '../seeded-people.ts';
import { columnName } from '../sheets/a1.ts';
import { createSpreadsheet } from '../sheets/create-spreadsheet.ts';
import type { Spreadsheet } from '../sheets/model.ts';
import { shownIn } from '../sheets/sheets-api.ts';
import { type Account, type DriveFile, grantKey, type OAuthClient, type World } from '../world.ts';
import type { ControlAction, ControlInput } from './actions.ts';
import { actionSchema } from './actions.ts';
import { dumpSpreadsheet, type SpreadsheetDump } from './dump.ts';
import { type GridPage, gridPage } from './grid-page.ts';
import { applyPersonEdits } from './person-edits.ts';
import { type GoogleState, stateOf } from './state.ts';
import { forgetActs, undoAct } from './undo.ts';

export interface GoogleControl {
  /** Does one action; throws a GoogleApiError (400, 404) when it cannot. What it answers is told beside each action. */
  run(action: ControlInput): Promise<Record<string, unknown>>;
  createSpreadsheet(wish?: Omit<Extract<ControlInput, { action: 'createSpreadsheet' }>, 'action'>): {
    spreadsheetId: string;
    sheetIds: number[];
  };
  state(): GoogleState;
  dump(spreadsheetId: string): SpreadsheetDump;
  gridPage(
    spreadsheetId: string,
    wish: { sheetId?: number | undefined; rowStart: number; rowCount: number },
  ): GridPage | undefined;
}

export const createControl = (world: World): GoogleControl => {
  const actions = createActions(world);
  return {
    run: async (action) => perform(world, actions, actionSchema.parse(action)),
    createSpreadsheet: (wish = {}) => actions.createSpreadsheet({ action: 'createSpreadsheet', ...wish }),
    state: () => stateOf(world),
    dump(spreadsheetId) {
      const { file, spreadsheet } = actions.open(spreadsheetId);
      return dumpSpreadsheet(file, spreadsheet, world.book, world.clock.now());
    },
    gridPage(spreadsheetId, wish) {
      const { file, spreadsheet } = actions.open(spreadsheetId);
      return gridPage(file, shownIn(world, spreadsheet), wish);
    },
  };
};

type Actions = ReturnType<typeof createActions>;

const createActions = (world: World) => {
  const account = (email: string): Account => {
    const found = world.accounts.find((candidate) => candidate.email === email);
    if (!found) throw invalidArgument(`user: no account ${email} in this sandbox`);
    return found;
  };
  const client = (clientId?: string): OAuthClient => {
    const found = world.clients.find(
      (candidate) => clientId === undefined || candidate.clientId === clientId,
    );
    if (!found) throw invalidArgument(`clientId: no client ${clientId ?? ''} in this sandbox`);
    return found;
  };
  const open = (spreadsheetId: string): { file: DriveFile; spreadsheet: Spreadsheet } => {
    const file = world.files.get(spreadsheetId);
    if (file?.content.kind !== 'spreadsheet') {
      throw invalidArgument(`spreadsheetId: no spreadsheet ${spreadsheetId} in this sandbox`);
    }
    return { file, spreadsheet: file.content.spreadsheet };
  };
  return {
    account,
    client,
    open,
    createSpreadsheet({
      owner,
      tabs = [],
      editors = [],
      ...wish
    }: Extract<ControlAction, { action: 'createSpreadsheet' }>) {
      const { email } = account(owner ?? world.accounts[0]?.email ?? '');
      const others = editors.map((editor) => ({ email: account(editor).email, role: 'writer' as const }));
      const file = createSpreadsheet(world, email, {
        ...wish,
        sheets: tabs.map(({ title, sheetId, rows, columns, hidden }) => ({
          title,
          sheetId,
          hidden,
          gridProperties: { rowCount: rows, columnCount: columns },
        })),
      });
      file.permissions = [...file.permissions, ...others];
      const edits = tabs.flatMap(({ title, values = [] }) => typed(title, values));
      if (edits.length > 0) applyPersonEdits(world, file.id, email, edits);
      forgetActs(file);
      return {
        spreadsheetId: file.id,
        sheetIds: open(file.id).spreadsheet.sheets.map(({ sheetId }) => sheetId),
      };
    },
  };
};

/** Values typed from A1 on, one edit per cell. */
const typed = (title: string, values: readonly (readonly (string | number | boolean | null)[])[]) =>
  values.flatMap((row, down) =>
    row.flatMap((value, across) =>
      value === null
        ? []
        : [
            {
              kind: 'set' as const,
              cell: `'${title.replaceAll("'", "''")}'!${cellName(down, across)}`,
              value,
            },
          ],
    ),
  );

const changeClient = (own: OAuthClient, change: Extract<ControlAction, { action: 'setClient' }>): void => {
  own.isInTesting = change.isInTesting ?? own.isInTesting ?? false;
  own.isBlockedByAdmin = change.isBlockedByAdmin ?? own.isBlockedByAdmin ?? false;
  own.isDeleted = change.isDeleted ?? own.isDeleted ?? false;
  if (change.grantedHours === null) delete own.grantedHours;
  else if (change.grantedHours !== undefined) own.grantedHours = change.grantedHours;
};

const cellName = (row: number, column: number): string => `${columnName(column)}${row + 1}`;

const perform = async (
  world: World,
  actions: Actions,
  action: ControlAction,
): Promise<Record<string, unknown>> => {
  const { account, client, open } = actions;
  switch (action.action) {
    case 'createSpreadsheet':
      return actions.createSpreadsheet(action);
    case 'pickFile':
    case 'dropFileGrant': {
      const { file } = open(action.spreadsheetId);
      const key = grantKey(client(action.clientId).projectNumber, account(action.user).sub, file.id);
      if (action.action === 'pickFile') world.fileGrants.add(key);
      else world.fileGrants.delete(key);
      return {};
    }
    case 'share': {
      const { file } = open(action.spreadsheetId);
      const { email } = account(action.user);
      if (file.permissions.some((own) => own.email === email && own.role === 'owner')) {
        throw invalidArgument('user: the owner keeps the file');
      }
      const others = file.permissions.filter((own) => own.email !== email);
      file.permissions = action.role === 'none' ? others : [...others, { email, role: action.role }];
      touch(world, file, file.permissions[0]?.email ?? email);
      return {};
    }
    case 'personEdits':
      return applyPersonEdits(world, action.spreadsheetId, action.user, action.edits);
    case 'undoPersonEdits':
      return undoAct(world, open(action.spreadsheetId).file);
    case 'trashFile': {
      const { file } = open(action.spreadsheetId);
      file.trashed = action.isTrashed;
      touch(world, file, file.lastModifiedBy);
      return {};
    }
    case 'deleteFile':
      world.files.delete(open(action.spreadsheetId).file.id);
      return {};
    case 'advanceClock':
      world.clock.advance(action.ms);
      return { now: world.clock.now() };
    case 'fault':
      world.faults.add(action.fault);
      return {};
    case 'clearFaults':
      world.faults.clear();
      return {};
    case 'setLatency':
      world.faults.setLatency(action.ms);
      return {};
    case 'setQuotas':
      world.quotas.set(action);
      return {};
    case 'exhaustQuota':
      world.quotas.exhaust(client().projectNumber, action.kind);
      return {};
    case 'setLimits': {
      const { action: _, ...limits } = action;
      for (const [name, value] of Object.entries(limits))
        if (value !== undefined) Object.assign(world.limits, { [name]: value });
      return { ...world.limits };
    }
    case 'expireAccessTokens':
      return { ended: world.tokens.expireAccessTokens(action.user && account(action.user).sub) };
    case 'revokeGrant':
      return { ended: world.tokens.revokeGrant(account(action.user).sub, action.clientId) };
    case 'identityToken': {
      const { user, audience = SCRIPT_CLIENT_ID, variant = 'valid' } = action;
      return { token: await mintIdToken(world, { account: account(user), audience, variant }) };
    }
    case 'grantTokens': {
      const scopes = readScopes(action.scopes ?? 'openid email https://www.googleapis.com/auth/drive.file');
      if (!scopes) throw invalidArgument(`scopes: unknown scope in ${action.scopes ?? ''}`);
      const values = scopes.map(({ value }) => value);
      const session = {
        clientId: client(action.clientId).clientId,
        sub: account(action.user).sub,
        scopes: values,
      };
      const { token, expiresInSeconds } = world.tokens.addAccessToken(session);
      const refreshToken = world.tokens.addRefreshToken(session, refreshLifeMs(client(action.clientId)));
      return { accessToken: token, refreshToken, expiresInSeconds, scope: values.join(' ') };
    }
    case 'mintIds':
      return { ids: Array.from({ length: action.count }, () => world.random.id()) };
    case 'setIssuer':
      world.issuer = action.issuer;
      return {};
    case 'addAccount': {
      if (world.accounts.some(({ email }) => email === action.email))
        throw invalidArgument('email: already there');
      const sub = `1${String(world.random.id()).padStart(10, '0')}${String(world.random.id()).padStart(10, '0')}`;
      const isServiceAccount = action.isServiceAccount ?? false;
      world.accounts.push({
        sub,
        email: action.email,
        name: action.name,
        ...(isServiceAccount && { isServiceAccount }),
      });
      return { sub };
    }
    case 'setStorage':
      account(action.user).storageBytes = action.bytes;
      return {};
    case 'setClient':
      changeClient(client(action.clientId), action);
      return {};
    case 'addRedirectUri': {
      const own = client(action.clientId);
      own.redirectUris = [...own.redirectUris, action.uri];
      return {};
    }
  }
};

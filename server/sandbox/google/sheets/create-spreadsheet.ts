/** A new spreadsheet file, made through the API or by a person. */
import { invalidArgument } from '../google-api-error.ts';
import type { DriveFile, World } from '../world.ts';
import { nextDraftNumber } from './draft.ts';
import { assertCellLimit, type Edit } from './edit.ts';
import type { Sheet, Spreadsheet } from './model.ts';
import { newSheet } from './new-sheet.ts';
import { assertTitle, type SheetProperties } from './requests/sheet-properties.ts';

export const SPREADSHEET_MIME = 'application/vnd.google-apps.spreadsheet';

export interface NewSpreadsheet {
  title?: string | undefined;
  locale?: string | undefined;
  timeZone?: string | undefined;
  sheets?: readonly SheetProperties[];
}

/** Adds the file with its owner; without tabs asked for it has one, `Sheet1`, whose id is 0. */
export const createSpreadsheet = (world: World, owner: string, wish: NewSpreadsheet): DriveFile => {
  const spreadsheet: Spreadsheet = {
    spreadsheetId: `1${world.random.token(43)}`,
    draft: nextDraftNumber(),
    title: wish.title || 'Untitled spreadsheet',
    locale: wish.locale ?? 'en_GB',
    timeZone: wish.timeZone ?? 'Etc/GMT',
    sheets: [],
    namedRanges: [],
    metadata: [],
  };
  const edit: Edit = {
    draft: spreadsheet,
    book: world.book,
    limits: world.limits,
    actor: { email: owner, isOwner: true, projectNumber: '' },
    newId: world.random.id,
    now: world.clock.now(),
    work: { cells: 0 },
  };
  const wanted = wish.sheets && wish.sheets.length > 0 ? wish.sheets : [{ sheetId: 0, title: 'Sheet1' }];
  for (const properties of wanted) addTab(edit, properties);
  assertCellLimit(edit);
  const now = world.clock.now();
  const file: DriveFile = {
    id: spreadsheet.spreadsheetId,
    mimeType: SPREADSHEET_MIME,
    permissions: [{ email: owner, role: 'owner' }],
    trashed: false,
    version: 1,
    createdAtMs: now,
    modifiedAtMs: now,
    lastModifiedBy: owner,
    parents: [],
    properties: {},
    content: { kind: 'spreadsheet', spreadsheet },
  };
  world.files.set(file.id, file);
  return file;
};

const addTab = (edit: Edit, properties: SheetProperties): Sheet => {
  const { draft } = edit;
  const title = properties.title ?? `Sheet${draft.sheets.length + 1}`;
  assertTitle(edit, title);
  const sheetId = properties.sheetId ?? edit.newId();
  if (draft.sheets.some((other) => other.sheetId === sheetId)) {
    throw invalidArgument(`Cannot add sheet with ID: ${sheetId}, a sheet with that ID already exists.`);
  }
  const sheet = newSheet(edit, sheetId, title, properties);
  draft.sheets.push(sheet);
  return sheet;
};

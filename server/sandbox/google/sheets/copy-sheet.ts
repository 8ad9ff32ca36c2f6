/** `spreadsheets.sheets.copyTo`: one tab into another spreadsheet. */
import * as z from 'zod';
import { commitSpreadsheet, openSpreadsheet, roleOf } from '../file-access.ts';
import { entityNotFound } from '../google-api-error.ts';
import { parseWire } from '../wire-error.ts';
import { copiedAttached } from './attached.ts';
import { openDraft, ownLists } from './draft.ts';
import { assertCellLimit, type Edit } from './edit.ts';
import type { Sheet } from './model.ts';
import { sheetPropertiesJson } from './sheet-json.ts';
import type { SheetsMethod } from './sheets-api.ts';

const freeTitle = (sheets: readonly Sheet[], wanted: string): string => {
  const taken = new Set(sheets.map(({ title }) => title.toLowerCase()));
  let title = wanted;
  for (let number = 1; taken.has(title.toLowerCase()); number += 1) title = `${wanted} ${number}`;
  return title;
};

/** Last in the other spreadsheet, as `Copy of …`, under an id of its own; named ranges and protections stay behind. */
export const copyTo: SheetsMethod = {
  verb: 'POST',
  path: /^\/([^/:]+)\/sheets\/([^/:]+):copyTo$/,
  kind: 'write',
  run({ world, caller, body, parts: [id], open }) {
    const { destinationSpreadsheetId } = parseWire(
      z.strictObject({ destinationSpreadsheetId: z.string() }),
      body,
    );
    const source = open().spreadsheet.sheets.find(({ sheetId }) => String(sheetId) === id);
    if (!source) throw entityNotFound();
    const file = openSpreadsheet(world, caller, destinationSpreadsheetId, 'write');
    if (file.content.kind !== 'spreadsheet') throw entityNotFound();
    const draft = openDraft(file.content.spreadsheet);
    const { email } = caller.account;
    const edit: Edit = {
      draft,
      book: world.book,
      limits: world.limits,
      actor: { email, isOwner: roleOf(file, email) === 'owner', projectNumber: caller.projectNumber },
      newId: world.random.id,
      now: world.clock.now(),
      work: { cells: 0 },
    };
    const sheetId = edit.newId();
    const copy: Sheet = {
      ...source,
      ...copiedAttached(edit, source, sheetId),
      sheetId,
      title: freeTitle(draft.sheets, `Copy of ${source.title}`),
      owner: 0,
    };
    ownLists(draft, copy);
    draft.sheets = [...draft.sheets, copy];
    assertCellLimit(edit);
    commitSpreadsheet(world, file, draft, email);
    return sheetPropertiesJson(draft, copy);
  },
};

/** Sheets v4: which path and method does what, what quota it spends, and how answers are shaped. */
import type { HttpResponse } from '../../../domain/http-message.ts';
import { checkFieldMask, EVERYTHING, parseFieldMask, pickFields } from '../field-mask.ts';
import {
  assertScope,
  authenticate,
  type Caller,
  commitSpreadsheet,
  openSpreadsheet,
  roleOf,
} from '../file-access.ts';
import { GoogleApiError, invalidArgument } from '../google-api-error.ts';
import { bodyText, type Call, decodePart, json } from '../respond.ts';
import { unknownName } from '../wire-error.ts';
import type { DriveFile, World } from '../world.ts';
import { copyTo } from './copy-sheet.ts';
import { openDraft } from './draft.ts';
import type { Actor, Edit } from './edit.ts';
import { spreadsheetTree } from './field-trees.ts';
import type { Shown } from './grid-json.ts';
import type { Spreadsheet } from './model.ts';
import { spreadsheetMethods } from './spreadsheet-methods.ts';
import { valueReadMethods } from './value-read-methods.ts';
import { valueWriteMethods } from './value-write-methods.ts';

/** A state of a spreadsheet with what it is shown by. */
export const shownIn = ({ book, clock }: World, spreadsheet: Spreadsheet): Shown => ({
  spreadsheet,
  book,
  now: clock.now(),
});

/** What a method works with. */
export interface SheetsCall {
  world: World;
  caller: Caller;
  query: URLSearchParams;
  body: unknown;
  /** Decoded path parts after the spreadsheet's id. */
  parts: string[];
  /** The file in question; throws 404 or 403. */
  open(): { file: DriveFile; spreadsheet: Spreadsheet; actor: Actor };
  /** Runs a change on a draft and commits it only when it returned. */
  change<T>(work: (edit: Edit) => T): T;
}

export interface SheetsMethod {
  verb: 'GET' | 'POST' | 'PUT';
  /** After `/v4/spreadsheets`; groups become `parts`. */
  path: RegExp;
  kind: 'read' | 'write';
  /** Query parameters of its own; any other is a 400. */
  params?: readonly string[];
  /** The answer is a Spreadsheet, whose fields are checked by name. */
  isSpreadsheet?: boolean;
  run(call: SheetsCall): unknown;
}

/** Parameters that every Google API takes. */
const STANDARD_PARAMS = new Set(
  'access_token alt callback fields key oauth_token prettyPrint quotaUser uploadType upload_protocol $.xgafv'.split(
    ' ',
  ),
);

const METHODS: readonly SheetsMethod[] = [
  copyTo,
  ...spreadsheetMethods,
  ...valueReadMethods,
  ...valueWriteMethods,
];

export const sheetsApi = async (world: World, call: Call): Promise<HttpResponse> => {
  const path = call.url.pathname.slice('/v4/spreadsheets'.length);
  const found = METHODS.flatMap((method) => {
    const match = method.verb === call.method ? method.path.exec(path) : null;
    return match ? [{ method, match }] : [];
  })[0];
  if (!found) throw new GoogleApiError('NOT_FOUND', 'The requested URL was not found on this server.');
  const { method, match } = found;
  const [id = '', ...parts] = match.slice(1).map((part) => decodePart(part ?? ''));
  const caller = authenticate(world, call);
  const readOnly = method.kind === 'read' ? ['spreadsheets.readonly', 'drive.readonly'] : [];
  assertScope(caller, 'drive.file', 'spreadsheets', 'drive', ...readOnly);
  world.quotas.spend(caller.projectNumber, caller.account.email, method.kind);
  if (call.body.length > world.limits.requestBytes) {
    throw invalidArgument(`Request payload size exceeds the limit: ${world.limits.requestBytes} bytes.`);
  }
  const query = call.url.searchParams;
  for (const name of query.keys()) {
    if (!STANDARD_PARAMS.has(name) && !method.params?.includes(name)) throw unknownName(name, '');
  }
  const fields = query.get('fields') ?? query.get('$fields');
  const mask = fields ? parseFieldMask(fields) : EVERYTHING;
  if (method.isSpreadsheet) checkFieldMask(mask, spreadsheetTree);
  const answer = method.run(createCall(world, caller, id, method, { query, body: readBody(call), parts }));
  return json(200, pickFields(answer, mask));
};

const readBody = (call: Call): unknown => {
  if (call.body.length === 0) return {};
  try {
    return JSON.parse(bodyText(call));
  } catch (error) {
    throw invalidArgument(`Invalid JSON payload received. ${error instanceof Error ? error.message : ''}`);
  }
};

const createCall = (
  world: World,
  caller: Caller,
  id: string,
  method: SheetsMethod,
  rest: Pick<SheetsCall, 'query' | 'body' | 'parts'>,
): SheetsCall => {
  const open = () => {
    const file = openSpreadsheet(world, caller, id, method.kind);
    if (file.content.kind !== 'spreadsheet')
      throw new Error('openSpreadsheet answered with another kind of file');
    const { email } = caller.account;
    const actor = { email, isOwner: roleOf(file, email) === 'owner', projectNumber: caller.projectNumber };
    return { file, spreadsheet: file.content.spreadsheet, actor };
  };
  return {
    world,
    caller,
    ...rest,
    open,
    change(work) {
      const { file, spreadsheet, actor } = open();
      const draft = openDraft(spreadsheet);
      const { book, limits, random, clock } = world;
      const edit: Edit = {
        draft,
        book,
        limits,
        actor,
        newId: random.id,
        now: clock.now(),
        work: { cells: 0 },
      };
      const result = work(edit);
      commitSpreadsheet(world, file, draft, actor.email);
      return result;
    },
  };
};

/** Sheets v4 methods on whole spreadsheets, tabs and developer metadata. */
import * as z from 'zod';
import { below, EVERYTHING, parseFieldMask, wants } from '../field-mask.ts';
import { commitSpreadsheet } from '../file-access.ts';
import { entityNotFound, invalidArgument } from '../google-api-error.ts';
import { parseWire } from '../wire-error.ts';
import { grantKey } from '../world.ts';
import { resolveA1, type SheetRange } from './a1.ts';
import { batchUpdate } from './batch-update.ts';
import { createSpreadsheet } from './create-spreadsheet.ts';
import { type DataFilter, dataFilterSchema, matchMetadata, matchRanges } from './data-filter.ts';
import { message } from './requests/request-kind.ts';
import { sheetPropertiesSchema } from './requests/sheet-properties.ts';
import { isVisibleTo, metadataJson } from './sheet-json.ts';
import type { SheetsCall, SheetsMethod } from './sheets-api.ts';
import { spreadsheetJson } from './spreadsheet-json.ts';

const createSchema = z.strictObject({
  properties: z
    .strictObject({
      title: z.string().optional(),
      locale: z.string().optional(),
      timeZone: z.string().optional(),
      autoRecalc: z.string().optional(),
      defaultFormat: message.optional(),
      iterativeCalculationSettings: message.optional(),
      spreadsheetTheme: message.optional(),
      importFunctionsExternalUrlAccessAllowed: z.boolean().optional(),
    })
    .optional(),
  sheets: z.array(z.strictObject({ properties: sheetPropertiesSchema.optional() })).optional(),
});

const ID = '/([^/:]+)';

/** The answer's own mask and whether it holds cells: a mask decides alone, `includeGridData` counts without one. */
const shape = (query: URLSearchParams, isAsked: boolean) => {
  const fields = query.get('fields') ?? query.get('$fields');
  const mask = fields ? parseFieldMask(fields) : EVERYTHING;
  return { mask, withGridData: fields ? wants(mask, 'sheets', 'data') && !isWhole(fields) : isAsked };
};

const isWhole = (fields: string): boolean => fields.trim() === '*';

const show = (call: SheetsCall, ranges: readonly SheetRange[], isGridAsked: boolean): unknown => {
  const { spreadsheet, actor } = call.open();
  const isWithoutTableBands =
    call.query.get('excludeTablesInBandedRanges') === 'true' ||
    (call.body as { excludeTablesInBandedRanges?: boolean }).excludeTablesInBandedRanges === true;
  return spreadsheetJson(spreadsheet, call.world.book, {
    ...shape(call.query, isGridAsked),
    ranges,
    actor,
    isWithoutTableBands,
    now: call.world.clock.now(),
  });
};

const create: SheetsMethod = {
  verb: 'POST',
  path: /^()$/,
  kind: 'write',
  isSpreadsheet: true,
  run({ world, caller, body, query }) {
    const wish = parseWire(createSchema, body);
    const file = createSpreadsheet(world, caller.account.email, {
      ...wish.properties,
      sheets: (wish.sheets ?? []).map(({ properties = {} }) => properties),
    });
    world.fileGrants.add(grantKey(caller.projectNumber, caller.account.sub, file.id));
    if (file.content.kind !== 'spreadsheet') throw new Error('a new spreadsheet is a spreadsheet');
    const actor = { email: caller.account.email, isOwner: true, projectNumber: caller.projectNumber };
    return spreadsheetJson(file.content.spreadsheet, world.book, {
      ...shape(query, false),
      ranges: [],
      actor,
      now: world.clock.now(),
    });
  },
};

const get: SheetsMethod = {
  verb: 'GET',
  path: new RegExp(`^${ID}$`),
  kind: 'read',
  params: ['ranges', 'includeGridData', 'excludeTablesInBandedRanges'],
  isSpreadsheet: true,
  run(call) {
    const { spreadsheet } = call.open();
    const ranges = call.query.getAll('ranges').map((text) => resolveA1(spreadsheet, text));
    return show(call, ranges, call.query.get('includeGridData') === 'true');
  },
};

const filtersSchema = z.strictObject({
  dataFilters: z.array(dataFilterSchema).optional(),
  includeGridData: z.boolean().optional(),
  excludeTablesInBandedRanges: z.boolean().optional(),
});

const getByDataFilter: SheetsMethod = {
  verb: 'POST',
  path: new RegExp(`^${ID}:getByDataFilter$`),
  kind: 'read',
  isSpreadsheet: true,
  run(call) {
    const { dataFilters = [], includeGridData = false } = parseWire(filtersSchema, call.body);
    const { spreadsheet, actor } = call.open();
    const ranges = dataFilters.flatMap((filter) => matchRanges(spreadsheet, filter, actor.projectNumber));
    if (dataFilters.length > 0 && ranges.length === 0) {
      throw invalidArgument('No data was found that matches the data filters.');
    }
    return show(call, ranges, includeGridData);
  },
};

/** `responseIncludeGridData` is ignored when a mask says what is wanted of the spreadsheet. */
const batchShape = (query: URLSearchParams, isAsked: boolean) => {
  const fields = query.get('fields') ?? query.get('$fields');
  const mask = fields ? parseFieldMask(fields) : EVERYTHING;
  const isMasked = fields !== null && fields.trim() !== '*' && wants(mask, 'updatedSpreadsheet');
  const inner = isMasked ? below(mask, 'updatedSpreadsheet') : EVERYTHING;
  return { mask: inner, withGridData: inner.size > 0 ? wants(inner, 'sheets', 'data') : isAsked };
};

const batchSchema = z.strictObject({
  requests: z.array(z.unknown()).optional(),
  includeSpreadsheetInResponse: z.boolean().optional(),
  responseRanges: z.array(z.string()).optional(),
  responseIncludeGridData: z.boolean().optional(),
});

const batch: SheetsMethod = {
  verb: 'POST',
  path: new RegExp(`^${ID}:batchUpdate$`),
  kind: 'write',
  run({ world, body, open, query }) {
    const wish = parseWire(batchSchema, body);
    const { file, spreadsheet, actor } = open();
    const { book, limits, random, clock } = world;
    const { draft, replies } = batchUpdate(spreadsheet, wish.requests ?? [], {
      book,
      limits,
      actor,
      newId: random.id,
      now: clock.now(),
    });
    const ranges = (wish.responseRanges ?? []).map((text) => resolveA1(draft, text));
    const updated = wish.includeSpreadsheetInResponse && {
      updatedSpreadsheet: spreadsheetJson(draft, book, {
        ranges,
        ...batchShape(query, wish.responseIncludeGridData ?? false),
        actor,
        now: clock.now(),
      }),
    };
    commitSpreadsheet(world, file, draft, actor.email);
    return { spreadsheetId: spreadsheet.spreadsheetId, replies, ...updated };
  },
};

const getMetadata: SheetsMethod = {
  verb: 'GET',
  path: new RegExp(`^${ID}/developerMetadata/([^/:]+)$`),
  kind: 'read',
  run({ parts: [id], open }) {
    const { spreadsheet, actor } = open();
    const found = spreadsheet.metadata.find(({ metadataId }) => String(metadataId) === id);
    if (!found || !isVisibleTo(found, actor.projectNumber)) throw entityNotFound();
    return metadataJson(found);
  },
};

const searchMetadata: SheetsMethod = {
  verb: 'POST',
  path: new RegExp(`^${ID}/developerMetadata:search$`),
  kind: 'read',
  run({ body, open }) {
    const { dataFilters } = parseWire(
      z.strictObject({ dataFilters: z.array(dataFilterSchema).min(1) }),
      body,
    );
    const { spreadsheet, actor } = open();
    const filtersById = new Map<number, DataFilter[]>();
    for (const filter of dataFilters) {
      for (const { metadataId } of matchMetadata(spreadsheet, filter, actor.projectNumber)) {
        filtersById.set(metadataId, [...(filtersById.get(metadataId) ?? []), filter]);
      }
    }
    const matched = spreadsheet.metadata.flatMap((item) => {
      const filters = filtersById.get(item.metadataId);
      return filters ? [{ developerMetadata: metadataJson(item), dataFilters: filters }] : [];
    });
    return matched.length > 0 ? { matchedDeveloperMetadata: matched } : {};
  },
};

export const spreadsheetMethods: readonly SheetsMethod[] = [
  create,
  get,
  getByDataFilter,
  batch,
  getMetadata,
  searchMetadata,
];

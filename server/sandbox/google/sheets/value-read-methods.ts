/** Sheets v4 `spreadsheets.values`, the reading methods. */
import * as z from 'zod';
import { parseWire } from '../wire-error.ts';
import { resolveA1, type SheetRange } from './a1.ts';
import { dataFilterSchema, matchRanges } from './data-filter.ts';
import { type RenderOptions, readValues, type ValueRange } from './read-values.ts';
import { type SheetsCall, type SheetsMethod, shownIn } from './sheets-api.ts';
import { fromQuery, ID, RANGE, renderFields, renderParams } from './value-wire.ts';

const read = (call: SheetsCall, ranges: readonly SheetRange[], options: RenderOptions): ValueRange[] => {
  const { spreadsheet } = call.open();
  return ranges.map((range) => readValues(shownIn(call.world, spreadsheet), range, options));
};

const get: SheetsMethod = {
  verb: 'GET',
  path: new RegExp(`^${ID}${RANGE}$`),
  kind: 'read',
  params: renderParams,
  run(call) {
    const options = fromQuery(call.query, z.strictObject(renderFields), renderParams);
    const { spreadsheet } = call.open();
    return read(call, [resolveA1(spreadsheet, call.parts[0] ?? '')], options)[0];
  },
};

const batchGet: SheetsMethod = {
  verb: 'GET',
  path: new RegExp(`^${ID}/values:batchGet$`),
  kind: 'read',
  params: ['ranges', ...renderParams],
  run(call) {
    const options = fromQuery(call.query, z.strictObject(renderFields), renderParams);
    const { spreadsheet } = call.open();
    const ranges = call.query.getAll('ranges').map((text) => resolveA1(spreadsheet, text));
    return { spreadsheetId: spreadsheet.spreadsheetId, valueRanges: read(call, ranges, options) };
  },
};

const batchGetByDataFilter: SheetsMethod = {
  verb: 'POST',
  path: new RegExp(`^${ID}/values:batchGetByDataFilter$`),
  kind: 'read',
  run(call) {
    const schema = z.strictObject({ dataFilters: z.array(dataFilterSchema), ...renderFields });
    const { dataFilters, ...options } = parseWire(schema, call.body);
    const { spreadsheet, actor } = call.open();
    const valueRanges = dataFilters.flatMap((filter) =>
      read(call, matchRanges(spreadsheet, filter, actor.projectNumber), options).map((valueRange) => ({
        valueRange,
        dataFilters: [filter],
      })),
    );
    return { spreadsheetId: spreadsheet.spreadsheetId, ...(valueRanges.length > 0 && { valueRanges }) };
  },
};

export const valueReadMethods: readonly SheetsMethod[] = [get, batchGet, batchGetByDataFilter];

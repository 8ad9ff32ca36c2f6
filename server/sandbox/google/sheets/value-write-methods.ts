/** Sheets v4 `spreadsheets.values`, the writing methods. */
import * as z from 'zod';
import { GoogleApiError, invalidArgument } from '../google-api-error.ts';
import { parseWire } from '../wire-error.ts';
import { resolveA1 } from './a1.ts';
import { appendValues } from './append-values.ts';
import { dataFilterSchema, matchRanges } from './data-filter.ts';
import type { Edit } from './edit.ts';
import { type RenderOptions, readValues } from './read-values.ts';
import { names } from './requests/request-kind.ts';
import { type SheetsCall, type SheetsMethod, shownIn } from './sheets-api.ts';
import {
  echoFields,
  echoParams,
  fromQuery,
  ID,
  inputSchema,
  listsSchema,
  major,
  majorSchema,
  RANGE,
  valueInput,
  valueRangeSchema,
} from './value-wire.ts';
import { asRows, clearRange, type ValueInput, type Written, writeValues } from './write-values.ts';

interface Echo {
  includeValuesInResponse?: boolean | undefined;
  responseValueRenderOption?: RenderOptions['valueRenderOption'];
  responseDateTimeRenderOption?: RenderOptions['dateTimeRenderOption'];
}

const echo = (call: SheetsCall, written: Written, options: Echo, majorDimension: 'ROWS' | 'COLUMNS') => {
  if (!options.includeValuesInResponse) return {};
  const { spreadsheet } = call.open();
  const updatedData = readValues(
    shownIn(call.world, spreadsheet),
    resolveA1(spreadsheet, written.updatedRange),
    {
      majorDimension,
      valueRenderOption: options.responseValueRenderOption,
      dateTimeRenderOption: options.responseDateTimeRenderOption,
    },
  );
  return { updatedData };
};

const update: SheetsMethod = {
  verb: 'PUT',
  path: new RegExp(`^${ID}${RANGE}$`),
  kind: 'write',
  params: ['valueInputOption', ...echoParams],
  run(call) {
    const input = valueInput(call.query.get('valueInputOption'));
    const options = fromQuery(call.query, z.strictObject(echoFields), echoParams);
    const { range, majorDimension, values = [] } = parseWire(valueRangeSchema, call.body);
    const asked = call.parts[0] ?? '';
    if (range !== undefined && range !== asked) {
      throw invalidArgument(
        `Requested writing within range [${asked}], but the value range names [${range}]`,
      );
    }
    const written = call.change((edit) =>
      writeValues(edit, resolveA1(edit.draft, asked), values, major(majorDimension), input),
    );
    const spreadsheetId = call.open().spreadsheet.spreadsheetId;
    return { spreadsheetId, ...written, ...echo(call, written, options, major(majorDimension)) };
  },
};

const totals = (spreadsheetId: string, responses: readonly Written[]): object => ({
  spreadsheetId,
  totalUpdatedRows: responses.reduce((total, { updatedRows }) => total + updatedRows, 0),
  totalUpdatedColumns: responses.reduce((total, { updatedColumns }) => total + updatedColumns, 0),
  totalUpdatedCells: responses.reduce((total, { updatedCells }) => total + updatedCells, 0),
  totalUpdatedSheets: new Set(responses.map(({ updatedRange }) => updatedRange.split('!')[0])).size,
});

/** Names the item that is at fault, as Google does. */
const atItem = <T>(index: number, work: () => T): T => {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof GoogleApiError)) throw error;
    throw new GoogleApiError(error.status, `Invalid data[${index}]: ${error.message}`, {
      details: error.details,
    });
  }
};

const batchUpdateValues: SheetsMethod = {
  verb: 'POST',
  path: new RegExp(`^${ID}/values:batchUpdate$`),
  kind: 'write',
  run(call) {
    const schema = z.strictObject({
      valueInputOption: inputSchema.optional(),
      data: z.array(valueRangeSchema).optional(),
      ...echoFields,
    });
    const { valueInputOption, data = [], ...options } = parseWire(schema, call.body);
    const input = valueInput(valueInputOption);
    const written = call.change((edit) =>
      data.map(({ range = '', majorDimension, values = [] }, index) =>
        atItem(index, () =>
          writeValues(edit, resolveA1(edit.draft, range), values, major(majorDimension), input),
        ),
      ),
    );
    const { spreadsheetId } = call.open().spreadsheet;
    const responses = written.map((one, index) => ({
      spreadsheetId,
      ...one,
      ...echo(call, one, options, major(data[index]?.majorDimension)),
    }));
    return { ...totals(spreadsheetId, written), responses };
  },
};

const batchUpdateByDataFilter: SheetsMethod = {
  verb: 'POST',
  path: new RegExp(`^${ID}/values:batchUpdateByDataFilter$`),
  kind: 'write',
  run(call) {
    const schema = z.strictObject({
      valueInputOption: inputSchema.optional(),
      data: z.array(
        z.strictObject({
          dataFilter: dataFilterSchema,
          majorDimension: majorSchema.optional(),
          values: listsSchema.optional(),
        }),
      ),
      ...echoFields,
    });
    const { valueInputOption, data } = parseWire(schema, call.body);
    const input = valueInput(valueInputOption);
    const written = call.change((edit) =>
      data.flatMap(({ dataFilter, majorDimension, values = [] }, index) =>
        atItem(index, () => writeToMatches(edit, dataFilter, values, major(majorDimension), input)),
      ),
    );
    const { spreadsheetId } = call.open().spreadsheet;
    return {
      ...totals(
        spreadsheetId,
        written.map(({ written: one }) => one),
      ),
      responses: written.map(({ written: one, dataFilter }) => ({ ...one, dataFilter })),
    };
  },
};

/** Writes to every range that the filter matches. */
const writeToMatches = (
  edit: Edit,
  dataFilter: z.infer<typeof dataFilterSchema>,
  values: unknown[][],
  majorDimension: 'ROWS' | 'COLUMNS',
  input: ValueInput,
): { written: Written; dataFilter: z.infer<typeof dataFilterSchema> }[] =>
  matchRanges(edit.draft, dataFilter, edit.actor.projectNumber).map((range) => ({
    written: writeValues(edit, range, values, majorDimension, input),
    dataFilter,
  }));

const append: SheetsMethod = {
  verb: 'POST',
  path: new RegExp(`^${ID}${RANGE}:append$`),
  kind: 'write',
  params: ['valueInputOption', 'insertDataOption', ...echoParams],
  run(call) {
    const input = valueInput(call.query.get('valueInputOption'));
    const options = fromQuery(call.query, z.strictObject(echoFields), echoParams);
    const { insertDataOption = 'OVERWRITE' } = fromQuery(
      call.query,
      z.strictObject({ insertDataOption: names(['OVERWRITE', 'INSERT_ROWS']).optional() }),
      ['insertDataOption'],
    );
    const { majorDimension, values = [] } = parseWire(valueRangeSchema, call.body);
    const appended = call.change((edit) => {
      const range = resolveA1(edit.draft, call.parts[0] ?? '');
      const rows = asRows(values, major(majorDimension));
      return appendValues(edit, range, rows, input, insertDataOption === 'INSERT_ROWS');
    });
    const { spreadsheetId } = call.open().spreadsheet;
    const updates = {
      spreadsheetId,
      ...appended.updates,
      ...echo(call, appended.updates, options, major(majorDimension)),
    };
    return { spreadsheetId, ...appended, updates };
  },
};

const clear: SheetsMethod = {
  verb: 'POST',
  path: new RegExp(`^${ID}${RANGE}:clear$`),
  kind: 'write',
  run(call) {
    parseWire(z.strictObject({}), call.body);
    const clearedRange = call.change((edit) => clearRange(edit, resolveA1(edit.draft, call.parts[0] ?? '')));
    return { spreadsheetId: call.open().spreadsheet.spreadsheetId, clearedRange };
  },
};

const batchClear: SheetsMethod = {
  verb: 'POST',
  path: new RegExp(`^${ID}/values:batchClear$`),
  kind: 'write',
  run(call) {
    const { ranges } = parseWire(z.strictObject({ ranges: z.array(z.string()) }), call.body);
    const clearedRanges = call.change((edit) =>
      ranges.map((text) => clearRange(edit, resolveA1(edit.draft, text))),
    );
    return { spreadsheetId: call.open().spreadsheet.spreadsheetId, clearedRanges };
  },
};

const batchClearByDataFilter: SheetsMethod = {
  verb: 'POST',
  path: new RegExp(`^${ID}/values:batchClearByDataFilter$`),
  kind: 'write',
  run(call) {
    const { dataFilters } = parseWire(z.strictObject({ dataFilters: z.array(dataFilterSchema) }), call.body);
    const clearedRanges = call.change((edit) =>
      dataFilters.flatMap((filter) =>
        matchRanges(edit.draft, filter, edit.actor.projectNumber).map((range) => clearRange(edit, range)),
      ),
    );
    const { spreadsheetId } = call.open().spreadsheet;
    return { spreadsheetId, ...(clearedRanges.length > 0 && { clearedRanges }) };
  },
};

export const valueWriteMethods: readonly SheetsMethod[] = [
  append,
  clear,
  update,
  batchUpdateValues,
  batchUpdateByDataFilter,
  batchClear,
  batchClearByDataFilter,
];

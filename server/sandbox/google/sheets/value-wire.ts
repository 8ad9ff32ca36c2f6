/** The pieces that messages about plain values share. */
import * as z from 'zod';
import { invalidArgument } from '../google-api-error.ts';
import { parseWire } from '../wire-error.ts';
import { dimensionSchema, names } from './requests/request-kind.ts';
import type { ValueInput } from './write-values.ts';

/** Patterns of paths after `/v4/spreadsheets`. */
export const ID = '/([^/:]+)';
export const RANGE = '/values/([^/]+?)';

export const inputSchema = names(['INPUT_VALUE_OPTION_UNSPECIFIED', 'RAW', 'USER_ENTERED']);

export const renderSchema = names(['FORMATTED_VALUE', 'UNFORMATTED_VALUE', 'FORMULA']);

export const dateSchema = names(['SERIAL_NUMBER', 'FORMATTED_STRING']);

export const majorSchema = names(['DIMENSION_UNSPECIFIED', 'ROWS', 'COLUMNS']);

export const renderFields = {
  majorDimension: dimensionSchema.optional(),
  valueRenderOption: renderSchema.optional(),
  dateTimeRenderOption: dateSchema.optional(),
};

export const echoFields = {
  includeValuesInResponse: z.boolean().optional(),
  responseValueRenderOption: renderSchema.optional(),
  responseDateTimeRenderOption: dateSchema.optional(),
};

export const renderParams = Object.keys(renderFields);

export const echoParams = Object.keys(echoFields);

/** Query parameters as a message: the transcoder treats them alike. */
export const fromQuery = <S extends z.ZodType>(
  query: URLSearchParams,
  schema: S,
  keys: readonly string[],
): z.infer<S> => {
  const fields = keys.flatMap((key) => {
    const value = query.get(key);
    if (value === null) return [];
    return [[key, value === 'true' ? true : value === 'false' ? false : value] as const];
  });
  return parseWire(schema, Object.fromEntries(fields));
};

export const valueInput = (input: string | null | undefined): ValueInput => {
  if (input === 'RAW' || input === 'USER_ENTERED') return input;
  throw invalidArgument("'valueInputOption' is required but not specified");
};

export const major = (dimension: z.infer<typeof majorSchema> | undefined) =>
  dimension === 'COLUMNS' ? 'COLUMNS' : 'ROWS';

/** Lists are checked cell by cell when written: a schema walk over large chunks would double the cost. */
export const listsSchema = z.array(
  z.custom<unknown[]>((list) => Array.isArray(list), { error: 'ListValue' }),
);

export const valueRangeSchema = z.strictObject({
  range: z.string().optional(),
  majorDimension: majorSchema.optional(),
  values: listsSchema.optional(),
});

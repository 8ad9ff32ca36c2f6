/** One kind of `spreadsheets.batchUpdate` request: its message and what it does to the draft. */
import * as z from 'zod';
import type { Edit } from '../edit.ts';
import type { GridRange } from '../model.ts';

export interface RequestKind {
  schema: z.ZodType;
  /** Changes the draft and answers with the reply's content, if the kind has one. */
  apply(edit: Edit, body: unknown): object | undefined;
}

/** Ties a message's schema to its handler; the caller parses before it applies. */
export const requestKind = <S extends z.ZodType>(
  schema: S,
  apply: (edit: Edit, body: z.infer<S>) => object | undefined,
): RequestKind => ({ schema, apply: (edit, body) => apply(edit, body as z.infer<S>) });

export const int32 = z.number().int().min(-2_147_483_648).max(2_147_483_647);
/** A proto enum by name. */
export const names = <const T extends readonly [string, ...string[]]>(values: T) => z.enum(values);
/** A message whose inside the sandbox keeps as it came. */
export const message = z.record(z.string(), z.unknown());

export const gridRangeSchema = z.strictObject({
  sheetId: int32.optional(),
  startRowIndex: int32.optional(),
  endRowIndex: int32.optional(),
  startColumnIndex: int32.optional(),
  endColumnIndex: int32.optional(),
});

export const gridCoordinateSchema = z.strictObject({
  sheetId: int32.optional(),
  rowIndex: int32.min(0).optional(),
  columnIndex: int32.min(0).optional(),
});

export const dimensionSchema = names(['ROWS', 'COLUMNS']);

export const dimensionRangeSchema = z.strictObject({
  sheetId: int32.optional(),
  dimension: dimensionSchema,
  startIndex: int32.optional(),
  endIndex: int32.optional(),
});

type WireRange = z.infer<typeof gridRangeSchema>;

/** The stored form of a range: a `sheetId` always, open sides absent. */
export const toGridRange = (range: WireRange): GridRange => ({
  sheetId: range.sheetId ?? 0,
  ...(range.startRowIndex !== undefined && { startRowIndex: range.startRowIndex }),
  ...(range.endRowIndex !== undefined && { endRowIndex: range.endRowIndex }),
  ...(range.startColumnIndex !== undefined && { startColumnIndex: range.startColumnIndex }),
  ...(range.endColumnIndex !== undefined && { endColumnIndex: range.endColumnIndex }),
});

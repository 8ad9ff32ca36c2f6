/** The shape of a control action: a schema for its input and what it does to the sandbox. */
import { z } from 'zod';
import type { World } from '../http/world.ts';

export interface Action<Schema extends z.ZodType, Result> {
  schema: Schema;
  run(world: World, input: z.output<Schema>): Result;
}

export const action = <Schema extends z.ZodType, Result>(
  schema: Schema,
  run: (world: World, input: z.output<Schema>) => Result,
): Action<Schema, Result> => ({ schema, run });

/** A tenant id or a name; the first organisation where left out. */
export const organisation = z.string().optional();
export const resource = z.enum([
  'accounts',
  'contacts',
  'invoices',
  'payments',
  'bankTransactions',
  'creditNotes',
  'prepayments',
  'overpayments',
  'bankTransfers',
  'manualJournals',
  'items',
  'contactGroups',
  'trackingCategories',
]);
/** What control can name. */
export type Resource = z.output<typeof resource>;
export const record = z.strictObject({ organisation, resource, id: z.string() });

/** What can be published, on the wire. */
import { z } from 'zod';
import { route } from './route.ts';
import { idSchema } from './run.ts';

export const columnViewSchema = z.object({
  key: z.string(),
  label: z.string(),
  type: z.enum(['text', 'money', 'quantity', 'rate', 'integer', 'boolean', 'date', 'instant']),
  isDefault: z.boolean(),
  /** Xero sends it and nobody described it yet. */
  isNew: z.literal(true).optional(),
});
export type ColumnView = z.infer<typeof columnViewSchema>;

export const datasetViewSchema = z
  .object({
    id: z.string(),
    label: z.string(),
    group: z.string(),
    description: z.string(),
    /** Column keys that name a row, or null where rows have no key. */
    key: z.array(z.string()).nullable(),
    /** Empty for a report whose columns depend on its parameters. */
    columns: z.array(columnViewSchema),
    params: z.array(
      z.object({
        name: z.string(),
        label: z.string(),
        options: z.array(z.object({ value: z.string(), label: z.string() })),
        default: z.string(),
      }),
    ),
  })
  .meta({ id: 'Dataset' });
export type DatasetView = z.infer<typeof datasetViewSchema>;

export const catalogueRoutes = {
  getCatalogue: route({
    id: 'getCatalogue',
    method: 'GET',
    path: '/api/v1/catalogue',
    summary:
      'Every dataset with its columns and parameters; with a connection also the columns that Xero sent new for its organisation.',
    params: null,
    query: z.strictObject({ connectionId: idSchema.optional() }),
    body: null,
    answer: z.object({ datasets: z.array(datasetViewSchema) }),
    status: 200,
  }),
} as const;

/** Exporters and the spreadsheets that they may write to, on the wire. */
import { z } from 'zod';
import { route } from './route.ts';
import { idSchema, runViewSchema } from './run.ts';
import { scheduleSchema, scheduleViewSchema } from './schedule.ts';

/** No control characters, trimmed, not empty: what people see in lists and tabs. */
export const nameSchema = (longest: number) =>
  z
    .string()
    .trim()
    .min(1, 'is empty')
    .max(longest, `is longer than ${longest} characters`)
    .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'has characters that cannot be shown');

/** What people compare records with: any text but what no text of Xero's holds. */
const valueSchema = z
  .string()
  .max(500)
  .regex(/^[^\p{Cs}\0]*$/u, 'has characters that are no text');

export const filterSchema = z.strictObject({
  column: z.string().min(1).max(100),
  op: z.enum(['is', 'is-not', 'one-of', 'from', 'to', 'contains']),
  values: z.array(valueSchema).min(1).max(100),
});
export type Filter = z.infer<typeof filterSchema>;

const destinationSchema = z.strictObject({
  spreadsheetId: z.string().regex(/^[A-Za-z0-9_-]{10,100}$/, 'is not a spreadsheet id'),
  /** Wanted title of the tab; the dataset’s label when left out. */
  tabTitle: nameSchema(100).optional(),
});

const choice = {
  connectionId: idSchema,
  dataset: z.string().min(1).max(60),
  params: z.record(z.string().max(60), z.string().max(200)).default({}),
  /** In the wanted order; null takes the default columns. */
  columns: z.array(z.string().min(1).max(100)).min(1).max(500).nullable().default(null),
  filters: z.array(filterSchema).max(20).default([]),
};

export const exporterViewSchema = z
  .object({
    id: idSchema,
    name: z.string(),
    connectionId: idSchema,
    organisation: z.string(),
    /** The organisation's own, by IANA's name; '' until it was read once. */
    timeZone: z.string(),
    dataset: z.string(),
    params: z.record(z.string(), z.string()),
    columns: z.array(z.string()).nullable(),
    filters: z.array(filterSchema),
    spreadsheetId: z.string(),
    tabTitle: z.string(),
    /** Known after the first run. */
    sheetId: z.int().nullable(),
    status: z.enum(['active', 'paused', 'needs-reconnect', 'needs-file']),
    /** The address of who wrote the tab and has left the team: somebody else takes it over. */
    writerLeft: z.string().optional(),
    /** Null: it runs when a person asks. */
    schedule: scheduleViewSchema.nullable(),
    /** When it runs next by itself; null without a schedule, while paused, and while it needs its person. */
    nextDueAt: z.iso.datetime().nullable(),
    pausedAt: z.iso.datetime().nullable(),
    createdAt: z.iso.datetime(),
    activeRun: runViewSchema.nullable(),
    lastRun: runViewSchema.nullable(),
    /** Rows in the tab and when they were last right; null before the first run. */
    published: z.object({ rows: z.int(), at: z.iso.datetime() }).nullable(),
  })
  .meta({ id: 'Exporter' });
export type ExporterView = z.infer<typeof exporterViewSchema>;

const exporterIdParams = z.strictObject({ exporterId: idSchema });
const cellSchema = z.union([z.string(), z.number(), z.boolean(), z.null()]);

export const spreadsheetViewSchema = z
  .object({ id: z.string(), title: z.string() })
  .meta({ id: 'Spreadsheet' });

export const exporterRoutes = {
  listExporters: route({
    id: 'listExporters',
    method: 'GET',
    path: '/api/v1/exporters',
    summary: 'The team’s exporters, oldest first.',
    params: null,
    query: z.strictObject({
      spreadsheetId: z.string().max(100).optional(),
      limit: z.coerce.number().int().min(1).max(200).default(100),
      after: z.string().max(200).optional(),
    }),
    body: null,
    answer: z.object({ exporters: z.array(exporterViewSchema), next: z.string().nullable() }),
    status: 200,
  }),
  createExporter: route({
    id: 'createExporter',
    method: 'POST',
    path: '/api/v1/exporters',
    summary: 'Save an exporter. Nothing runs yet.',
    params: null,
    query: null,
    body: z.strictObject({
      name: nameSchema(120),
      ...choice,
      destination: destinationSchema,
      schedule: scheduleSchema.nullable().default(null),
    }),
    answer: exporterViewSchema,
    status: 201,
  }),
  getExporter: route({
    id: 'getExporter',
    method: 'GET',
    path: '/api/v1/exporters/{exporterId}',
    summary: 'One exporter.',
    params: exporterIdParams,
    query: null,
    body: null,
    answer: exporterViewSchema,
    status: 200,
  }),
  editExporter: route({
    id: 'editExporter',
    method: 'PATCH',
    path: '/api/v1/exporters/{exporterId}',
    summary: 'Change name, columns, filters, parameters or schedule. The next run writes them.',
    params: exporterIdParams,
    query: null,
    body: z.strictObject({
      name: nameSchema(120).optional(),
      params: z.record(z.string().max(60), z.string().max(200)).optional(),
      columns: z.array(z.string().min(1).max(100)).min(1).max(500).nullable().optional(),
      filters: z.array(filterSchema).max(20).optional(),
      /** Null: it runs only when a person asks. */
      schedule: scheduleSchema.nullable().optional(),
    }),
    answer: exporterViewSchema,
    status: 200,
  }),
  pauseExporter: route({
    id: 'pauseExporter',
    method: 'POST',
    path: '/api/v1/exporters/{exporterId}/pause',
    summary: 'Let its schedule rest. A run under way goes on.',
    params: exporterIdParams,
    query: null,
    body: null,
    answer: exporterViewSchema,
    status: 200,
  }),
  resumeExporter: route({
    id: 'resumeExporter',
    method: 'POST',
    path: '/api/v1/exporters/{exporterId}/resume',
    summary: 'Go on with the next time of its schedule; what passed while it was paused is not made up for.',
    params: exporterIdParams,
    query: null,
    body: null,
    answer: exporterViewSchema,
    status: 200,
  }),
  deleteExporter: route({
    id: 'deleteExporter',
    method: 'DELETE',
    path: '/api/v1/exporters/{exporterId}',
    summary: 'Delete an exporter. Its tab and rows stay.',
    params: exporterIdParams,
    query: null,
    body: null,
    answer: null,
    status: 204,
  }),
  previewRows: route({
    id: 'previewRows',
    method: 'POST',
    path: '/api/v1/preview',
    summary: 'The first rows that an exporter would write, from what the mirror holds now. No Xero calls.',
    params: null,
    query: null,
    body: z.strictObject({ ...choice, limit: z.int().min(1).max(100).default(20) }),
    answer: z.object({
      columns: z.array(z.object({ key: z.string(), label: z.string(), type: z.string() })),
      rows: z.array(z.array(cellSchema)),
      /** False when the mirror has not read this yet: run the exporter once. */
      isRead: z.boolean(),
    }),
    status: 200,
  }),
  listSpreadsheets: route({
    id: 'listSpreadsheets',
    method: 'GET',
    path: '/api/v1/spreadsheets',
    summary: 'Spreadsheets that this person let Foliokeep use.',
    params: null,
    query: null,
    body: null,
    answer: z.object({ spreadsheets: z.array(spreadsheetViewSchema) }),
    status: 200,
  }),
  createSpreadsheet: route({
    id: 'createSpreadsheet',
    method: 'POST',
    path: '/api/v1/spreadsheets',
    summary: 'Make a new spreadsheet in this person’s Drive.',
    params: null,
    query: null,
    body: z.strictObject({ title: nameSchema(200) }),
    answer: spreadsheetViewSchema,
    status: 201,
  }),
} as const;

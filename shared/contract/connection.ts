/** Connections to Xero organisations, on the wire. */
import { z } from 'zod';
import { route } from './route.ts';
import { idSchema } from './run.ts';

export const connectionViewSchema = z
  .object({
    id: idSchema,
    name: z.string(),
    status: z.enum(['active', 'needs-reconnect', 'disconnected', 'deletion-due']),
    /** When its data goes for good, and who asked for it; null unless `deletion-due`. */
    deletion: z.object({ dueAt: z.iso.datetime(), requestedBy: z.string(), canUndo: z.boolean() }).nullable(),
    /** '' until the organisation was read once. */
    countryCode: z.string(),
    baseCurrency: z.string(),
    /** By IANA's name. */
    timeZone: z.string(),
    connectedBy: z.string(),
    connectedAt: z.iso.datetime(),
    exporters: z.int(),
    /** Of Xero's limits and meter, by all who read this organisation through this app. */
    usage: z.object({
      /** In the organisation's present day at Xero, which begins at a time of its own. */
      callsToday: z.int(),
      /** Null until Xero said it. */
      dayLimit: z.int().nullable(),
      /** Received, in the calendar month by UTC. */
      bytesThisMonth: z.int(),
    }),
    /** What was asked for but not given, by dataset group in plain words. */
    missing: z.array(z.string()),
  })
  .meta({ id: 'Connection' });
export type ConnectionView = z.infer<typeof connectionViewSchema>;

const connectionIdParams = z.strictObject({ connectionId: idSchema });

export const disconnectionSchema = z
  .object({
    name: z.string(),
    /** Names of exporters that pause. */
    pauses: z.array(z.string()),
    /** What stays, in sentences. */
    keeps: z.array(z.string()),
  })
  .meta({ id: 'Disconnection' });
export type Disconnection = z.infer<typeof disconnectionSchema>;

export const deletionPreviewSchema = z
  .object({
    name: z.string(),
    /** By name. */
    exporters: z.array(z.string()),
    snapshots: z.int(),
    files: z.int(),
    bytes: z.number(),
    dueAt: z.iso.datetime(),
    /** What stays, in sentences. */
    keeps: z.array(z.string()),
  })
  .meta({ id: 'DeletionPreview' });
export type DeletionPreview = z.infer<typeof deletionPreviewSchema>;

export const receiptViewSchema = z
  .object({
    id: idSchema,
    name: z.string(),
    requestedBy: z.string(),
    requestedAt: z.iso.datetime(),
    erasedAt: z.iso.datetime(),
    /** The receipt as text, to be kept. */
    text: z.string(),
  })
  .meta({ id: 'Receipt' });
export type ReceiptView = z.infer<typeof receiptViewSchema>;

export const connectionRoutes = {
  listConnections: route({
    id: 'listConnections',
    method: 'GET',
    path: '/api/v1/connections',
    summary: 'The team’s connections with their health.',
    params: null,
    query: null,
    body: null,
    answer: z.object({ connections: z.array(connectionViewSchema) }),
    status: 200,
  }),
  beginConsent: route({
    id: 'beginConsent',
    method: 'POST',
    path: '/api/v1/connections/consent',
    summary: 'Begin a consent at Xero; open the address in a window. With a connection: reconnect it.',
    params: null,
    query: null,
    body: z.strictObject({ connectionId: idSchema.optional() }),
    answer: z.object({ url: z.url() }),
    status: 201,
  }),
  previewDisconnect: route({
    id: 'previewDisconnect',
    method: 'GET',
    path: '/api/v1/connections/{connectionId}/disconnection',
    summary: 'What would pause and what would be kept.',
    params: connectionIdParams,
    query: null,
    body: null,
    answer: disconnectionSchema,
    status: 200,
  }),
  disconnect: route({
    id: 'disconnect',
    method: 'DELETE',
    path: '/api/v1/connections/{connectionId}',
    summary: 'Remove the connection at Xero. Exporters pause, tabs and mirror are kept.',
    params: connectionIdParams,
    query: null,
    body: null,
    answer: null,
    status: 204,
  }),
  previewDeletion: route({
    id: 'previewDeletion',
    method: 'GET',
    path: '/api/v1/connections/{connectionId}/data',
    summary: 'What deleting an organisation’s data would take, by name, and what stays.',
    params: connectionIdParams,
    query: null,
    body: null,
    answer: deletionPreviewSchema,
    status: 200,
  }),
  deleteOrganisationData: route({
    id: 'deleteOrganisationData',
    method: 'DELETE',
    path: '/api/v1/connections/{connectionId}/data',
    summary:
      'Delete this team’s data of a disconnected organisation in thirty days; until then it can be undone.',
    params: connectionIdParams,
    query: null,
    body: z.strictObject({
      /** The organisation’s name, typed to confirm. */
      name: z.string().max(500),
    }),
    answer: z.object({ dueAt: z.iso.datetime() }),
    status: 202,
  }),
  undoDeletion: route({
    id: 'undoDeletion',
    method: 'POST',
    path: '/api/v1/connections/{connectionId}/data/undo',
    summary: 'Keep the data after all, until its day has come.',
    params: connectionIdParams,
    query: null,
    body: null,
    answer: null,
    status: 204,
  }),
  listReceipts: route({
    id: 'listReceipts',
    method: 'GET',
    path: '/api/v1/receipts',
    summary: 'What was deleted for good, newest first.',
    params: null,
    query: null,
    body: null,
    answer: z.object({ receipts: z.array(receiptViewSchema) }),
    status: 200,
  }),
} as const;

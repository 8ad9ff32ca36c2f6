/** Connections to Xero organisations, on the wire. */
import { z } from 'zod';
import { route } from './route.ts';
import { idSchema } from './run.ts';

export const connectionViewSchema = z
  .object({
    id: idSchema,
    name: z.string(),
    status: z.enum(['active', 'needs-reconnect', 'disconnected']),
    /** '' until the organisation was read once. */
    countryCode: z.string(),
    baseCurrency: z.string(),
    connectedBy: z.string(),
    connectedAt: z.iso.datetime(),
    exporters: z.int(),
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
  deleteOrganisationData: route({
    id: 'deleteOrganisationData',
    method: 'DELETE',
    path: '/api/v1/connections/{connectionId}/data',
    summary: 'Delete this team’s mirror of a disconnected organisation. Final. Tabs are kept.',
    params: connectionIdParams,
    query: null,
    body: z.strictObject({
      /** The organisation’s name, typed to confirm. */
      name: z.string().max(500),
    }),
    answer: null,
    status: 204,
  }),
} as const;

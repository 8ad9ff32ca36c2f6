/** The environment, read once and checked: a missing or wrong field stops the start with its name and the fix. */
import { z } from 'zod';
import { FatalError } from './errors.ts';

const portSchema = z.coerce.number().int().min(0).max(65_535);
const originSchema = z
  .url({ protocol: /^https?$/, error: 'is not an http(s) address' })
  .transform((address) => address.replace(/\/+$/, ''));
const required = (what: string) => z.string({ error: `is missing: ${what}` }).min(1, `is empty: ${what}`);

const environmentSchema = z.object({
  PORT: portSchema.default(8080),
  /** Where people reach the server; also the base of both redirect addresses. */
  FOLIOKEEP_PUBLIC_URL: originSchema.optional(),
  /** Folder of the store, the queue, the mirrors and the key file. */
  FOLIOKEEP_DATA: z.string().min(1).default('.foliokeep/data'),
  FOLIOKEEP_LOG: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  /** Origins, space-separated, that may show the panel in a frame (the playground). */
  FOLIOKEEP_FRAME_ANCESTORS: z.string().default(''),

  XERO_CLIENT_ID: required('the client id of your Xero app (developer.xero.com, My Apps)'),
  XERO_CLIENT_SECRET: required('the client secret of your Xero app'),
  XERO_LOGIN_URL: originSchema.default('https://login.xero.com'),
  XERO_IDENTITY_URL: originSchema.default('https://identity.xero.com'),
  XERO_API_URL: originSchema.default('https://api.xero.com'),
  /** Calls of one organisation that we make in a minute; Xero allows 60 (xero-api.md section 2, 2026-11-20). */
  XERO_MINUTE_LIMIT: z.coerce.number().int().min(1).max(1_000).default(60),

  GOOGLE_CLIENT_ID: required('the OAuth client id of your Google Cloud project (type: web application)'),
  GOOGLE_CLIENT_SECRET: required('the OAuth client secret of your Google Cloud project'),
  /** Audiences of ID tokens that the add-on sends, space-separated; the client id above is always one. */
  GOOGLE_ADDON_AUDIENCES: z.string().default(''),
  GOOGLE_ISSUER: z.string().default('https://accounts.google.com'),
  GOOGLE_AUTH_URL: originSchema.default('https://accounts.google.com/o/oauth2/v2/auth'),
  GOOGLE_TOKEN_URL: originSchema.default('https://oauth2.googleapis.com/token'),
  GOOGLE_REVOKE_URL: originSchema.default('https://oauth2.googleapis.com/revoke'),
  GOOGLE_CERTS_URL: originSchema.default('https://www.googleapis.com/oauth2/v3/certs'),
  GOOGLE_SHEETS_URL: originSchema.default('https://sheets.googleapis.com'),
  GOOGLE_DRIVE_URL: originSchema.default('https://www.googleapis.com'),

  /** Longest time that one task works before it hands over to the next, in milliseconds. */
  ENGINE_SLICE_MS: z.coerce.number().int().min(1_000).max(600_000).default(180_000),
  /** How long a worker's lease on a run lasts without a heartbeat, in milliseconds. */
  ENGINE_LEASE_MS: z.coerce.number().int().min(1_000).max(600_000).default(30_000),
  /** Ceiling of the query child's memory, in megabytes. */
  QUERY_MEMORY_MB: z.coerce.number().int().min(64).max(65_536).default(256),
});

export interface Config {
  port: number;
  publicUrl: string;
  dataFolder: string;
  logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
  frameAncestors: string[];
  xero: {
    clientId: string;
    clientSecret: string;
    loginUrl: string;
    identityUrl: string;
    apiUrl: string;
    redirectUri: string;
    minuteLimit: number;
  };
  google: {
    clientId: string;
    clientSecret: string;
    addonAudiences: string[];
    issuer: string;
    authUrl: string;
    tokenUrl: string;
    revokeUrl: string;
    certsUrl: string;
    sheetsUrl: string;
    driveUrl: string;
    redirectUri: string;
  };
  engine: { sliceMs: number; leaseMs: number };
  queryMemoryMb: number;
}

const words = (text: string): string[] => text.split(/\s+/).filter((word) => word !== '');

/** FatalError `CONFIG_INVALID` naming the first field that is missing or wrong; its value is never repeated. */
export function readConfig(environment: Record<string, string | undefined>): Config {
  const parsed = environmentSchema.safeParse(environment);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new FatalError('CONFIG_INVALID', {
      field: issue?.path.join('.') ?? 'environment',
      problem: issue?.message ?? 'is not valid',
    });
  }
  const e = parsed.data;
  const publicUrl = e.FOLIOKEEP_PUBLIC_URL ?? `http://localhost:${e.PORT}`;
  const { protocol, hostname } = new URL(publicUrl);
  if (protocol !== 'https:' && hostname !== 'localhost') {
    // Xero takes https redirects, or http://localhost; http://127.0.0.1 is refused (xero-api.md 1.1).
    throw new FatalError('CONFIG_INVALID', {
      field: 'FOLIOKEEP_PUBLIC_URL',
      problem: 'must begin with https://, or be http://localhost:PORT on one machine',
    });
  }
  return {
    port: e.PORT,
    publicUrl,
    dataFolder: e.FOLIOKEEP_DATA,
    logLevel: e.FOLIOKEEP_LOG,
    frameAncestors: words(e.FOLIOKEEP_FRAME_ANCESTORS),
    xero: {
      clientId: e.XERO_CLIENT_ID,
      clientSecret: e.XERO_CLIENT_SECRET,
      loginUrl: e.XERO_LOGIN_URL,
      identityUrl: e.XERO_IDENTITY_URL,
      apiUrl: e.XERO_API_URL,
      redirectUri: `${publicUrl}/oauth/xero/callback`,
      minuteLimit: e.XERO_MINUTE_LIMIT,
    },
    google: {
      clientId: e.GOOGLE_CLIENT_ID,
      clientSecret: e.GOOGLE_CLIENT_SECRET,
      addonAudiences: [e.GOOGLE_CLIENT_ID, ...words(e.GOOGLE_ADDON_AUDIENCES)],
      issuer: e.GOOGLE_ISSUER,
      authUrl: e.GOOGLE_AUTH_URL,
      tokenUrl: e.GOOGLE_TOKEN_URL,
      revokeUrl: e.GOOGLE_REVOKE_URL,
      certsUrl: e.GOOGLE_CERTS_URL,
      sheetsUrl: e.GOOGLE_SHEETS_URL,
      driveUrl: e.GOOGLE_DRIVE_URL,
      redirectUri: `${publicUrl}/oauth/google/callback`,
    },
    engine: { sliceMs: e.ENGINE_SLICE_MS, leaseMs: e.ENGINE_LEASE_MS },
    queryMemoryMb: e.QUERY_MEMORY_MB,
  };
}

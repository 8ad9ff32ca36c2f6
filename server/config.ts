/** The environment, read once and checked: a missing or wrong field stops the start with its name and the fix. */
import { z } from 'zod';
import { FatalError } from './errors.ts';
import { mailFrom, type SmtpServer, smtpAddress } from './smtp-address.ts';

/** Whole numbers in plain digits: `0x50` or `1e3` are slips. */
const wholeNumber = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/, `must be a whole number from ${least} to ${most}`)
    .transform(Number)
    .refine((value) => value >= least && value <= most, `must be a whole number from ${least} to ${most}`);

const onThisMachine = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Secrets and tokens go there: https, but for what stays on this machine. */
const address = z
  .string()
  .refine(
    isSafeAddress,
    'must be an https:// address (http:// only on this machine), without a name or password',
  )
  .transform((text) => text.replace(/\/+$/, ''));

const origin = (problem: string) =>
  z
    .string()
    .transform((text) => text.replace(/\/$/, ''))
    .refine((text) => URL.canParse(text) && new URL(text).origin === text, problem);

const required = (what: string) => z.string({ error: `is missing: ${what}` });

const environmentSchema = z.object({
  PORT: wholeNumber(1, 65_535).prefault('8080'),
  /** Where people reach the server; also the base of both redirect addresses. */
  FOLIOKEEP_PUBLIC_URL: origin(
    'must be an address without a path, such as https://books.example.com',
  ).optional(),
  /** Folder of the store, the queue, the mirrors and the key file. */
  FOLIOKEEP_DATA: z.string().default('.foliokeep/data'),
  FOLIOKEEP_LOG: z.enum(['debug', 'info', 'warn', 'error', 'silent'], { error: oneOf }).default('info'),
  /** Origins, space-separated, that may show the panel in a frame (the playground). */
  FOLIOKEEP_FRAME_ANCESTORS: words(
    origin('must be origins such as https://example.com, with spaces between'),
  ),

  /** Requests a minute: of one person, of all people of a team, and of one address that is signed out. */
  FOLIOKEEP_REQUESTS_PERSON: wholeNumber(1, 1_000_000).prefault('1200'),
  FOLIOKEEP_REQUESTS_TEAM: wholeNumber(1, 1_000_000).prefault('6000'),
  FOLIOKEEP_REQUESTS_ADDRESS: wholeNumber(1, 1_000_000).prefault('600'),
  /** Of these, to sign in, to give consent, and to invite or join. */
  FOLIOKEEP_REQUESTS_SIGN_IN: wholeNumber(1, 1_000_000).prefault('60'),
  /** Proxies in front of the server, whose word about a caller's address is taken. */
  FOLIOKEEP_TRUSTED_PROXIES: wholeNumber(0, 10).prefault('0'),
  /** A session ends after so long without a request, and after so many days in any case. */
  FOLIOKEEP_SESSION_IDLE_MINUTES: wholeNumber(1, 100_000).prefault('720'),
  FOLIOKEEP_SESSION_DAYS: wholeNumber(1, 90).prefault('7'),
  /** How long a caller may take to send its headers, its whole request, and to send nothing at all. */
  FOLIOKEEP_HEADERS_MS: wholeNumber(100, 600_000).prefault('20000'),
  FOLIOKEEP_REQUEST_MS: wholeNumber(100, 600_000).prefault('60000'),
  FOLIOKEEP_IDLE_MS: wholeNumber(100, 600_000).prefault('30000'),

  XERO_CLIENT_ID: required('the client id of your Xero app (developer.xero.com, My Apps)'),
  XERO_CLIENT_SECRET: required('the client secret of your Xero app'),
  XERO_LOGIN_URL: address.prefault('https://login.xero.com'),
  XERO_IDENTITY_URL: address.prefault('https://identity.xero.com'),
  XERO_API_URL: address.prefault('https://api.xero.com'),
  /** Calls that we allow ourselves per organisation and minute; Xero's own limit is 60. */
  XERO_MINUTE_LIMIT: wholeNumber(1, 1_000).prefault('60'),

  GOOGLE_CLIENT_ID: required('the OAuth client id of your Google Cloud project (type: web application)'),
  GOOGLE_CLIENT_SECRET: required('the OAuth client secret of your Google Cloud project'),
  /** Audiences of ID tokens that the add-on sends, space-separated; the client id above is always one. */
  GOOGLE_ADDON_AUDIENCES: words(z.string()),
  GOOGLE_ISSUER: address.prefault('https://accounts.google.com'),
  GOOGLE_AUTH_URL: address.prefault('https://accounts.google.com/o/oauth2/v2/auth'),
  GOOGLE_TOKEN_URL: address.prefault('https://oauth2.googleapis.com/token'),
  GOOGLE_REVOKE_URL: address.prefault('https://oauth2.googleapis.com/revoke'),
  GOOGLE_CERTS_URL: address.prefault('https://www.googleapis.com/oauth2/v3/certs'),
  GOOGLE_SHEETS_URL: address.prefault('https://sheets.googleapis.com'),
  GOOGLE_DRIVE_URL: address.prefault('https://www.googleapis.com'),
  /** Sheets calls of a kind (reads, writes) that we allow ourselves in any minute: Google's own quotas for a project and a person of it. */
  GOOGLE_PROJECT_MINUTE_LIMIT: wholeNumber(10, 1_000_000).prefault('300'),
  GOOGLE_PERSON_MINUTE_LIMIT: wholeNumber(10, 1_000_000).prefault('60'),

  /** `smtps://name:password@host:465`, or `smtp://…:587`, which goes on only under TLS; `?tls=off` for a server of one's own. */
  SMTP_URL: smtpAddress.optional(),
  /** Whom mail is from, as `Foliokeep <notices@example.com>`; needed with `SMTP_URL`. */
  MAIL_FROM: mailFrom.optional(),
  /** Whether webhooks may reach this machine, for a receiver beside the server. */
  WEBHOOKS_HERE: z.enum(['yes', 'no'], { error: oneOf }).default('no'),

  /** Longest time that one task works before it hands over to the next, in milliseconds. */
  ENGINE_SLICE_MS: wholeNumber(1_000, 600_000).prefault('180000'),
  /** How long a worker's lease on a run lasts without a heartbeat, in milliseconds. */
  ENGINE_LEASE_MS: wholeNumber(1_000, 600_000).prefault('30000'),
  /** One unit of work (a page, a batch of rows) that takes longer is given up as if its worker had died. */
  ENGINE_UNIT_MS: wholeNumber(10_000, 3_600_000).prefault('1200000'),
  /** From the request of a run to its end at the latest, waits included. */
  ENGINE_DEADLINE_MS: wholeNumber(60_000, 999_999_999).prefault('172800000'),
  /** How long past its due time a task counts as lost and is issued again. */
  ENGINE_LOST_MS: wholeNumber(1_000, 3_600_000).prefault('90000'),
  /** How often a lost or failing task is issued again without any work recorded, before its run fails. */
  ENGINE_RESCUES: wholeNumber(1, 100).prefault('10'),
  /** Between two looks for what is due, counted from the full minute. */
  ENGINE_TICK_MS: wholeNumber(1_000, 60_000).prefault('60000'),
  /** How long ended runs are kept; the last of each exporter stays. */
  ENGINE_KEEP_RUNS_DAYS: wholeNumber(1, 3_650).prefault('90'),
  /** Ceiling of the query child's memory, in megabytes. */
  QUERY_MEMORY_MB: wholeNumber(64, 65_536).prefault('256'),
});

export interface Config {
  port: number;
  publicUrl: string;
  dataFolder: string;
  logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
  frameAncestors: string[];
  /** Requests a minute, as in the environment. */
  requests: { person: number; team: number; address: number; signIn: number };
  trustedProxies: number;
  sessions: { idleMs: number; lifeMs: number };
  callers: { headersMs: number; requestMs: number; idleMs: number };
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
    minuteLimits: { project: number; person: number };
  };
  /** Null: mail is printed. */
  mail: (SmtpServer & { from: string }) | null;
  webhooks: { isThisMachineAllowed: boolean };
  engine: {
    sliceMs: number;
    leaseMs: number;
    unitMs: number;
    deadlineMs: number;
    lostAfterMs: number;
    maxRescues: number;
    tickMs: number;
    keepRunsMs: number;
  };
  queryMemoryMb: number;
}

/**
 * FatalError `CONFIG_INVALID` with a line for every field that is missing or wrong; `details.field` is the first of them, and
 * no value is repeated. A field that is there but empty counts as left out.
 */
export function readConfig(environment: Record<string, string | undefined>): Config {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value?.trim() !== ''));
  const parsed = environmentSchema.safeParse(given);
  if (!parsed.success) throw invalid(parsed.error.issues);
  const e = parsed.data;
  const publicUrl = e.FOLIOKEEP_PUBLIC_URL ?? `http://localhost:${e.PORT}`;
  const { protocol, hostname } = new URL(publicUrl);
  if (protocol !== 'https:' && (protocol !== 'http:' || hostname !== 'localhost')) {
    // Xero takes https redirects, or http://localhost; http://127.0.0.1 is refused (xero-api.md 1.1).
    const message = 'must begin with https://, or be http://localhost:PORT on one machine';
    throw invalid([{ path: ['FOLIOKEEP_PUBLIC_URL'], message }]);
  }
  if (e.SMTP_URL !== undefined && e.MAIL_FROM === undefined)
    throw invalid([{ path: ['MAIL_FROM'], message: 'is missing: whom mail is from' }]);
  return {
    port: e.PORT,
    publicUrl,
    dataFolder: e.FOLIOKEEP_DATA,
    logLevel: e.FOLIOKEEP_LOG,
    frameAncestors: e.FOLIOKEEP_FRAME_ANCESTORS,
    requests: {
      person: e.FOLIOKEEP_REQUESTS_PERSON,
      team: e.FOLIOKEEP_REQUESTS_TEAM,
      address: e.FOLIOKEEP_REQUESTS_ADDRESS,
      signIn: e.FOLIOKEEP_REQUESTS_SIGN_IN,
    },
    trustedProxies: e.FOLIOKEEP_TRUSTED_PROXIES,
    sessions: {
      idleMs: e.FOLIOKEEP_SESSION_IDLE_MINUTES * 60_000,
      lifeMs: e.FOLIOKEEP_SESSION_DAYS * 24 * 3_600_000,
    },
    callers: {
      headersMs: e.FOLIOKEEP_HEADERS_MS,
      requestMs: e.FOLIOKEEP_REQUEST_MS,
      idleMs: e.FOLIOKEEP_IDLE_MS,
    },
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
      addonAudiences: [e.GOOGLE_CLIENT_ID, ...e.GOOGLE_ADDON_AUDIENCES],
      issuer: e.GOOGLE_ISSUER,
      authUrl: e.GOOGLE_AUTH_URL,
      tokenUrl: e.GOOGLE_TOKEN_URL,
      revokeUrl: e.GOOGLE_REVOKE_URL,
      certsUrl: e.GOOGLE_CERTS_URL,
      sheetsUrl: e.GOOGLE_SHEETS_URL,
      driveUrl: e.GOOGLE_DRIVE_URL,
      redirectUri: `${publicUrl}/oauth/google/callback`,
      minuteLimits: { project: e.GOOGLE_PROJECT_MINUTE_LIMIT, person: e.GOOGLE_PERSON_MINUTE_LIMIT },
    },
    mail: e.SMTP_URL === undefined ? null : { ...e.SMTP_URL, from: e.MAIL_FROM ?? '' },
    webhooks: { isThisMachineAllowed: e.WEBHOOKS_HERE === 'yes' },
    engine: {
      sliceMs: e.ENGINE_SLICE_MS,
      leaseMs: e.ENGINE_LEASE_MS,
      unitMs: e.ENGINE_UNIT_MS,
      deadlineMs: e.ENGINE_DEADLINE_MS,
      lostAfterMs: e.ENGINE_LOST_MS,
      maxRescues: e.ENGINE_RESCUES,
      tickMs: e.ENGINE_TICK_MS,
      keepRunsMs: e.ENGINE_KEEP_RUNS_DAYS * 24 * 3_600_000,
    },
    queryMemoryMb: e.QUERY_MEMORY_MB,
  };
}

function invalid(issues: ReadonlyArray<Pick<z.core.$ZodIssue, 'path' | 'message'>>): FatalError {
  const lines = new Map(issues.map(({ path, message }) => [String(path[0]), message]));
  const [[field, problem] = ['environment', 'is not readable'], ...others] = lines;
  const rest = others.map(([name, message]) => `\n${name}: ${message}`).join('');
  return new FatalError('CONFIG_INVALID', { field, problem: `${problem}${rest}` });
}

/** Space-separated; none when left out. */
function words<T extends z.ZodType<string, string>>(word: T) {
  return z
    .string()
    .prefault('')
    .transform((text) => text.split(/\s+/).filter((one) => one !== ''))
    .pipe(z.array(word));
}

function oneOf(issue: { values?: unknown[] }): string {
  return `must be one of ${issue.values?.join(', ')}`;
}

function isSafeAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, password } = new URL(text);
  const isSafe = protocol === 'https:' || (protocol === 'http:' && onThisMachine.has(hostname));
  return isSafe && username === '' && password === '';
}

/**
 * The ports: what the product needs of the world. Promises are in prose; every adapter of a port passes the same suite
 * in test/contracts. Errors are those of errors.ts; anything else that comes out of a port is a bug.
 */
import type { Collection, Document, QueryField } from './domain/documents.ts';
import type { HttpRequest, HttpResponse } from './domain/http-message.ts';
import type { Json } from './domain/json.ts';
import type { EnteredCells, GridRange, SheetValue, SpreadsheetLayout } from './domain/spreadsheet.ts';

// ── Clock, random, ids, log ─────────────────────────────────────────────────────────────────────────────────────────

export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Resolves after `ms`, or at once when the signal is aborted. Never rejects. For pauses of seconds, not for waits: those are stored. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

export interface Random {
  bytes(count: number): Uint8Array;
}

export interface Ids {
  /** A new id: lower-case letters and digits, 26 characters, ascending in time within one process. */
  next(): string;
}

/** Structured log. Fields never hold a token, a secret or a record. */
export interface Log {
  debug(message: string, fields?: Record<string, unknown>): void;
  info(message: string, fields?: Record<string, unknown>): void;
  warn(message: string, fields?: Record<string, unknown>): void;
  error(message: string, fields?: Record<string, unknown>): void;
}

// ── Network ─────────────────────────────────────────────────────────────────────────────────────────────────────────

export interface NetworkOptions {
  /** For the whole exchange. */
  timeoutMs: number;
  /** Ceiling of the bytes on the wire. */
  maxBytes: number;
  signal?: AbortSignal;
}

/**
 * One HTTP exchange. Follows no redirect, decodes nothing, sends no cookie. A body without a framing terminator
 * (cut chunked or short of content-length) is `NETWORK`, never a short body; so are a timeout and a reset.
 */
export interface Network {
  request(request: HttpRequest, options: NetworkOptions): Promise<HttpResponse>;
}

// ── Store ───────────────────────────────────────────────────────────────────────────────────────────────────────────

export interface Stored<C extends Collection> {
  id: string;
  /** Changes with every write; a precondition for the next. */
  revision: string;
  data: Document<C>;
}

export interface Query<C extends Collection> {
  /** All must hold. `in` takes up to 30 values. */
  where?: ReadonlyArray<
    | { field: QueryField<C>; op: '==' | '<' | '<=' | '>' | '>='; value: string | number | boolean | null }
    | { field: QueryField<C>; op: 'in'; value: ReadonlyArray<string | number> }
  >;
  /** Nulls first when ascending; ties by id in the same direction. Without it the order is by id, ascending. */
  orderBy?: { field: QueryField<C>; direction: 'asc' | 'desc' };
  limit: number;
  /** Go on after this document of the previous answer, in the same order; `value` is its ordered field, needed with `orderBy`. */
  after?: { id: string; value?: string | number | boolean | null };
}

export interface Reader {
  get<C extends Collection>(collection: C, id: string): Promise<Stored<C> | undefined>;
  query<C extends Collection>(collection: C, query: Query<C>): Promise<Array<Stored<C>>>;
}

/** Inside a transaction: read first, then write. Writes are seen by others all at once or never. */
export interface Transaction extends Reader {
  /** Exists already: the transaction fails with `CONFLICT`. */
  create<C extends Collection>(collection: C, id: string, data: Document<C>): void;
  /** Creates or replaces the whole document. */
  set<C extends Collection>(collection: C, id: string, data: Document<C>): void;
  delete(collection: Collection, id: string): void;
}

/** Documents with preconditions and transactions; strong reads. A document is at most 900 KB of JSON. */
export interface Store extends Reader {
  /** Fails with UserError `CONFLICT` when the id exists. Twice with the same id: the second fails. */
  create<C extends Collection>(collection: C, id: string, data: Document<C>): Promise<Stored<C>>;
  /** Replaces the document if its revision is still this; else `CONFLICT`. */
  replace<C extends Collection>(
    collection: C,
    id: string,
    revision: string,
    data: Document<C>,
  ): Promise<Stored<C>>;
  /** Absent already: nothing happens. With a revision: `CONFLICT` if it moved on. */
  delete(collection: Collection, id: string, revision?: string): Promise<void>;
  /**
   * Runs `act` over a consistent view. It may run several times (contention, or a commit whose outcome is unknown), so it
   * does nothing but read and write through `tx`, and must be harmless when applied twice. Contended too often: RetryError
   * `STORE_CONTENDED`.
   */
  transaction<T>(act: (tx: Transaction) => Promise<T>): Promise<T>;
}

// ── Queue ───────────────────────────────────────────────────────────────────────────────────────────────────────────

export interface Task {
  /** `[A-Za-z0-9_-]{1,500}`. A second task of one name is dropped, for at least an hour after the first ended too. */
  name: string;
  /** Not delivered before (ms since the epoch). */
  dueAt: number;
  payload: { [key: string]: Json };
  /** A person waits for it: however many others are due or under way, it is taken up at once. */
  isUrgent?: boolean;
  /** It comes back for its turn at something scarce: however many others have been due for longer, it is taken up about then. */
  isReturning?: boolean;
}

/** Named tasks, delivered at least once, late, twice, in any order; as nearly in the order of their due times as may be. */
export interface Queue {
  /**
   * Durable when it resolves. Twice with one name: nothing happens. Many asked for at one moment, without waiting for each,
   * cost about as much as one; each stands for itself, and when one is refused the others may have been taken.
   */
  enqueue(task: Task): Promise<void>;
}

/** The other end. A handler that throws gets the task again, later; one that resolves has acknowledged it. */
export interface TaskSource {
  consume(handle: (task: Task, attempt: number) => Promise<void>): { stop(): Promise<void> };
}

// ── Blobs ───────────────────────────────────────────────────────────────────────────────────────────────────────────

/** Write-once objects. Paths are `[a-z0-9._-]+` parts joined by `/`. */
export interface Blobs {
  /** Durable when it resolves. The path exists already: resolves and keeps what is there. */
  put(path: string, bytes: Uint8Array): Promise<void>;
  /** All of it, or a range of it; absent: undefined. A range past the end is cut to what there is. */
  get(path: string, range?: { offset: number; length: number }): Promise<Uint8Array | undefined>;
  /** Bytes as stored; absent: undefined. */
  size(path: string): Promise<number | undefined>;
  /** Paths that start with the prefix, ascending, after `after`. */
  list(prefix: string, page: { after?: string; limit: number }): Promise<string[]>;
  /** Absent already: nothing happens. */
  delete(path: string): Promise<void>;
}

// ── Keys ────────────────────────────────────────────────────────────────────────────────────────────────────────────

/** Wraps data keys. `context` is associated data: unwrapping with another context fails with FatalError `BLOB_DAMAGED`. */
export interface Keys {
  wrap(key: Uint8Array, context: string): Promise<string>;
  /** Keys wrapped before a rotation still unwrap. */
  unwrap(wrapped: string, context: string): Promise<Uint8Array>;
}

// ── Mail ────────────────────────────────────────────────────────────────────────────────────────────────────────────

export interface MailMessage {
  to: string;
  subject: string;
  text: string;
  /** The same in HTML; the text alone without it. */
  html?: string;
  /** Of the Message-ID, without brackets: a repeat has the same and is recognised by it. */
  id?: string;
  /** Where the person turns such mail off. */
  settingsUrl?: string;
}

/**
 * Takes a message for delivery. UserError `DELIVERY_REFUSED` when this address or message is refused for good; RetryError
 * `DELIVERY_FAILED` otherwise, and then it may have been taken. Within two minutes; aborted: at once. Twice: two messages
 * with one id.
 */
export interface Mail {
  send(message: MailMessage, signal?: AbortSignal): Promise<void>;
}

// ── OAuth providers: Xero and Google ────────────────────────────────────────────────────────────────────────────────

export interface TokenSet {
  accessToken: string;
  /** Absent when the provider sent none (Google sends one only with the first consent). */
  refreshToken: string | undefined;
  expiresAt: number;
  /** When the refresh token ends whatever is done, if the provider said so (Google's `refresh_token_expires_in`). */
  refreshEndsAt?: number;
  scopes: string[];
  /** From a verified ID token, or undefined when none came. */
  person: { subject: string; email: string; name: string } | undefined;
  /** Xero's `authentication_event_id`: which consent this was. */
  consentEventId: string | undefined;
}

export interface OAuthProvider {
  authorizeUrl(input: {
    state: string;
    scopes: readonly string[];
    codeChallenge: string;
    loginHint?: string;
    /** Shows the question again although it was answered before: Google sends a refresh token only then. */
    prompt?: 'consent';
  }): Promise<string>;
  /** UserError `CONSENT_STATE_INVALID` when the code is refused. */
  exchange(input: { code: string; codeVerifier: string }): Promise<TokenSet>;
  /** UserError `NEEDS_RECONNECT` / `NEEDS_GOOGLE` on invalid_grant; RetryError when the outcome is unknown. At least 30 s timeout. */
  refresh(refreshToken: string): Promise<TokenSet>;
  /** Ends everything that this user gave to the app. Twice: nothing happens. */
  revoke(refreshToken: string): Promise<void>;
}

/** Checks a Google ID token (add-on sign-in): signature, issuer, audience, expiry; else UserError `CREDENTIAL_REFUSED`. */
export interface Identity {
  verify(idToken: string): Promise<{ subject: string; email: string; name: string }>;
}

// ── Xero ────────────────────────────────────────────────────────────────────────────────────────────────────────────

export interface XeroRequest {
  /** Under api.xro/2.0, e.g. `Invoices` or `Reports/TrialBalance`. */
  path: string;
  query: Record<string, string>;
  /** ISO instant; sent as If-Modified-Since with second precision. */
  modifiedSince?: string;
}

export interface XeroAnswer {
  /** Decoded strictly; JSON text as Xero sent it. */
  body: Uint8Array;
  wireBytes: number;
  /** Gives the memory of the body back at once: the bytes are gone, and all that lies in them. Left out: nothing is to be done. */
  release?: () => void;
}

export interface XeroRemaining {
  minute: number | undefined;
  day: number | undefined;
  appMinute: number | undefined;
}

/** The wire to Xero. One call each; no retry, no pacing, no token handling: those are around it. */
export interface Xero {
  /**
   * WaitError for 429 and offline forms, RetryError for 5xx, broken or cut answers and `TOKEN_EXPIRED`, UserError for
   * NEEDS_RECONNECT, SCOPE_MISSING, XERO_PERMISSION, FatalError for what Xero refuses; NOT_FOUND for 404.
   * `onRemaining` is told the limits' headers of every answer, errors too.
   */
  read(
    access: { accessToken: string; organisationId: string },
    request: XeroRequest,
    onRemaining: (remaining: XeroRemaining) => void,
  ): Promise<XeroAnswer>;
  connections(accessToken: string): Promise<
    Array<{
      connectionId: string;
      organisationId: string;
      type: string;
      name: string;
      consentEventId: string;
    }>
  >;
  /** Removed already: nothing happens. */
  disconnect(accessToken: string, connectionId: string): Promise<void>;
}

/** Reading Xero as a connection: valid token, budget reserved, calls counted. What the pull step reads through. */
export interface XeroReader {
  /** Up to five at once for one organisation. Errors as `Xero.read`; a token that ran out is renewed within. */
  read(
    connectionId: string,
    request: XeroRequest,
    priority: 'manual' | 'scheduled' | 'backup',
  ): Promise<XeroAnswer>;
}

// ── Google ──────────────────────────────────────────────────────────────────────────────────────────────────────────

/**
 * A valid Google access token of a grant; UserError `NEEDS_GOOGLE` when it has ended. `refused` is a token that Google
 * answered 401 to: another one is got, by renewal if nobody renewed it since.
 */
export interface GoogleTokens {
  accessToken(grantId: string, refused?: string): Promise<string>;
}

export type SheetsCall = 'read' | 'write';

/**
 * Our keeping of Google's quotas of Sheets calls. Resolves when one more call of a grant's person may be sent at once; WaitError
 * `GOOGLE_QUOTA` with a due time when that takes longer than seconds.
 */
export interface GoogleQuota {
  spend(grantId: string, kind: SheetsCall): Promise<void>;
}

/** One request of `spreadsheets.batchUpdate`, in Google's own words (Sheets v4 discovery document, 2026). */
export type SheetRequest = { [kind: string]: unknown };

/**
 * A spreadsheet of a Google grant. One HTTP call each unless it says otherwise; no retry but one after a renewed token.
 *
 * Errors of every method: UserError `NEEDS_GOOGLE` (grant ended), `NEEDS_FILE` (not granted, or no longer: Google answers
 * 403 or 404 to a file that the grant was never given), WaitError `GOOGLE_QUOTA` (429, with a due time), RetryError
 * `GOOGLE_UNAVAILABLE` (5xx, timeout, broken answer: a write may have been applied), FatalError `GOOGLE_REFUSED` (any
 * other 400). No error holds a token or what stands in a cell.
 */
export interface Sheets {
  /**
   * Tabs, grids, protections, and the developer metadata of these keys that our project may see. Two calls, one after
   * the other: metadata first, so that a place it names may at worst be older than the grid.
   */
  layout(grantId: string, spreadsheetId: string, keys: readonly string[]): Promise<SpreadsheetLayout>;
  /**
   * What was entered in these ranges, in their order. `withSpills` also tells cells that a formula elsewhere fills,
   * `withNotes` the note on the first cell of each range. Beyond the grid there is nothing; a tab that is gone: RetryError `SHEET_CHANGED`.
   */
  cells(
    grantId: string,
    spreadsheetId: string,
    ranges: readonly GridRange[],
    options?: { withSpills?: boolean; withNotes?: boolean },
  ): Promise<EnteredCells[]>;
  /**
   * Writes values as they are (text stays text, no formula is ever made), all or nothing; null leaves a cell as it is.
   * Twice: the same cells. For tabs that nobody else writes; a tab that is gone: RetryError `SHEET_CHANGED`.
   */
  fill(
    grantId: string,
    spreadsheetId: string,
    range: GridRange,
    rows: ReadonlyArray<readonly SheetValue[]>,
  ): Promise<void>;
  /**
   * All requests in order, or none. `overtaken`: metadata that the batch would create has an id that exists, so this very
   * batch was applied before or another took its turn; nothing was done now. UserError `RANGE_PROTECTED` and `CELL_LIMIT`
   * when Google refuses for these reasons; RetryError `SHEET_CHANGED` when a tab, range or title in it is not there or is
   * taken.
   */
  apply(
    grantId: string,
    spreadsheetId: string,
    requests: readonly SheetRequest[],
  ): Promise<'applied' | 'overtaken'>;
}

/** Files of a Google grant. Errors as `Sheets`. */
export interface Drive {
  /** Grows with every change to the file, people's and ours. UserError `SHEET_MISSING` when the file is in the bin. */
  version(grantId: string, fileId: string): Promise<string>;
  /** Spreadsheets that the app may use, most recently changed first, at most 1,000; those in the bin are left out. */
  spreadsheets(grantId: string): Promise<Array<{ id: string; title: string }>>;
  /** Makes an empty spreadsheet in the person's Drive. Twice makes two. */
  createSpreadsheet(grantId: string, title: string): Promise<{ id: string; title: string }>;
}

export interface Ports {
  clock: Clock;
  random: Random;
  ids: Ids;
  log: Log;
  network: Network;
  store: Store;
  queue: Queue;
  blobs: Blobs;
  keys: Keys;
  mail: Mail;
  /** For addresses that people gave: only public ones are reached. UserError `DELIVERY_REFUSED` for any other. */
  outside: Network;
  xeroOAuth: OAuthProvider;
  googleOAuth: OAuthProvider;
  identity: Identity;
  xero: Xero;
  xeroReader: XeroReader;
  googleTokens: GoogleTokens;
  sheets: Sheets;
  drive: Drive;
}

/** The Log over pino: JSON lines, one per entry, in which neither a token nor a record is found. */
import { type DestinationStream, type LevelWithSilent, type LogFn, pino } from 'pino';
import { FoliokeepError } from './errors.ts';
import type { Log } from './ports.ts';

export interface LogOptions {
  level: LevelWithSilent;
  /** Where lines go; standard output when absent. */
  destination?: DestinationStream;
}

/**
 * Fields under telling names lose their value, texts lose what looks like a token wherever it stands, bytes are only
 * counted, errors show code, message, details and stack, and of their cause only name and code: its message may quote a record.
 */
export const pinoLog = ({ level, destination }: LogOptions): Log => {
  const options = { level, base: null, timestamp: pino.stdTimeFunctions.isoTime };
  const logger = destination ? pino(options, destination) : pino(options);
  const at =
    (name: 'debug' | 'info' | 'warn' | 'error') =>
    (message: string, fields: Record<string, unknown> = {}): void => {
      if (!logger.isLevelEnabled(name)) return;
      const write: LogFn = logger[name].bind(logger);
      write(shown(fields, 0), withoutTokens(message));
    };
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
};

const telling =
  /token|secret|passw|authorization|cookie|credential|assertion|verifier|api[-_]?key|private[-_]?key|data[-_]?key|wrapped|sealed|csrf/i;
/** Known by their form: JWTs, Bearer headers, Google's tokens and codes, secrets in a query. */
const tokens: ReadonlyArray<[RegExp, string]> = [
  [/\beyJ[\w-]{8,}\.[\w-]+(\.[\w-]*)*/g, '[token]'],
  [/\b(bearer|basic)\s+[\w.~+/=-]{8,}/gi, '$1 [token]'],
  [/\b(ya29\.|1\/\/|4\/0|GOCSPX-)[\w-]{8,}/g, '[token]'],
  [
    /\b((?:access_|refresh_|id_)?token|code|state|client_secret|code_verifier|assertion)=[^&\s"']+/gi,
    '$1=[token]',
  ],
];
/** Long and random, as Xero's refresh tokens are, and as hashes are: enough is left to tell two hashes apart. */
const longRandom = /[A-Za-z0-9_-]{40,}/g;
const longestText = 4000;
const deepest = 6;

const withoutTokens = (text: string): string => {
  const cut = text.length > longestText ? `${text.slice(0, longestText)}…` : text;
  const scrubbed = tokens.reduce((rest, [pattern, instead]) => rest.replace(pattern, instead), cut);
  return scrubbed.replace(longRandom, (run) => `${run.slice(0, 8)}…`);
};

const shown = (value: unknown, depth: number): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(value as object).map(([key, field]) => [
      key,
      telling.test(key) && holdsText(field) ? '[redacted]' : shownValue(field, depth + 1),
    ]),
  );

/** Numbers and booleans under a telling name (`tokenExpiresAt`) are no secrets. */
const holdsText = (value: unknown): boolean =>
  typeof value === 'string' || (typeof value === 'object' && value !== null);

const shownValue = (value: unknown, depth: number): unknown => {
  if (typeof value === 'string') return withoutTokens(value);
  if (typeof value === 'bigint') return String(value);
  if (typeof value === 'function' || typeof value === 'symbol') return `[${typeof value}]`;
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Error) return shownError(value, depth);
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'no date' : value.toISOString();
  if (depth > deepest) return '[deeper]';
  if (Array.isArray(value)) return value.slice(0, 100).map((item) => shownValue(item, depth + 1));
  return shown(value, depth);
};

const shownError = (error: Error, depth: number): Record<string, unknown> => ({
  name: error.name,
  code: codeOf(error),
  message: withoutTokens(withoutQuotes(error, error.message)),
  ...(error instanceof FoliokeepError && { details: shownValue(error.details, depth) }),
  stack: withoutTokens(withoutQuotes(error, error.stack ?? '')),
  ...(error.cause !== undefined && { cause: shownCause(error.cause) }),
});

const shownCause = (cause: unknown): string | Record<string, unknown> =>
  cause instanceof Error ? { name: cause.name, code: codeOf(cause) } : `[${typeof cause}]`;

const codeOf = (error: Error): string | undefined =>
  'code' in error && (typeof error.code === 'string' || typeof error.code === 'number')
    ? String(error.code)
    : undefined;

/** V8's SyntaxError quotes the text that JSON.parse was given, which may be a record or a token. */
const withoutQuotes = (error: Error, text: string): string =>
  error.name === 'SyntaxError' ? text.replaceAll(error.message, 'a text could not be parsed') : text;

/** The Network over undici's `request`: raw bytes, nothing decoded, nothing followed, nothing short taken for whole. */
import { Agent, type Dispatcher, request } from 'undici';
import type { HttpRequest, HttpResponse } from '../domain/http-message.ts';
import { RetryError } from '../errors.ts';
import type { Network, NetworkOptions } from '../ports.ts';

export interface UndiciNetwork extends Network {
  /** Ends idle connections; exchanges under way fail with `NETWORK`. Twice: nothing happens. */
  close(): Promise<void>;
}

/** Keeps connections alive; at most `connections` to one host (default 32), further exchanges wait their turn. */
export const undiciNetwork = ({ connections = 32 } = {}): UndiciNetwork => {
  // HTTP/1.1 only: the framing checks below are its own. Timeouts are ours, over the whole exchange.
  const agent = new Agent({ connections, pipelining: 1, allowH2: false, headersTimeout: 0, bodyTimeout: 0 });
  return {
    async request(message, options) {
      const timeout = AbortSignal.timeout(options.timeoutMs);
      const signal = options.signal ? AbortSignal.any([options.signal, timeout]) : timeout;
      try {
        return await exchange(agent, message, options, signal);
      } catch (error) {
        if (error instanceof RetryError || isCallersFault(error)) throw error;
        if (timeout.aborted) throw failure(message, `no whole answer within ${options.timeoutMs} ms`, error);
        if (options.signal?.aborted) throw failure(message, 'it was called off', error);
        throw failure(message, codeOf(error), error);
      }
    },
    close: () => agent.destroy(),
  };
};

const exchange = async (
  dispatcher: Agent,
  message: HttpRequest,
  { maxBytes }: NetworkOptions,
  signal: AbortSignal,
): Promise<HttpResponse> => {
  const { method, url, headers, body } = message;
  const answer = await request(url, { dispatcher, method, headers, body: body ?? null, signal });
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    if (!isFramed(answer)) throw failure(message, 'the answer does not say where it ends');
    const tooLarge = () => failure(message, `the answer is larger than ${maxBytes} bytes`);
    if (Number(answer.headers['content-length'] ?? 0) > maxBytes) throw tooLarge();
    for await (const chunk of answer.body as AsyncIterable<Uint8Array>) {
      length += chunk.length;
      if (length > maxBytes) throw tooLarge();
      chunks.push(chunk);
    }
  } catch (error) {
    // Closes the connection, so that nobody takes what is left on it for the next answer.
    answer.body.on('error', () => undefined).destroy();
    throw error;
  }
  return { status: answer.statusCode, headers: joined(answer.headers), body: whole(chunks, length) };
};

/**
 * RFC 9112 section 6.3 (2022): with neither chunks nor a length the body ends where the connection does, and a cut one looks
 * whole. undici itself refuses a body shorter than its length and chunks without an end.
 */
const isFramed = ({ statusCode, headers }: Dispatcher.ResponseData): boolean => {
  if (statusCode === 204 || statusCode === 304) return true;
  const coding = headers['transfer-encoding'];
  // Another transfer coding than plain chunks would leave the body coded in a way that nobody undoes.
  return coding === undefined
    ? headers['content-length'] !== undefined
    : String(coding).toLowerCase() === 'chunked';
};

const whole = (chunks: readonly Uint8Array[], length: number): Uint8Array => {
  const body = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    body.set(chunk, offset);
    offset += chunk.length;
  }
  return body;
};

const joined = (headers: Dispatcher.ResponseData['headers']): Record<string, string> => {
  const entries = Object.entries(headers).flatMap(([name, value]): Array<[string, string]> => {
    if (value === undefined) return [];
    const separator = name === 'set-cookie' ? '\n' : ', ';
    return [[name.toLowerCase(), typeof value === 'string' ? value : value.join(separator)]];
  });
  return Object.fromEntries(entries);
};

/** The host only: paths and queries may hold codes and ids. */
const failure = (message: HttpRequest, problem: string, cause?: unknown): RetryError =>
  new RetryError('NETWORK', { problem: `${new URL(message.url).host}: ${problem}` }, cause);

/** A request that cannot be sent at all is a bug. */
const isCallersFault = (error: unknown): boolean =>
  ['UND_ERR_INVALID_ARG', 'ERR_INVALID_URL', 'ERR_INVALID_ARG_TYPE'].includes(codeOf(error));

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : 'it broke off';

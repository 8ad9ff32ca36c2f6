/**
 * The Network for addresses that people gave: https to public hosts and nowhere else. The address is looked at when it is
 * connected to, after the name was resolved, so that a name that answers differently the second time gains nothing.
 */
import { type LookupAddress, lookup as systemLookup } from 'node:dns';
import { isIP } from 'node:net';
import { Agent, request } from 'undici';
import type { HttpRequest, HttpResponse } from '../domain/http-message.ts';
import { RetryError, UserError } from '../errors.ts';
import type { Network, NetworkOptions } from '../ports.ts';
import { isPublicAddress } from './public-address.ts';

export interface PublicNetwork extends Network {
  /** Twice: nothing happens. */
  close(): Promise<void>;
}

export interface PublicNetworkOptions {
  /** This machine's own loopback may be reached as well, on any port and without TLS. */
  isThisMachineAllowed: boolean;
  /** All addresses of a name; the system's unless given. */
  lookup?: (hostname: string) => Promise<LookupAddress[]>;
}

/**
 * UserError `DELIVERY_REFUSED` before anything is sent: no https, a port but 443, a name or password in it, or an address that
 * is not public. RetryError `DELIVERY_FAILED` for what broke, timeouts included. A redirect is answered and not followed.
 */
export const publicNetwork = ({
  isThisMachineAllowed,
  lookup = lookUp,
}: PublicNetworkOptions): PublicNetwork => {
  const isAllowed = (address: string): boolean =>
    isPublicAddress(address) || (isThisMachineAllowed && isLoopback(address));
  const agent = new Agent({
    connections: 4,
    pipelining: 0,
    allowH2: false,
    connect: {
      timeout: 10_000,
      // Asked for each new connection, and never for a bare address: those are looked at below.
      lookup: (hostname, options, done) => {
        void lookup(hostname).then(
          (found) => {
            const [first] = found;
            // One that is not public spoils them all: which of them is taken is not ours to say.
            if (first === undefined || !found.every(({ address }) => isAllowed(address)))
              done(new NotPublicError(hostname), '');
            else if (options.all === true) done(null, found);
            else done(null, first.address, first.family);
          },
          (error: NodeJS.ErrnoException) => done(error, ''),
        );
      },
    },
  });
  return {
    async request(message, options) {
      const url = new URL(message.url);
      assertUsable(url, isThisMachineAllowed, isAllowed);
      const timeout = AbortSignal.timeout(options.timeoutMs);
      const signal = options.signal ? AbortSignal.any([options.signal, timeout]) : timeout;
      try {
        return await exchange(agent, message, options, signal);
      } catch (error) {
        if (isNotPublic(error)) throw refusal(url, notPublic);
        const problem = timeout.aborted
          ? 'it did not answer in time'
          : `the connection failed (${codeOf(error)})`;
        throw new RetryError('DELIVERY_FAILED', { recipient: url.hostname, problem }, error);
      }
    },
    close: () => agent.destroy(),
  };
};

const notPublic = 'its address is not on the public internet';

/** What is wrong with an address can be said before anything is resolved; the rest is said when it is connected to. */
function assertUsable(
  url: URL,
  isThisMachineAllowed: boolean,
  isAllowed: (address: string) => boolean,
): void {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (isThisMachineAllowed && (host === 'localhost' || (isIP(host) !== 0 && isLoopback(host)))) return;
  if (url.protocol !== 'https:') throw refusal(url, 'its address does not begin with https://');
  if (url.username !== '' || url.password !== '')
    throw refusal(url, 'its address has a name or password in it');
  if (url.port !== '') throw refusal(url, 'its address names a port');
  if (isIP(host) !== 0 && !isAllowed(host)) throw refusal(url, notPublic);
}

async function exchange(
  dispatcher: Agent,
  { method, url, headers, body }: HttpRequest,
  { maxBytes }: NetworkOptions,
  signal: AbortSignal,
): Promise<HttpResponse> {
  const answer = await request(url, { dispatcher, method, headers, body: body ?? null, signal });
  // What it says is nobody's business, and may be without end: so much is read, the rest is left.
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of answer.body as AsyncIterable<Uint8Array>) {
    chunks.push(chunk);
    length += chunk.length;
    if (length >= maxBytes) break;
  }
  const texts = Object.entries(answer.headers).map(([name, value]) => [
    name,
    [value ?? ''].flat().join(', '),
  ]);
  return {
    status: answer.statusCode,
    headers: Object.fromEntries(texts),
    body: Buffer.concat(chunks).subarray(0, maxBytes),
  };
}

class NotPublicError extends Error {
  constructor(hostname: string) {
    super(`${hostname} is not a public host`);
    this.name = 'NotPublicError';
  }
}

const isNotPublic = (error: unknown): boolean =>
  error instanceof NotPublicError || (error instanceof Error && isNotPublicCause(error.cause));
const isNotPublicCause = (cause: unknown): boolean => cause instanceof NotPublicError;

/** The host only: the path may be a secret. */
const refusal = (url: URL, problem: string): UserError =>
  new UserError('DELIVERY_REFUSED', { recipient: url.hostname, problem });

const isLoopback = (address: string): boolean => address === '127.0.0.1' || address === '::1';

const lookUp = (hostname: string): Promise<LookupAddress[]> =>
  new Promise((resolve, reject) => {
    systemLookup(hostname, { all: true, verbatim: true }, (error, found) =>
      error ? reject(error) : resolve(found),
    );
  });

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : 'it broke off';

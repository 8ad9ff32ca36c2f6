/** The Network in the shape of fetch, for libraries that take one. Still one exchange: no redirect, no cookie, no decoding. */
import type { HttpRequest } from '../domain/http-message.ts';
import { RetryError } from '../errors.ts';
import type { Network, NetworkOptions } from '../ports.ts';

type Fetch = (
  url: string,
  options?: { method?: string; headers?: HeadersInit; body?: unknown; signal?: AbortSignal | null },
) => Promise<Response>;

/** An encoded answer was not asked for: `NETWORK`, as every failure of the exchange. */
export const networkFetch =
  (network: Network, limits: Pick<NetworkOptions, 'timeoutMs' | 'maxBytes'>): Fetch =>
  async (url, options = {}) => {
    const headers = Object.fromEntries(new Headers(options.headers));
    const response = await network.request(
      {
        method: (options.method ?? 'GET') as HttpRequest['method'],
        url,
        headers: { ...headers, 'accept-encoding': 'identity' },
        ...(options.body === undefined || options.body === null ? {} : { body: String(options.body) }),
      },
      { ...limits, ...(options.signal ? { signal: options.signal } : {}) },
    );
    if (!/^(identity)?$/.test(response.headers['content-encoding'] ?? '')) {
      throw new RetryError('NETWORK', { problem: 'an encoding that was not asked for' });
    }
    const hasBody = ![204, 205, 304].includes(response.status);
    return new Response(hasBody ? new Uint8Array(response.body) : null, {
      status: response.status,
      headers: response.headers,
    });
  };

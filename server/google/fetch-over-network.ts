/** `fetch` for Google's clients over our Network port: framing checked, gzip strict and capped, nothing followed. */
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { RetryError } from '../errors.ts';
import type { Network } from '../ports.ts';

const unzip = promisify(gunzip);
/** Sheets gives up after 180 s (google-platform.md section 5.1): ours is a little later, so that its answer is seen. */
const TIMEOUT_MS = 190_000;
const MAX_WIRE_BYTES = 64 * 1024 * 1024;
const MAX_DECODED_BYTES = 192 * 1024 * 1024;

/**
 * Node's own fetch takes a truncated gzip body for a whole one (reliability-security.md N1), so the body is decoded here.
 * Errors are those of `Network.request`, and RetryError `GOOGLE_UNAVAILABLE` for a body that does not decode.
 */
export function fetchOverNetwork(network: Network): typeof fetch {
  return async (input, init) => {
    const headers = Object.fromEntries(new Headers(init?.headers).entries());
    const body = init?.body;
    if (body !== undefined && body !== null && typeof body !== 'string') {
      throw new TypeError('Google requests carry JSON text only');
    }
    const answer = await network.request(
      {
        method: methodOf(init?.method),
        url: String(input),
        headers,
        ...(body ? { body } : {}),
      },
      { timeoutMs: TIMEOUT_MS, maxBytes: MAX_WIRE_BYTES, ...(init?.signal ? { signal: init.signal } : {}) },
    );
    const decoded = await decode(answer.body, answer.headers['content-encoding']);
    const { 'content-encoding': _encoding, 'content-length': _length, ...rest } = answer.headers;
    // A Response may have no body with these statuses.
    const isBodiless = answer.status === 204 || answer.status === 304;
    return new Response(isBodiless ? null : Uint8Array.from(decoded), {
      status: answer.status,
      headers: rest,
    });
  };
}

async function decode(body: Uint8Array, encoding: string | undefined): Promise<Uint8Array> {
  if (encoding === undefined || encoding === 'identity') return body;
  if (encoding !== 'gzip') throw new RetryError('GOOGLE_UNAVAILABLE');
  try {
    return await unzip(body, { maxOutputLength: MAX_DECODED_BYTES });
  } catch (error) {
    throw new RetryError('GOOGLE_UNAVAILABLE', {}, error);
  }
}

function methodOf(method = 'GET'): 'GET' | 'POST' | 'PUT' | 'DELETE' | 'PATCH' {
  switch (method) {
    case 'GET':
    case 'POST':
    case 'PUT':
    case 'DELETE':
    case 'PATCH':
      return method;
    default:
      throw new TypeError(`Google's clients do not send ${method}`);
  }
}

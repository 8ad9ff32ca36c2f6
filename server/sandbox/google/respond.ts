/** Requests read and answers made, in the HttpRequest and HttpResponse shapes that sandboxes share. */
import type { HttpRequest, HttpResponse } from '../../domain/http-message.ts';

/** A request taken apart once. */
export interface Call {
  method: HttpRequest['method'];
  url: URL;
  headers: Record<string, string>;
  body: Uint8Array;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

export const readCall = (request: HttpRequest): Call => ({
  method: request.method,
  url: new URL(request.url),
  headers: request.headers,
  body: typeof request.body === 'string' ? encoder.encode(request.body) : (request.body ?? new Uint8Array()),
});

export const bodyText = (call: Call): string => decoder.decode(call.body);

/** The form's fields; empty when the body is not a form. */
export const bodyForm = (call: Call): URLSearchParams =>
  call.headers['content-type']?.includes('application/x-www-form-urlencoded')
    ? new URLSearchParams(bodyText(call))
    : new URLSearchParams();

export const json = (status: number, value: unknown, headers: Record<string, string> = {}): HttpResponse => ({
  status,
  headers: { 'content-type': 'application/json; charset=UTF-8', 'cache-control': 'private', ...headers },
  body: encoder.encode(JSON.stringify(value)),
});

export const html = (status: number, page: string): HttpResponse => ({
  status,
  headers: {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'x-frame-options': 'DENY',
  },
  body: encoder.encode(page),
});

export const redirect = (location: string): HttpResponse => ({
  status: 302,
  headers: { location, 'cache-control': 'no-store' },
  body: new Uint8Array(),
});

export const noContent = (): HttpResponse => ({ status: 204, headers: {}, body: new Uint8Array() });

/** A percent-encoded part; as it came when the encoding is broken, so that it is simply not found. */
export const decodePart = (part: string): string => {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
};

/** The token of an `Authorization: Bearer` header. */
export const bearer = (call: Call): string | undefined =>
  /^Bearer +(.+)$/i.exec(call.headers['authorization'] ?? '')?.[1];

/** Puts a sandbox handler behind a real socket on 127.0.0.1, with the transport faults only a socket can show. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { HttpRequest, HttpResponse } from '../domain/http-message.ts';

/** What the wire does to an answer that the handler has already made. */
export type TransportFault =
  /** Waits before the first byte. */
  | { kind: 'delay'; ms: number }
  /** Closes the connection without a single byte: the caller sees a reset. */
  | { kind: 'drop' }
  /** Promises the whole length, sends this share of it (0 to 1), then closes the connection. */
  | { kind: 'drop-mid-body'; fraction: number };

export interface SandboxResponse extends HttpResponse {
  transport?: TransportFault[];
  /** Called once when the answer is about to be out, or the caller has gone: frees what the request held. */
  release?: () => void;
}

/** `HttpResponse` handlers fit as they are; only a sandbox that injects faults adds `transport`. */
export type SandboxHandler = (request: HttpRequest) => Promise<SandboxResponse>;

export interface ServedSandbox {
  /** `http://127.0.0.1:PORT`. */
  origin: string;
  port: number;
  /** Stops listening and closes every connection. Safe to call twice. */
  close(): Promise<void>;
}

const METHODS = new Set(['GET', 'POST', 'PUT', 'DELETE', 'PATCH']);
const CHUNK_BYTES = 64 * 1024;
/** Xero takes 10 MB at most (xero-api.md section 2); Google's uploads in the sandbox are chunked below this. */
const MAX_REQUEST_BYTES = 64 * 1024 * 1024;

/** Listens on 127.0.0.1. Port 0 takes a free one. HEAD is answered as GET without its body. */
export async function serveSandbox(
  handler: SandboxHandler,
  options: { port?: number } = {},
): Promise<ServedSandbox> {
  const server = createServer((request, response) => {
    answer(handler, request, response).catch((error: unknown) => {
      response.destroy();
      if (!isGone(error)) console.error('sandbox', request.method, request.url, error);
    });
  });
  server.keepAliveTimeout = 30_000;
  server.listen(options.port ?? 0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  let closed: Promise<void> | undefined;
  return {
    origin: `http://127.0.0.1:${port}`,
    port,
    close() {
      closed ??= new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
      return closed;
    },
  };
}

async function answer(handler: SandboxHandler, incoming: IncomingMessage, outgoing: ServerResponse) {
  const method = incoming.method === 'HEAD' ? 'GET' : (incoming.method ?? '');
  if (!METHODS.has(method)) return end(outgoing, 405, 'Method Not Allowed');
  const body = await readBody(incoming);
  if (body === null) return end(outgoing, 413, 'Request Entity Too Large');
  const reply = await handler({
    method: method as HttpRequest['method'],
    url: `http://${incoming.headers.host ?? '127.0.0.1'}${incoming.url ?? '/'}`,
    headers: flatten(incoming.headers),
    ...(body.length > 0 ? { body } : {}),
  });
  try {
    await send(reply, outgoing, incoming.method === 'HEAD');
  } finally {
    reply.release?.();
  }
}

async function send(reply: SandboxResponse, outgoing: ServerResponse, isHead: boolean) {
  let length = reply.body.length;
  let isCut = false;
  for (const fault of reply.transport ?? []) {
    if (fault.kind === 'delay') await new Promise((resolve) => setTimeout(resolve, fault.ms));
    else if (fault.kind === 'drop') return outgoing.destroy();
    else {
      length = Math.floor(reply.body.length * fault.fraction);
      isCut = true;
    }
  }
  if (outgoing.destroyed) return;
  outgoing.statusCode = reply.status;
  for (const [name, value] of Object.entries(reply.headers)) {
    outgoing.setHeader(name, name === 'set-cookie' ? value.split('\n') : value);
  }
  // RFC 9110 section 8.6: no Content-Length with 204.
  if (reply.status !== 204 && reply.status !== 304) outgoing.setHeader('content-length', reply.body.length);
  if (isHead) {
    outgoing.end();
    return;
  }
  outgoing.flushHeaders();
  for (let from = 0; from < length; from += CHUNK_BYTES) {
    const chunk = reply.body.subarray(from, Math.min(from + CHUNK_BYTES, length));
    // The last byte and the release go together: a caller that has all of it may ask again at once.
    if (!isCut && from + CHUNK_BYTES >= length) reply.release?.();
    if (!outgoing.write(chunk)) await drained(outgoing);
    if (outgoing.destroyed) return;
  }
  if (isCut) {
    await new Promise((resolve) => setTimeout(resolve, 10));
    outgoing.destroy();
  } else outgoing.end();
}

/** Until there is room again, or nobody is reading any more. */
const drained = (outgoing: ServerResponse) =>
  new Promise<void>((resolve) => {
    const settle = () => {
      outgoing.off('drain', settle).off('close', settle);
      resolve();
    };
    outgoing.on('drain', settle).on('close', settle);
  });

async function readBody(incoming: IncomingMessage): Promise<Uint8Array | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_REQUEST_BYTES) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function flatten(headers: IncomingMessage['headers']): Record<string, string> {
  const flat: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) flat[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return flat;
}

function end(outgoing: ServerResponse, status: number, text: string) {
  outgoing.writeHead(status, { 'content-type': 'text/plain', connection: 'close' }).end(text);
}

const isGone = (error: unknown) =>
  error instanceof Error &&
  'code' in error &&
  ['ECONNRESET', 'EPIPE', 'ERR_STREAM_PREMATURE_CLOSE'].includes(String(error.code));

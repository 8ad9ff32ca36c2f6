/** Faults on request: which requests they hit, how often, and what the caller then sees (xero-api.md 2, 6.2 and 11.11, 2026-11-20). */
import { gzipSync } from 'node:zlib';
import { z } from 'zod';
import type { HttpRequest } from '../../../domain/http-message.ts';
import type { SandboxResponse } from '../../serve.ts';

export const faultSchema = z.strictObject({
  kind: z.enum([
    'respond',
    'minute-limit',
    'day-limit',
    'concurrent-limit',
    'app-minute-limit',
    'json-500',
    'html-500',
    'html-502',
    'html-503',
    'html-504',
    'maintenance',
    'unavailable',
    'organisation-offline',
    'expired-token',
    'scope-401',
    'forbidden',
    'access-denied-html',
    'precondition-412',
    'not-implemented-501',
    'delay',
    'drop-before',
    'drop-after',
    'drop-mid-body',
    'truncated-gzip',
    'malformed-json',
    'wrong-content-type',
    'oversize',
  ]),
  /** How many requests it hits before it is spent: one where left out, any number within `forMs`. */
  count: z.int().positive().optional(),
  /** How long it lasts on the sandbox's clock; for ever where left out. It ends with whichever of the two ends first. */
  forMs: z.int().positive().optional(),
  /** How many matching requests pass unharmed first. */
  skip: z.int().nonnegative().default(0),
  /** Which requests; what is left out matches all. */
  match: z
    .strictObject({
      method: z.enum(['GET', 'POST', 'PUT', 'DELETE', 'PATCH']).optional(),
      /** Found anywhere in the path with its query, such as '/Invoices' or 'page=3'. */
      path: z.string().optional(),
      /** A tenant id; every organisation where left out. */
      organisation: z.string().optional(),
    })
    .default({}),
  /** For `respond`. */
  status: z.int().min(100).max(599).default(500),
  headers: z.record(z.string(), z.string()).default({}),
  body: z.string().default(''),
  /** For `delay`. */
  ms: z.int().nonnegative().max(600_000).default(1000),
  /** For the limits, in seconds. */
  retryAfter: z.int().positive().default(30),
  /** For `oversize`: size once decompressed. */
  bytes: z
    .int()
    .positive()
    .max(1_000_000_000)
    .default(64 * 1024 * 1024),
});

export type FaultOrder = z.infer<typeof faultSchema>;

export interface FaultBook {
  add(order: FaultOrder): void;
  clear(): void;
  /** The first fault that this request runs into, counted down; null when it runs into none. */
  next(request: HttpRequest): FaultOrder | null;
  /** Requests still to be hit; an order by time alone counts as one. */
  pending(): number;
}

export function faultBook(now: () => number): FaultBook {
  let orders: (FaultOrder & { left: number; toSkip: number; until: number })[] = [];
  const forget = () => {
    orders = orders.filter(({ left, until }) => left > 0 && until > now());
  };
  return {
    add(order) {
      const standard = order.forMs === undefined ? 1 : Number.POSITIVE_INFINITY;
      const until = now() + (order.forMs ?? Number.POSITIVE_INFINITY);
      orders.push({ ...order, left: order.count ?? standard, toSkip: order.skip, until });
    },
    clear() {
      orders = [];
    },
    next(request) {
      forget();
      for (const order of orders) {
        if (!isHit(order, request)) continue;
        if (order.toSkip > 0) {
          order.toSkip--;
          continue;
        }
        order.left--;
        forget();
        return order;
      }
      return null;
    },
    pending() {
      forget();
      return orders.reduce((sum, { left }) => sum + (Number.isFinite(left) ? left : 1), 0);
    },
  };
}

function isHit({ match }: FaultOrder, request: HttpRequest): boolean {
  const url = new URL(request.url);
  if (match.method && match.method !== request.method) return false;
  if (match.organisation && match.organisation !== request.headers['xero-tenant-id']) return false;
  return match.path === undefined || `${url.pathname}${url.search}`.includes(match.path);
}

/** Faults that spoil an answer which was really made: the effect of the request stands. */
export function spoil(fault: FaultOrder, response: SandboxResponse): SandboxResponse {
  const transport = response.transport ?? [];
  const headers = { ...response.headers };
  const isGzip = headers['content-encoding'] === 'gzip';
  switch (fault.kind) {
    case 'delay':
      return { ...response, transport: [...transport, { kind: 'delay', ms: fault.ms }] };
    case 'drop-after':
      return { ...response, transport: [...transport, { kind: 'drop' }] };
    case 'drop-mid-body':
      return { ...response, transport: [...transport, { kind: 'drop-mid-body', fraction: 0.5 }] };
    case 'truncated-gzip': {
      const zipped = isGzip ? response.body : gzipSync(response.body);
      const half = zipped.subarray(0, Math.floor(zipped.length / 2));
      return { ...response, headers: { ...headers, 'content-encoding': 'gzip' }, body: half };
    }
    case 'wrong-content-type':
      return { ...response, headers: { ...headers, 'content-type': 'text/html' } };
    case 'malformed-json':
      delete headers['content-encoding'];
      return { ...response, headers, body: Buffer.from('{"Id": "x", "Invoices": [ {"InvoiceID": ') };
    case 'oversize': {
      const filler = Buffer.alloc(fault.bytes, ' ');
      const zipped = gzipSync(filler, { level: 9 });
      return { ...response, headers: { ...headers, 'content-encoding': 'gzip' }, body: zipped };
    }
    default:
      return response;
  }
}

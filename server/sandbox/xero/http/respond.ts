/** Turns an answer into bytes and headers as Xero's front end sends them. */
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { HttpRequest } from '../../../domain/http-message.ts';
import type { SandboxResponse } from '../../serve.ts';
import type { Answer } from '../accounting/refusal.ts';

const gzipped = promisify(gzip);

/** Gzip when asked (level 1: the sandbox shares its cores with what it tests). Dates are the sandbox clock's. */
export async function respond(
  request: HttpRequest,
  answer: Answer,
  more: { now: number; correlationId: string; headers?: Record<string, string> },
): Promise<SandboxResponse> {
  const plain = typeof answer.body === 'string' ? Buffer.from(answer.body, 'utf8') : answer.body;
  const isZipped = plain.length > 0 && /\bgzip\b/i.test(request.headers['accept-encoding'] ?? '');
  return {
    status: answer.status,
    headers: {
      ...(plain.length > 0 ? { 'content-type': answer.contentType } : {}),
      server: 'nginx',
      date: new Date(more.now).toUTCString(),
      'xero-correlation-id': more.correlationId,
      ...(isZipped ? { 'content-encoding': 'gzip', vary: 'Accept-Encoding' } : {}),
      ...more.headers,
      ...answer.headers,
    },
    body: isZipped ? await gzipped(plain, { level: 1 }) : plain,
  };
}

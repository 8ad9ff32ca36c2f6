/** Bytes on the wire to bytes of the body, strictly: cut, swollen or mislabelled answers are errors, never short bodies. */
import { gunzip } from 'node:zlib';
import type { HttpResponse } from '../domain/http-message.ts';
import { RetryError } from '../errors.ts';

/** Node's zlib reports how much of the input it used only through `info` (nodejs.org/api/zlib.html, v24). */
interface Gunzipped {
  buffer: Uint8Array;
  engine: { bytesWritten: number };
}

/**
 * The decoded body. RetryError `XERO_ANSWER_BROKEN` for a gzip stream without its end, with bytes after its end, larger than
 * `maxBytes` when decoded, or encoded in a way that was not asked for. (Node's fetch takes a cut gzip body for a whole one:
 * reliability-security.md N1, N2, 2026-11-20.)
 */
export async function decodeBody(response: HttpResponse, maxBytes: number): Promise<Uint8Array> {
  const encoding = (response.headers['content-encoding'] ?? 'identity').trim().toLowerCase();
  if (encoding === 'gzip' || encoding === 'x-gzip') return gunzipStrictly(response.body, maxBytes);
  if (encoding !== 'identity' && encoding !== '') throw broken('it is encoded in a way we did not ask for');
  if (response.body.byteLength > maxBytes) throw broken(`it is larger than ${maxBytes} bytes`);
  return response.body;
}

const gunzipStrictly = (bytes: Uint8Array, maxBytes: number): Promise<Uint8Array> =>
  new Promise((resolve, reject) => {
    const options = { info: true, maxOutputLength: maxBytes, chunkSize: chunkBytes(bytes) };
    gunzip(bytes, options, (error, result) => {
      if (error) return reject(broken(problemOf(error, maxBytes), error));
      const { buffer, engine } = result as unknown as Gunzipped;
      if (engine.bytesWritten !== bytes.byteLength) return reject(broken('bytes follow the end of its gzip'));
      resolve(buffer);
    });
  });

/** More than the trailer may make us set aside at once: it is the sender's word. */
const mostChunkBytes = 1 << 23;
/** No text is packed tighter by more than this, mostly: a few bytes set little aside. */
const mostPacked = 64;

/**
 * How much to decode at a time. Node's 16 KB cost a page of 3 MB two to three times the CPU (7.3 ms against 2.3, Node 24.21, 2026-11-21), and
 * several pieces are all copied once more. The last four bytes of a gzip say how long it was (RFC 1952, 2.3.1): a hint alone,
 * for the smallest piece that takes it whole.
 */
function chunkBytes(gzip: Uint8Array): number {
  if (gzip.byteLength < 4) return 64;
  const said = new DataView(gzip.buffer, gzip.byteOffset + gzip.byteLength - 4, 4).getUint32(0, true);
  return Math.min(Math.max(said + 1, 64), mostChunkBytes, Math.max(gzip.byteLength * mostPacked, 64));
}

const problemOf = (error: Error & { code?: string }, maxBytes: number): string => {
  if (error.code === 'ERR_BUFFER_TOO_LARGE') return `it is larger than ${maxBytes} bytes when decoded`;
  return error.code === 'Z_BUF_ERROR' ? 'its gzip ends too early' : 'its gzip is damaged';
};

const broken = (problem: string, cause?: unknown) => new RetryError('XERO_ANSWER_BROKEN', { problem }, cause);

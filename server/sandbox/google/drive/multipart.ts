/** `multipart/related`: the metadata and the media of one upload in one body (RFC 2387). */
import { badRequest } from './drive-errors.ts';

export interface Part {
  contentType: string;
  body: Uint8Array;
}

const find = (bytes: Uint8Array, sign: Uint8Array, from: number): number => {
  const [first = 0] = sign;
  for (let at = bytes.indexOf(first, from); at >= 0; at = bytes.indexOf(first, at + 1)) {
    if (sign.every((byte, offset) => bytes[at + offset] === byte)) return at;
  }
  return -1;
};

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** The parts in order; 400 when the body is not what its content type says. */
export const readParts = (contentType: string, body: Uint8Array): Part[] => {
  const boundary = /boundary="?([^";]+)"?/i.exec(contentType)?.[1];
  if (boundary === undefined) throw badRequest('Missing boundary in multipart/related content type.');
  const sign = encoder.encode(`--${boundary}`);
  const blank = encoder.encode('\r\n\r\n');
  const parts: Part[] = [];
  let at = find(body, sign, 0);
  while (at >= 0) {
    const start = at + sign.length;
    const next = find(body, sign, start);
    if (next < 0) break;
    const headEnd = find(body, blank, start);
    if (headEnd < 0 || headEnd > next) throw badRequest('Malformed multipart body.');
    const head = decoder.decode(body.subarray(start, headEnd));
    parts.push({
      contentType: /content-type: *([^\r\n]+)/i.exec(head)?.[1] ?? 'application/octet-stream',
      // The line break before the next boundary belongs to it.
      body: body.slice(headEnd + blank.length, next - 2),
    });
    at = next;
  }
  if (parts.length !== 2) throw badRequest('Malformed multipart body.');
  return parts;
};

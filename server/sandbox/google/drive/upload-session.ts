/** One resumable upload: which bytes are in, what the next request may bring, when it ends (guide "Upload file data", 2026). */
import { badRequest } from './drive-errors.ts';

/** Pieces are multiples of this, except the last. */
export const PIECE_UNIT = 256 * 1024;
export const SESSION_LIFE_MS = 7 * 86_400_000;

export interface UploadSession {
  id: string;
  /** Whose file it will be. */
  sub: string;
  clientId: string;
  /** Of the token that began it. */
  scopes: readonly string[];
  /** The file that gets new content; a new file when absent. */
  fileId?: string;
  metadata: unknown;
  contentType: string;
  /** What `X-Upload-Content-Length` promised. */
  length?: number;
  createdAtMs: number;
  pieces: Uint8Array[];
  received: number;
  state: 'open' | 'done' | 'cancelled';
  /** The file that came of it, so that a repeated last request gets the same answer. */
  doneFileId?: string;
}

export interface ContentRange {
  /** Absent in a status query. */
  start?: number;
  end?: number;
  /** Absent while the sender does not know it yet. */
  total?: number;
}

// A piece is `bytes 0-524287/2000000`, or `/*` while the size is unknown; a query has `*` for the bytes.
export const readContentRange = (text: string | undefined): ContentRange | undefined => {
  if (text === undefined) return undefined;
  const match = /^bytes (?:(\d+)-(\d+)|\*)\/(\d+|\*)$/.exec(text.trim());
  if (!match) throw badRequest(`Failed to parse Content-Range header: ${text}`);
  const [, start, end, total] = match;
  return {
    ...(start !== undefined && { start: Number(start), end: Number(end) }),
    ...(total !== '*' && { total: Number(total) }),
  };
};

/** Takes a piece in; true when it was the last. Bytes that are in already are passed over. */
export const takePiece = (
  session: UploadSession,
  body: Uint8Array,
  range: ContentRange | undefined,
): boolean => {
  const { start = 0, end = body.length - 1 } = range ?? {};
  const total = range ? range.total : body.length;
  if (end - start + 1 !== body.length) {
    throw badRequest(
      `Invalid request. There were ${body.length} byte(s) in the request body. There should have been ${end - start + 1} byte(s) (starting at offset ${start} and ending at offset ${end}) according to the Content-Range header.`,
    );
  }
  if (start > session.received) {
    throw badRequest(
      `Invalid request. According to the Content-Range header, the upload offset is ${start} byte(s), which exceeds already uploaded size of ${session.received} byte(s).`,
    );
  }
  if (total !== undefined && ((session.length !== undefined && total !== session.length) || end >= total)) {
    throw badRequest(
      `Invalid request. The total size ${total} does not agree with the size of the upload${session.length === undefined ? '' : ` (${session.length})`}.`,
    );
  }
  const isLast = total !== undefined && end === total - 1;
  const fresh = body.subarray(Math.min(session.received - start, body.length));
  // Only whole units of a piece that is not the last are kept; the Range of the answer says how far.
  const kept = isLast
    ? fresh.length
    : Math.max(0, fresh.length - ((session.received + fresh.length) % PIECE_UNIT));
  if (kept > 0) {
    session.pieces.push(fresh.slice(0, kept));
    session.received += kept;
  }
  return isLast;
};

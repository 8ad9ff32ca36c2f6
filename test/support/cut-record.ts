/** A record as the cutter gives it, out of plain strings. */
import type { CutRecord } from '../../server/mirror/mirror.ts';

/** `typed` is `raw` unless it says otherwise. */
export const cutRecord = (
  id: string,
  raw: string,
  { typed = raw, ...more }: { typed?: string | null; updatedAt?: number; state?: string } = {},
): CutRecord => ({
  id,
  updatedAt: 0,
  state: '',
  ...more,
  raw: Buffer.from(raw),
  typed: typed === null ? null : Buffer.from(typed),
});

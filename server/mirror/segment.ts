/** Segments: records of one resource in one sealed, write-once Parquet file, named by what is in it. */
import { createHmac, hash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { giveBack } from '../domain/give-back.ts';
import type { Blobs } from '../ports.ts';
import type { CutRecord, SegmentRef } from './mirror.ts';
import { parquetFile } from './parquet/parquet-file.ts';
import type { QueryEngine } from './query.ts';
import type { SealedBlobs } from './seal.ts';

/** What every part of a mirror works with. */
export interface MirrorParts {
  id: string;
  blobs: Blobs;
  sealed: SealedBlobs;
  query: QueryEngine;
  /** Names what is stored: without the key a name says nothing about its content. */
  nameOf(lines: readonly string[]): string;
}

export const segmentPath = (
  mirrorId: string,
  { resource, hash }: Pick<SegmentRef, 'resource' | 'hash'>,
): string => `mirrors/${mirrorId}/segments/${resource}/${hash}.parquet`;

/** Keyed SHA-256 over lines, hex. */
export const contentName = (key: Uint8Array, lines: readonly string[]): string =>
  createHmac('sha256', key)
    .update(lines.map((line) => `${line}\n`).join(''))
    .digest('hex');

/** The line of a record in its segment's name: all that it says, and nothing of when it was fetched. */
export const recordLine = (id: string, version: string, updatedAt: number, state: string): string =>
  JSON.stringify([id, version, updatedAt, state]);

/** Stores records; of several with one id the last counts. The same records land at the same address, whenever they are written. */
export async function writeSegment(
  parts: MirrorParts,
  resource: string,
  records: readonly CutRecord[],
  fetchedAt: number,
): Promise<SegmentRef> {
  checkThere(records);
  const stored = inOrder(records);
  const versions = stored.map(({ raw }) => hash('sha256', raw));
  const lines = stored.map(({ id, updatedAt, state }, at) =>
    recordLine(id, versions[at] ?? '', updatedAt, state),
  );
  const ref = { resource, hash: parts.nameOf(lines), records: stored.length };
  const path = segmentPath(parts.id, ref);
  const bytes = await parts.blobs.size(path);
  if (bytes !== undefined) return { ...ref, bytes };
  const file = segmentFileOf(stored, versions, fetchedAt);
  await parts.sealed.put(path, file);
  for (const piece of file) giveBack(piece);
  return { ...ref, bytes: (await parts.blobs.size(path)) ?? 0 };
}

/** A record of a page that was released already would be stored as empty. */
function checkThere(records: readonly CutRecord[]): void {
  for (const { raw, typed } of records)
    if (isGone(raw) || (typed !== null && isGone(typed)))
      throw new TypeError('the page of a record was released before it was stored');
}

const isGone = ({ buffer }: Uint8Array): boolean => buffer instanceof ArrayBuffer && buffer.detached;

/** Opens segments into a folder, oldest first; the names begin with the label and ascend in that order. */
export async function openSegments(
  parts: MirrorParts,
  folder: string,
  label: string,
  segments: readonly SegmentRef[],
): Promise<string[]> {
  const files: string[] = [];
  for (const [at, segment] of segments.entries()) {
    const file = join(folder, `${label}-${segmentFile(at)}`);
    await writeFile(file, await parts.sealed.need(segmentPath(parts.id, segment)), { mode: 0o600 });
    files.push(file);
  }
  return files;
}

/** End of the file name of the segment at this place. */
export const segmentFile = (at: number): string => `${String(at).padStart(6, '0')}.parquet`;

/** The newest of each id, ascending by the bytes of the ids. */
function inOrder(records: readonly CutRecord[]): readonly CutRecord[] {
  // Strings sort as their UTF-8 does, but for characters of two units.
  const isPlain = !records.some(({ id }) => /[\ud800-\udfff]/.test(id));
  // As a page of Xero comes that was asked for by id.
  if (isPlain && records.every(({ id }, at) => at === 0 || (records[at - 1]?.id ?? '') < id)) return records;
  const newest = [...new Map(records.map((record) => [record.id, record])).values()];
  if (isPlain) return newest.sort((a, b) => (a.id < b.id ? -1 : 1));
  return newest.sort((a, b) => Buffer.compare(Buffer.from(a.id), Buffer.from(b.id)));
}

function segmentFileOf(
  records: readonly CutRecord[],
  versions: readonly string[],
  fetchedAt: number,
): Uint8Array[] {
  return parquetFile([
    { name: 'id', kind: 'text', values: records.map(({ id }) => id), isAscending: true },
    { name: 'version', kind: 'text', values: versions },
    { name: 'updatedAt', kind: 'number', values: records.map(({ updatedAt }) => updatedAt) },
    { name: 'state', kind: 'text', values: records.map(({ state }) => state) },
    { name: 'fetchedAt', kind: 'number', values: records.map(() => fetchedAt) },
    { name: 'raw', kind: 'text', values: records.map(({ raw }) => raw) },
    { name: 'typed', kind: 'text', values: records.map(({ typed }) => typed), isOptional: true },
  ]);
}

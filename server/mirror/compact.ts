/** Compaction: segments become fewer and lose superseded versions, while every record of the current generation stays what it is. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parquetOptions } from './child-segment.ts';
import { nextMerge, type SegmentUse } from './compact-plan.ts';
import { currentIndex, publishIndex } from './index-pointer.ts';
import type { SegmentRef } from './mirror.ts';
import { type MirrorPorts, partsOf } from './open-mirror.ts';
import { listed } from './query-protocol.ts';
import { askRows, laidViews, textPlan } from './read-records.ts';
import { newestFromView } from './record-views.ts';
import { type MirrorParts, recordLine, segmentFile, segmentPath } from './segment.ts';
import { readSnapshot, snapshotsOf } from './snapshot.ts';
import { literal } from './sql-text.ts';

/**
 * Merges until nothing is worth it, or `most` times; answers how many merges were published. The generation stays: a new index of it is put in
 * place by compare-and-set, and a commit that came first wins. What it replaced goes with the garbage.
 */
export async function compactMirror(
  ports: MirrorPorts,
  mirrorId: string,
  most = Number.POSITIVE_INFINITY,
): Promise<number> {
  const parts = await partsOf(ports, mirrorId);
  const first = await currentIndex(ports.store, parts);
  let merges = 0;
  for (const resource of Object.keys(first.index.resources))
    while (merges < most && (await compactOnce(ports, parts, resource))) merges++;
  return merges;
}

async function compactOnce(ports: MirrorPorts, parts: MirrorParts, resource: string): Promise<boolean> {
  const { index, path } = await currentIndex(ports.store, parts);
  const state = index.resources[resource];
  if (state === undefined) return false;
  const merge = nextMerge(await usesOf(ports, parts, resource, state.segments));
  if (merge === undefined) return false;
  const merged = await writeMerged(parts, resource, state.segments, merge);
  const segments = [...state.segments.slice(0, merge.from), ...merged, ...state.segments.slice(merge.to)];
  const resources = { ...index.resources, [resource]: { ...state, segments } };
  return publishIndex(ports.store, parts, path, { ...index, resources });
}

async function usesOf(
  ports: MirrorPorts,
  parts: MirrorParts,
  resource: string,
  segments: readonly SegmentRef[],
): Promise<SegmentUse[]> {
  const live = await liveCounts(parts, resource, segments);
  const pinned = new Map<string, number>();
  for await (const { pointer } of snapshotsOf(ports.store, parts.id)) {
    const held = (await readSnapshot(parts, pointer.path)).resources[resource]?.segments ?? [];
    const counts = await liveCounts(parts, resource, held);
    held.forEach(({ hash }, at) => {
      pinned.set(hash, Math.max(pinned.get(hash) ?? 0, counts[at] ?? 0));
    });
  }
  return segments.map(({ hash, records }, at) => ({
    records,
    live: live[at] ?? 0,
    pinned: pinned.get(hash) ?? 0,
  }));
}

/** Per segment, how many of its records are the newest of their id. */
async function liveCounts(
  parts: MirrorParts,
  resource: string,
  segments: readonly SegmentRef[],
): Promise<number[]> {
  const counts = segments.map(() => 0);
  if (segments.length < 2) return segments.map(({ records }) => records);
  const file = `right(filename, ${segmentFile(0).length})`;
  const sql = `select ${listed([file, 'cast(count(*) as varchar)'], [])} from ${newestFromView(resource)} group by ${file}`;
  for await (const { rows } of askRows(parts, [{ resource, segments }], textPlan(sql, 2, 0)))
    for (const [name, count] of rows) counts[Number.parseInt(String(name), 10)] = Number(count);
  return counts;
}

/** The records of a run that are the newest of their id, tombstones among them, as one segment; none when there are none. */
async function writeMerged(
  parts: MirrorParts,
  resource: string,
  segments: readonly SegmentRef[],
  { from, to }: { from: number; to: number },
): Promise<SegmentRef[]> {
  const last = (at: number) => literal(`${resource}-${segmentFile(at)}`);
  const isWithin = `parse_filename(filename) between ${last(from)} and ${last(to - 1)}`;
  const laid = [{ resource, segments }];
  const source = `${newestFromView(resource)} where ${isWithin}`;
  const lines: string[] = [];
  const cells = ['id', 'version', 'cast("updatedAt" as varchar)', 'state'];
  for await (const { rows } of askRows(
    parts,
    laid,
    textPlan(`select ${listed(cells, ['id'])} from ${source}`, 4, 1),
  ))
    for (const [id, version, updatedAt, state] of rows)
      lines.push(recordLine(String(id), String(version), Number(updatedAt), String(state)));
  if (lines.length === 0) return [];
  const ref = { resource, hash: parts.nameOf(lines), records: lines.length };
  const path = segmentPath(parts.id, ref);
  const written = parts.query.ask(
    async (folder) => {
      const views = await laidViews(parts, folder, resource, segments);
      const copy = `copy (select id, version, "updatedAt", state, "fetchedAt", raw, typed from ${source})
        to ${literal(join(folder, 'merged.parquet'))} (${parquetOptions})`;
      return { kind: 'run', statements: [...views, copy] };
    },
    async function* (folder) {
      yield await readFile(join(folder, 'merged.parquet'));
    },
  );
  for await (const bytes of written) await parts.sealed.put(path, bytes);
  return [{ ...ref, bytes: (await parts.blobs.size(path)) ?? 0 }];
}

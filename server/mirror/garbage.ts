/**
 * Garbage: blobs of a mirror that nothing refers to. Marked once, and gone only when a second look at least a day later finds
 * them unreferenced still, so that a writer that is about to refer to one is never overtaken.
 */
import { z } from 'zod';
import { currentIndex } from './index-pointer.ts';
import type { SegmentRef } from './mirror.ts';
import { type MirrorPorts, partsOf } from './open-mirror.ts';
import { type MirrorParts, segmentPath } from './segment.ts';
import { readSnapshot, snapshotsOf } from './snapshot.ts';

const dayMs = 86_400_000;
const pageSize = 500;

const marksSchema = z.object({ v: z.literal(1), at: z.number(), paths: z.array(z.string()) });
type Marks = z.infer<typeof marksSchema>;

/**
 * Roots: the current index, every snapshot, and `pending`, the segments in checkpoints of unfinished runs and running packs. The
 * caller holds the mirror's pull, so that no segment is being written meanwhile. Twice in one day: nothing more is removed.
 */
export async function collectGarbage(
  ports: MirrorPorts,
  mirrorId: string,
  pending: readonly SegmentRef[],
): Promise<{ marked: number; removed: number }> {
  const parts = await partsOf(ports, mirrorId);
  const folder = `mirrors/${mirrorId}/garbage/`;
  const roots = await rootsOf(ports, parts, pending);
  const unreferenced: string[] = [];
  for await (const path of everyPath(parts, `mirrors/${mirrorId}/`))
    if (!roots.has(path) && !path.startsWith(folder)) unreferenced.push(path);
  const now = ports.clock.now();
  const known: Array<{ path: string; marks: Marks }> = [];
  for await (const path of everyPath(parts, folder)) {
    const marks = marksSchema.parse(JSON.parse(Buffer.from(await parts.sealed.need(path)).toString()));
    known.push({ path, marks });
  }
  known.sort((a, b) => a.marks.at - b.marks.at);
  const old = known.filter(({ marks }) => now - marks.at >= dayMs);
  // What was referred to at any look since that mark begins again.
  const looks = known.slice(Math.max(0, old.length - 1)).map(({ marks }) => new Set(marks.paths));
  const wasMarked = new Set(old.at(-1)?.marks.paths.filter((path) => looks.every((look) => look.has(path))));
  const gone = unreferenced.filter((path) => wasMarked.has(path));
  for (const path of gone) await parts.blobs.delete(path);
  const left = unreferenced.filter((path) => !wasMarked.has(path));
  // An empty look counts too while younger marks are kept.
  if (left.length > 0 || known.length > old.length) {
    const json = JSON.stringify({ v: 1, at: now, paths: left } satisfies Marks);
    await parts.sealed.put(`${folder}${now}-${parts.nameOf([json])}.json`, Buffer.from(json));
  }
  for (const { path } of old) await parts.blobs.delete(path);
  return { marked: left.length, removed: gone.length };
}

async function rootsOf(
  ports: MirrorPorts,
  parts: MirrorParts,
  pending: readonly SegmentRef[],
): Promise<Set<string>> {
  const { index, path } = await currentIndex(ports.store, parts);
  const roots = new Set([path]);
  const addAll = (segments: readonly SegmentRef[]) => {
    for (const segment of segments) roots.add(segmentPath(parts.id, segment));
  };
  for (const { segments } of Object.values(index.resources)) addAll(segments);
  for await (const { pointer } of snapshotsOf(ports.store, parts.id)) {
    roots.add(pointer.path);
    for (const { segments } of Object.values((await readSnapshot(parts, pointer.path)).resources))
      addAll(segments);
  }
  addAll(pending);
  return roots;
}

/** Every blob under a prefix; it may be deleted while this runs. */
export async function* everyPath(
  { blobs }: Pick<MirrorParts, 'blobs'>,
  prefix: string,
): AsyncGenerator<string> {
  for (let after: string | undefined; ; ) {
    const page = await blobs.list(prefix, { limit: pageSize, ...(after === undefined ? {} : { after }) });
    yield* page;
    if (page.length < pageSize) return;
    after = page.at(-1);
  }
}

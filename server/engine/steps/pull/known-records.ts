/** What the mirror and the segments that are pending already know: by id, in streams, never all texts at once. */
import { hash } from 'node:crypto';
import type { CutRecord, Mirror, SegmentRef } from '../../../mirror/mirror.ts';
import { tombstone } from '../../../mirror/record-views.ts';

export interface Known {
  rawHash: string;
  state: string;
}

/** A resource that no mirror has: asked for with pending segments, `ids` tells of these alone. */
const alone = 'none';

/** The same hash of a record's text as the mirror's. */
export const rawHashOf = (raw: string): string => hash('sha256', raw);

/** What is known of these ids, the newest version of each. */
export async function knownOf(
  mirror: Mirror,
  resource: string,
  pending: readonly SegmentRef[],
  wanted: ReadonlySet<string>,
): Promise<Map<string, Known>> {
  const known = new Map<string, Known>();
  if (wanted.size === 0) return known;
  for await (const batch of mirror.ids(resource, pending))
    for (const { id, rawHash, state } of batch) if (wanted.has(id)) known.set(id, { rawHash, state });
  return known;
}

export const isChanged = (record: CutRecord, known: Known | undefined): boolean =>
  known === undefined || known.state === tombstone || known.rawHash !== rawHashOf(record.raw);

/** Distinct ids in these segments. */
export async function countIds(mirror: Mirror, segments: readonly SegmentRef[]): Promise<number> {
  let count = 0;
  if (segments.length > 0) for await (const batch of mirror.ids(alone, segments)) count += batch.length;
  return count;
}

/** Live ids of the generation with these segments over it. */
export async function liveIds(
  mirror: Mirror,
  resource: string,
  pending: readonly SegmentRef[],
): Promise<string[]> {
  const live: string[] = [];
  for await (const batch of mirror.ids(resource, pending))
    for (const { id, state } of batch) if (state !== tombstone) live.push(id);
  return live;
}

/** Live ids of the generation that these segments lack, and how many live ones there are. */
export async function lostIds(
  mirror: Mirror,
  resource: string,
  segments: readonly SegmentRef[],
): Promise<{ lost: string[]; live: number }> {
  const lost: string[] = [];
  let live = 0;
  const present = idStream(mirror, alone, segments);
  let next = await present.next();
  for await (const batch of mirror.ids(resource, [])) {
    for (const { id, state } of batch) {
      if (state === tombstone) continue;
      live += 1;
      while (next.done !== true && next.value < id) next = await present.next();
      if (next.done === true || next.value !== id) lost.push(id);
    }
  }
  await present.return(undefined);
  return { lost, live };
}

async function* idStream(
  mirror: Mirror,
  resource: string,
  segments: readonly SegmentRef[],
): AsyncGenerator<string, undefined, undefined> {
  if (segments.length > 0)
    for await (const batch of mirror.ids(resource, segments)) for (const { id } of batch) yield id;
  return undefined;
}

/** A record that is gone, as the mirror keeps it. */
export const gone = (id: string, at: number): CutRecord => ({
  id,
  updatedAt: at,
  state: tombstone,
  raw: '',
  typed: '',
});

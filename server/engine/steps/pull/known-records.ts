/** What the mirror and the segments that are pending already know: by id, in streams, never all texts at once. */
import { hash } from 'node:crypto';
import type { CutRecord, Mirror, SegmentRef } from '../../../mirror/mirror.ts';
import { tombstone } from '../../../mirror/record-views.ts';
import { hashDigits, type IdTable, idTable, type Known } from './id-table.ts';

/** A resource that no mirror has: asked for with pending segments, `ids` tells of these alone. */
const alone = 'none';

/** The same hash of a record's text as the mirror's, its first half. */
export const rawHashOf = (raw: Uint8Array | string): string => hash('sha256', raw).slice(0, hashDigits);

export interface KnownRecords {
  /** What is known of these ids, the newest version of each, in the generation with these segments over it. */
  of(
    mirror: Mirror,
    resource: string,
    pending: readonly SegmentRef[],
    wanted: Iterable<string>,
  ): Promise<Map<string, Known>>;
}

/**
 * Of one pull, whose generation does not change. A resource is read once, not once for each page that is compared with it, and
 * held as ids and hashes alone: 32 bytes a record. New pending segments are added as they come.
 */
export function knownRecords(): KnownRecords {
  const read = new Map<string, { pending: string[]; base: IdTable; newer: Map<string, Known> }>();
  return {
    async of(mirror, resource, pending, wanted) {
      const ids = [...wanted].sort();
      if (ids.length === 0) return new Map();
      const names = pending.map(({ hash }) => hash);
      let table = read.get(resource);
      if (table === undefined || table.pending.some((name, at) => name !== names[at])) {
        table = { pending: names, base: await idTable(mirror.ids(resource, pending)), newer: new Map() };
        read.set(resource, table);
      }
      const added = pending.slice(table.pending.length);
      if (added.length > 0)
        for await (const batch of mirror.ids(alone, added))
          for (const { id, rawHash, state } of batch)
            table.newer.set(id, { rawHash: rawHash.slice(0, hashDigits), state });
      table.pending = names;
      const known = table.base.of(ids);
      for (const id of ids) {
        const newer = table.newer.get(id);
        if (newer !== undefined) known.set(id, newer);
      }
      return known;
    },
  };
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

const nothing = new Uint8Array();

/** A record that is gone, as the mirror keeps it. */
export const gone = (id: string, at: number): CutRecord => ({
  id,
  updatedAt: at,
  state: tombstone,
  raw: nothing,
  typed: nothing,
});

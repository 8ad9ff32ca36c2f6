/**
 * The commit: pending segments become a generation in one compare-and-set of the mirror's document.
 *
 * The new index is stored first, at an address made of its content; then one transaction moves the pointer from generation
 * `expected` to the next. A crash before it leaves the old whole, a crash after it the new whole; a repeat finds its operation
 * id among the commits of the current index and answers with what it made.
 */
import type { Gap } from '../domain/gap.ts';
import { mergeNews } from '../domain/news.ts';
import { RetryError } from '../errors.ts';
import type { Store } from '../ports.ts';
import { countRecords } from './count-records.ts';
import { nextIndex, publicIndex, readIndex, type StoredIndex } from './index-blob.ts';
import { currentIndex, publishIndex } from './index-pointer.ts';
import type { Mirror, MirrorIndex, ResourceChange, ResourceState, SegmentRef } from './mirror.ts';
import type { MirrorParts } from './segment.ts';

type CommitInput = Parameters<Mirror['commit']>[0];

/** How often a commit that lost to a compaction, which keeps the generation, is laid over the new index. */
const mostTries = 5;

export async function commit(
  store: Store,
  parts: MirrorParts,
  { expected, operationId, changes }: CommitInput,
): Promise<MirrorIndex> {
  for (let tries = 1; ; tries++) {
    const current = await currentIndex(store, parts);
    const made = await madeBy(parts, current, operationId);
    if (made !== undefined) return made;
    if (current.index.generation !== expected) throw new RetryError('FENCED_OUT');
    const resources = await changedResources(parts, current.index.resources, changes);
    const index = nextIndex(current.index, current.path, operationId, resources);
    if (await publishIndex(store, parts, current.path, index)) return publicIndex(index);
    if (tries === mostTries) throw new RetryError('FENCED_OUT');
  }
}

async function madeBy(
  parts: MirrorParts,
  { index }: { index: StoredIndex },
  operationId: string,
): Promise<MirrorIndex | undefined> {
  const made = index.commits.find((known) => known.operationId === operationId);
  if (made === undefined) return undefined;
  return publicIndex(made.path === null ? index : await readIndex(parts.sealed, made.path));
}

async function changedResources(
  parts: MirrorParts,
  before: MirrorIndex['resources'],
  changes: CommitInput['changes'],
): Promise<MirrorIndex['resources']> {
  const laid = Object.entries(changes).map(([resource, change]) => ({
    resource,
    change,
    segments: layOver(before[resource], change),
  }));
  const counts = await countRecords(parts, laid);
  const after: Record<string, ResourceState> = { ...before };
  for (const { resource, change, segments } of laid) {
    const { count, unreadable } = counts.get(resource) ?? { count: 0, unreadable: [] };
    // Records that do not parse are counted here, from what is stored: a pull knows only its own.
    const others = change.gaps.filter(({ reason }) => reason !== 'unreadable-record');
    after[resource] = {
      segments,
      cursor: change.cursor,
      count,
      gaps: [...others, ...unreadable] satisfies Gap[],
      news: mergeNews(before[resource]?.news ?? [], change.news ?? []),
    };
  }
  return after;
}

/** A segment that is there already, before or among the new ones, moves to the end: its records are now the newest. */
function layOver(before: ResourceState | undefined, change: ResourceChange): SegmentRef[] {
  const kept = change.mode === 'replace' ? [] : (before?.segments ?? []);
  const newest = new Map<string, SegmentRef>();
  for (const segment of change.segments) {
    newest.delete(segment.hash);
    newest.set(segment.hash, segment);
  }
  return [...kept.filter(({ hash }) => !newest.has(hash)), ...newest.values()];
}

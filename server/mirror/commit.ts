/**
 * The commit: pending segments become a generation in one compare-and-set of the mirror's document.
 *
 * The new index is stored first, at an address made of its content; then one transaction moves the pointer from generation
 * `expected` to the next. A crash before it leaves the old whole, a crash after it the new whole; a repeat finds its operation
 * id among the commits of the current index and answers with what it made.
 */
import type { Gap } from '../domain/gap.ts';
import { RetryError, UserError } from '../errors.ts';
import type { Store } from '../ports.ts';
import { countRecords } from './count-records.ts';
import { nextIndex, publicIndex, readIndex, type StoredIndex, writeIndex } from './index-blob.ts';
import type { Mirror, MirrorIndex, ResourceChange, ResourceState, SegmentRef } from './mirror.ts';
import type { MirrorParts } from './segment.ts';

type CommitInput = Parameters<Mirror['commit']>[0];

export async function commit(
  store: Store,
  parts: MirrorParts,
  current: { index: StoredIndex; path: string },
  { expected, operationId, changes }: CommitInput,
): Promise<MirrorIndex> {
  const made = await madeBy(parts, current.index, current.path, operationId);
  if (made !== undefined) return made;
  if (current.index.generation !== expected) throw new RetryError('FENCED_OUT');
  const resources = await changedResources(parts, current.index.resources, changes);
  const index = nextIndex(current.index, current.path, operationId, resources);
  const path = await writeIndex(parts, index);
  const isPublished = await store.transaction(async (tx) => {
    const stored = await tx.get('mirrors', parts.id);
    if (stored === undefined) throw new UserError('NOT_FOUND', { what: 'mirror' });
    // The transaction itself may run twice: the second finds the first one's pointer.
    if (stored.data.indexPath === path) return true;
    if (stored.data.generation !== expected || stored.data.indexPath !== current.path) return false;
    tx.set('mirrors', parts.id, { ...stored.data, generation: index.generation, indexPath: path });
    return true;
  });
  if (!isPublished) throw new RetryError('FENCED_OUT');
  return publicIndex(index);
}

async function madeBy(
  parts: MirrorParts,
  index: StoredIndex,
  path: string,
  operationId: string,
): Promise<MirrorIndex | undefined> {
  const made = index.commits.find((known) => known.operationId === operationId);
  if (made === undefined) return undefined;
  return publicIndex(made.path === null ? index : await readIndex(parts.sealed, made.path ?? path));
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
    };
  }
  return after;
}

/** A segment that is there already moves to the end: its records are now the newest. */
function layOver(before: ResourceState | undefined, change: ResourceChange): SegmentRef[] {
  const kept = change.mode === 'replace' ? [] : (before?.segments ?? []);
  const newest = new Map(change.segments.map((segment) => [segment.hash, segment]));
  return [...kept.filter(({ hash }) => !newest.has(hash)), ...newest.values()];
}

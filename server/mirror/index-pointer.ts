/** The pointer from a mirror's document to its current index, moved by compare-and-set alone. */
import { UserError } from '../errors.ts';
import type { Store } from '../ports.ts';
import { readIndex, type StoredIndex, writeIndex } from './index-blob.ts';
import type { MirrorParts } from './segment.ts';

export interface CurrentIndex {
  index: StoredIndex;
  path: string;
}

/** UserError `NOT_FOUND` once the mirror was erased. */
export async function currentIndex(store: Pick<Store, 'get'>, parts: MirrorParts): Promise<CurrentIndex> {
  const stored = await store.get('mirrors', parts.id);
  if (stored === undefined) throw new UserError('NOT_FOUND', { what: 'mirror' });
  return { index: await readIndex(parts.sealed, stored.data.indexPath), path: stored.data.indexPath };
}

/** Stores `index` and makes it current if the one at `from` still is; false when something else is by now. */
export async function publishIndex(
  store: Store,
  parts: MirrorParts,
  from: string,
  index: StoredIndex,
): Promise<boolean> {
  const path = await writeIndex(parts, index);
  return store.transaction(async (tx) => {
    const stored = await tx.get('mirrors', parts.id);
    if (stored === undefined) throw new UserError('NOT_FOUND', { what: 'mirror' });
    // The transaction itself may run twice: the second finds the pointer that the first one set.
    if (stored.data.indexPath === path) return true;
    if (stored.data.indexPath !== from) return false;
    tx.set('mirrors', parts.id, { ...stored.data, generation: index.generation, indexPath: path });
    return true;
  });
}

/** An older generation among those that `index` remembers; UserError `NOT_FOUND` when it is not kept any more. */
export async function indexAt(
  parts: MirrorParts,
  index: StoredIndex,
  generation: number | undefined,
): Promise<StoredIndex> {
  if (generation === undefined || generation === index.generation) return index;
  const path = index.commits.find((known) => known.generation === generation)?.path;
  if (path === undefined || path === null || (await parts.blobs.size(path)) === undefined)
    throw new UserError('NOT_FOUND', { what: 'generation' });
  return readIndex(parts.sealed, path);
}

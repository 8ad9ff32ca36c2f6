/** Erases a mirror for good, and renews what its key is wrapped with. */
import { hash } from 'node:crypto';
import type { Blobs, Keys, Store } from '../ports.ts';
import { everyPath } from './garbage.ts';
import { keyContext } from './open-mirror.ts';
import { dropSnapshot, snapshotsOf } from './snapshot.ts';

/**
 * The key goes first: from then on nothing that is left can be read by anybody. Then the snapshots' pointers and the blobs.
 * Stopped half-way, it is called again and finishes; twice: nothing happens.
 */
export async function eraseMirror(
  { store, blobs }: { store: Store; blobs: Blobs },
  mirrorId: string,
): Promise<void> {
  await destroyKey(store, mirrorId);
  await removeRemains({ store, blobs }, mirrorId, () => true);
}

export interface MirrorSize {
  snapshots: number;
  /** Blobs and their bytes as stored. */
  files: number;
  bytes: number;
  /** Names the mirror's data key without telling it; null when there is no mirror. */
  keyId: string | null;
}

/** What erasing would take. A blob that goes meanwhile is not counted. */
export async function measureMirror(
  { store, blobs }: { store: Store; blobs: Blobs },
  mirrorId: string,
): Promise<MirrorSize> {
  const wrappedKey = (await store.get('mirrors', mirrorId))?.data.wrappedKey;
  const size: MirrorSize = { snapshots: 0, files: 0, bytes: 0, keyId: null };
  if (wrappedKey !== undefined) size.keyId = hash('sha256', wrappedKey).slice(0, 16);
  for await (const _ of snapshotsOf(store, mirrorId)) size.snapshots += 1;
  for await (const path of everyPath({ blobs }, folderOf(mirrorId))) {
    const bytes = await blobs.size(path);
    if (bytes === undefined) continue;
    size.files += 1;
    size.bytes += bytes;
  }
  return size;
}

/** Everything of a mirror that is a blob. */
export const folderOf = (mirrorId: string): string => `mirrors/${mirrorId}/`;

/** Destroys the key: from then on nothing of the mirror can be read by anybody. Twice: nothing happens. */
export const destroyKey = (store: Pick<Store, 'delete'>, mirrorId: string): Promise<void> =>
  store.delete('mirrors', mirrorId);

/**
 * Removes blobs and snapshots of a mirror whose key is gone, while `mayGoOn`; whether none is left. Stopped half-way it goes on
 * with the next call.
 */
export async function removeRemains(
  { store, blobs }: { store: Store; blobs: Blobs },
  mirrorId: string,
  mayGoOn: () => boolean,
): Promise<boolean> {
  for await (const { id } of snapshotsOf(store, mirrorId)) {
    if (!mayGoOn()) return false;
    await dropSnapshot(store, id);
  }
  for await (const path of everyPath({ blobs }, folderOf(mirrorId))) {
    if (!mayGoOn()) return false;
    await blobs.delete(path);
  }
  return true;
}

/** Wraps a mirror's key anew, after a rotation of the keys; what it seals stays as it is. `CONFLICT` when the mirror moved on. */
export async function rewrapKey(
  { store, keys }: { store: Store; keys: Keys },
  mirrorId: string,
): Promise<void> {
  const stored = await store.get('mirrors', mirrorId);
  if (stored === undefined) return;
  const context = keyContext(mirrorId);
  const wrappedKey = await keys.wrap(await keys.unwrap(stored.data.wrappedKey, context), context);
  await store.replace('mirrors', mirrorId, stored.revision, { ...stored.data, wrappedKey });
}

/** Erases a mirror for good, and renews what its key is wrapped with. */
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
  await store.delete('mirrors', mirrorId);
  for await (const { id } of snapshotsOf(store, mirrorId)) await dropSnapshot(store, id);
  for await (const path of everyPath({ blobs }, `mirrors/${mirrorId}/`)) await blobs.delete(path);
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

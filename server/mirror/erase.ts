/** Erases a mirror for ever: its data key first, so that from that moment on nothing of it can be read, then its blobs. */
import type { Ports } from '../ports.ts';

/** Stopped in between and called again, or called twice: the rest is erased. */
export async function eraseMirror(ports: Pick<Ports, 'store' | 'blobs'>, mirrorId: string): Promise<void> {
  await ports.store.transaction(async (tx) => {
    tx.delete('mirrors', mirrorId);
    tx.delete('pulls', mirrorId);
  });
  for (;;) {
    const paths = await ports.blobs.list(`mirrors/${mirrorId}/`, { limit: 500 });
    if (paths.length === 0) return;
    for (const path of paths) await ports.blobs.delete(path);
  }
}

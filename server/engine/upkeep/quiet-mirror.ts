/** A mirror in which no pull writes: what garbage is taken out of. */
import { claimLease } from '../../domain/lease.ts';
import { hasEnded } from '../../domain/run.ts';
import type { Ports } from '../../ports.ts';
import type { HeldLease } from '../leases.ts';

/** While it is held no pull begins; `takePart` looks at it. */
export const quietLease = (mirrorId: string): string => `quiet:${mirrorId}`;

/** So long after the end of a run that owned the pull, no worker of it can still be about to commit. */
const surelyOverMs = 30 * 60_000;

/** Undefined while a pull is in flight, or its run ended just now, or somebody else has the mirror quiet. */
export async function quieten(
  { store, clock, ids }: Pick<Ports, 'store' | 'clock' | 'ids'>,
  { mirrorId, teamId }: { mirrorId: string; teamId: string },
  ttlMs: number,
): Promise<HeldLease | undefined> {
  const holder = ids.next();
  const now = clock.now();
  return store.transaction(async (tx) => {
    const ownerId = (await tx.get('pulls', mirrorId))?.data.runId ?? null;
    const owner = ownerId === null ? undefined : (await tx.get('runs', ownerId))?.data;
    const isOver = owner === undefined || (hasEnded(owner) && now - (owner.endedAt ?? now) > surelyOverMs);
    const name = quietLease(mirrorId);
    const present = (await tx.get('leases', name))?.data;
    const claimed = claimLease(present, { teamId, holder, now, ttlMs });
    if (!isOver || claimed === null) return undefined;
    tx.set('leases', name, claimed);
    return { fencing: claimed.fencing, until: claimed.until };
  });
}

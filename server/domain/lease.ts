/**
 * A lease: an exclusive right with an end and a fencing number that only ever grows. Pure decisions.
 *
 * A lease is not a lock: a holder that paused past its end still believes in it. So each effect record carries the fencing
 * number and is refused once another has claimed; `until` only says when others may try. Clocks may differ.
 */
import { z } from 'zod';

export const leaseSchema = z.object({
  v: z.literal(1),
  teamId: z.string(),
  holder: z.string().nullable(),
  fencing: z.int(),
  until: z.number(),
});
export type Lease = z.infer<typeof leaseSchema>;

export interface Claim {
  teamId: string;
  /** Names this one act of claiming: no two acts share it. */
  holder: string;
  now: number;
  ttlMs: number;
}

/** The lease after the claim, or null while another holds it. The same claim twice gives the same lease. */
export function claimLease(lease: Lease | undefined, claim: Claim): Lease | null {
  const isHeld = lease !== undefined && lease.holder !== null && claim.now < lease.until;
  if (isHeld) return lease.holder === claim.holder ? lease : null;
  return {
    v: 1,
    teamId: claim.teamId,
    holder: claim.holder,
    fencing: (lease?.fencing ?? 0) + 1,
    until: claim.now + claim.ttlMs,
  };
}

/** Whether effects with this number are still accepted: late is fine, overtaken is not. */
export const isNewest = (lease: Lease | undefined, fencing: number): boolean =>
  lease !== undefined && lease.fencing === fencing && lease.holder !== null;

/** Held on from now; null when another has claimed meanwhile. The end never moves back. */
export const extendLease = (
  lease: Lease | undefined,
  fencing: number,
  now: number,
  ttlMs: number,
): Lease | null =>
  lease !== undefined && isNewest(lease, fencing)
    ? { ...lease, until: Math.max(lease.until, now + ttlMs) }
    : null;

/** Free at once; null when it is not this holder's any more, and must be left alone. */
export const freeLease = (lease: Lease | undefined, fencing: number): Lease | null =>
  lease !== undefined && isNewest(lease, fencing) ? { ...lease, holder: null, until: 0 } : null;

/**
 * Undefined for one that ends when it may. One that lasts longer than a term from now, and `slackMs` more, was taken by a clock
 * far ahead (or ours is behind): it ends a term from now, and its holder has that whole term yet.
 */
export const shortenLease = (
  lease: Lease,
  { now, ttlMs, slackMs }: { now: number; ttlMs: number; slackMs: number },
): Lease | undefined => (lease.until > now + ttlMs + slackMs ? { ...lease, until: now + ttlMs } : undefined);

/** Overtakes whoever holds it and leaves it free: what the old holder writes from now on is refused. */
export const overtakeLease = (lease: Lease | undefined, teamId: string): Lease => ({
  v: 1,
  teamId,
  holder: null,
  fencing: (lease?.fencing ?? 0) + 1,
  until: 0,
});

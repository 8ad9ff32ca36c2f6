/** Leases in the Store: taken, kept, checked and given back by fencing number, never by name or time alone. */
import {
  claimLease,
  extendLease,
  freeLease,
  isNewest,
  overtakeLease,
  shortenLease,
} from '../domain/lease.ts';
import { RetryError, WaitError } from '../errors.ts';
import type { Ports, Transaction } from '../ports.ts';

export interface HeldLease {
  /** Goes with every effect made under the lease. */
  fencing: number;
  /** By the clock of whoever reads: begin nothing that could end after it. */
  until: number;
}

export interface LeaseRequest {
  /** What is leased, e.g. `grant:…`, `spreadsheet:…`: the id of its document. */
  name: string;
  teamId: string;
  /** Names this one act of taking (an id, not a worker): the same holder again gets the same lease. */
  holder: string;
  ttlMs: number;
  /** For people who must wait: "the spreadsheet". The first part of the name otherwise. */
  what?: string;
  /** Whether that holder will never come back for it: then it is taken over at once, and its effects are refused from then on. */
  isOver?(tx: Transaction, holder: string): Promise<boolean>;
  /**
   * Where waiting costs more than two at once: one that seems to last so much longer than `ttlMs` was taken by a clock that is
   * wrong, and its end is set to `ttlMs` from now. Without it, whoever comes waits for as long as that clock says.
   */
  slackMs?: number;
}

/** A holder lets go long before its lease ends, unless it died: those who wait look again this soon. */
const lookAgainMs = 400;

/** WaitError `LEASE_HELD` until the present lease may be free: soon, or at its end. */
export async function acquireLease(
  ports: Pick<Ports, 'store' | 'clock'>,
  request: LeaseRequest,
): Promise<HeldLease> {
  const now = ports.clock.now();
  const { ttlMs, slackMs } = request;
  const held = (until: number): WaitError => {
    const what = request.what ?? request.name.replace(/[:/].*/, '');
    return new WaitError('LEASE_HELD', Math.min(until, now + lookAgainMs), { what });
  };
  const lease = await ports.store.transaction(async (tx) => {
    const present = (await tx.get('leases', request.name))?.data;
    const holder = present?.holder ?? null;
    const isLeft = holder !== null && holder !== request.holder && (await request.isOver?.(tx, holder));
    const claimed = claimLease(present && isLeft ? { ...present, holder: null } : present, {
      ...request,
      now,
    });
    if (claimed !== null) {
      if (claimed !== present) tx.set('leases', request.name, claimed);
      return { fencing: claimed.fencing, until: claimed.until };
    }
    const shortened =
      present && slackMs !== undefined ? shortenLease(present, { now, ttlMs, slackMs }) : undefined;
    if (shortened === undefined) throw held(present?.until ?? now);
    tx.set('leases', request.name, shortened);
    return undefined;
  });
  // Not thrown above: the new end is to be kept.
  if (lease === undefined) throw held(now + ttlMs);
  return lease;
}

/** RetryError `FENCED_OUT` once another has it, or it was released. A lease past its end that nobody took is kept. */
export async function renewLease(
  ports: Pick<Ports, 'store' | 'clock'>,
  { name, fencing, ttlMs }: { name: string; fencing: number; ttlMs: number },
): Promise<HeldLease> {
  const now = ports.clock.now();
  return ports.store.transaction(async (tx) => {
    const extended = extendLease((await tx.get('leases', name))?.data, fencing, now, ttlMs);
    if (extended === null) throw new RetryError('FENCED_OUT');
    tx.set('leases', name, extended);
    return { fencing, until: extended.until };
  });
}

/** Somebody else's by now, or free already: nothing happens. */
export async function releaseLease(
  ports: Pick<Ports, 'store'>,
  { name, fencing }: { name: string; fencing: number },
): Promise<void> {
  await ports.store.transaction(async (tx) => {
    const freed = freeLease((await tx.get('leases', name))?.data, fencing);
    if (freed !== null) tx.set('leases', name, freed);
  });
}

/** Call it in the transaction that records the effect, before its first write. RetryError `FENCED_OUT`. */
export async function assertFencing(
  tx: Transaction,
  { name, fencing }: { name: string; fencing: number },
): Promise<void> {
  if (!isNewest((await tx.get('leases', name))?.data, fencing)) throw new RetryError('FENCED_OUT');
}

/**
 * Takes the right away from whoever holds it, inside a transaction that makes the holder's work void anyway (new tokens
 * from a consent while an old refresh is in flight). Answers the new fencing number; nobody holds the lease afterwards.
 * Reads before it writes, so call it before other writes.
 */
export async function overtake(
  tx: Transaction,
  { name, teamId }: { name: string; teamId: string },
): Promise<number> {
  const overtaken = overtakeLease((await tx.get('leases', name))?.data, teamId);
  tx.set('leases', name, overtaken);
  return overtaken.fencing;
}

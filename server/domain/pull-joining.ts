/**
 * One pull per mirror at a time. Pure decisions over the pull's document; every change of it is one transaction.
 *
 * What a run wants is fresh when the mirror holds all that changed at Xero before the run was asked for: `reads` of each
 * resource is at or after the run's `requestedAt`. That alone decides whether a run is satisfied, whoever pulled and however
 * the run came to wait, so a run that is delivered again, or whose wishes another pull has met, makes no call.
 *
 * begin: nobody pulls, or the owner is dead (its run ended, or its lease or due time is long past). join: the owner lives; if
 * the pull is open and not long under way, what is wanted is added to its asks with the moment of the request, and the owner
 * reads again what it read before that moment; if not, the run waits for the end and decides anew. own: the pull is this run's.
 */
import type { Pull } from './mirror-pointer.ts';
import { hasEnded, type Run } from './run.ts';

export interface Wants {
  runId: string;
  requestedAt: number;
  /** Names of resources, and reports with parameters. */
  names: readonly string[];
}

export type Owner = Pick<Run, 'status' | 'leaseUntil' | 'dueAt'>;

export type Decision =
  | { kind: 'satisfied' }
  | { kind: 'own'; pull: Pull }
  /** To be stored, if `pull` is not what is stored already. */
  | { kind: 'begin'; pull: Pull }
  | { kind: 'join'; pull: Pull; lookAgainAt: number };

/** A lease that ended this long ago, or a task that is overdue by it, belongs to no living worker. */
const deadAfterMs = 5 * 60_000;
/** After so long a pull takes no more asks: each would have it read once more, and it might never end. */
const openForMs = 15 * 60_000;
const soonestLookMs = 1_000;
const latestLookMs = 60_000;

/**
 * A moment that has not come yet was told by a clock that has been set back since: it says nothing, unless the request itself
 * was made by that clock.
 */
export const isSatisfied = (
  pull: Pull | undefined,
  { names, requestedAt }: Omit<Wants, 'runId'>,
  now: number,
): boolean =>
  names.every((name) =>
    [pull?.reads[name] ?? -1, pull?.missing[name]?.at ?? -1].some(
      (known) => known >= requestedAt && (known <= now || requestedAt > now),
    ),
  );

const isDead = (owner: Owner | undefined, now: number): boolean =>
  owner === undefined ||
  hasEnded(owner) ||
  now - Math.max(owner.leaseUntil ?? 0, owner.dueAt ?? 0) > deadAfterMs;

export function joinPull(
  pull: Pull | undefined,
  wants: Wants,
  owner: Owner | undefined,
  { now, teamId }: { now: number; teamId: string },
): Decision {
  if (pull !== undefined && pull.runId === wants.runId) return { kind: 'own', pull };
  if (isSatisfied(pull, wants, now)) return { kind: 'satisfied' };
  if (pull !== undefined && pull.runId !== null && !isDead(owner, now)) {
    // Between two tasks it may be due late too: by a clock that ran ahead.
    const dueAt = owner?.dueAt ?? now;
    const isLong = now - pull.startedAt > openForMs;
    const lookAgainAt = Math.min(Math.max(dueAt, now + soonestLookMs), now + latestLookMs);
    return {
      kind: 'join',
      pull: pull.isClosed || isLong ? pull : { ...pull, asks: asked(pull.asks, wants) },
      lookAgainAt,
    };
  }
  return {
    kind: 'begin',
    pull: {
      v: 1,
      teamId,
      runId: wants.runId,
      number: (pull?.number ?? 0) + 1,
      startedAt: now,
      isClosed: false,
      asks: asked({}, wants),
      reads: pull?.reads ?? {},
      missing: pull?.missing ?? {},
    },
  };
}

function asked(asks: Pull['asks'], { names, requestedAt }: Wants): Pull['asks'] {
  const all = { ...asks };
  for (const name of names) all[name] = Math.max(all[name] ?? requestedAt, requestedAt);
  return all;
}

/** The pull with no more asks, or null when something was asked that is not met yet. */
export function closePull(pull: Pull, met: Readonly<Record<string, number>>): Pull | null {
  const isMet = Object.entries(pull.asks).every(([name, at]) => (met[name] ?? -1) >= at);
  return isMet ? { ...pull, isClosed: true } : null;
}

/**
 * The document after the commit: nobody pulls, and what was read is known. Moments that have not come yet are forgotten, and so
 * is why something could not be had before, once it was read: a clock that was set back would let the old refusal outlive that.
 */
export function endPull(
  pull: Pull,
  reads: Readonly<Record<string, number>>,
  missing: Pull['missing'],
  now: number,
): Pull {
  const newest = Object.fromEntries(Object.entries(pull.reads).filter(([, at]) => at <= now));
  for (const [name, at] of Object.entries(reads)) newest[name] = Math.max(newest[name] ?? at, at);
  const still = Object.entries(pull.missing).filter(([name]) => reads[name] === undefined);
  return {
    ...pull,
    runId: null,
    isClosed: false,
    asks: {},
    reads: newest,
    missing: { ...Object.fromEntries(still), ...missing },
  };
}

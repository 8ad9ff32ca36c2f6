/** The gathering before a spreadsheet, in the Store: who is there, whose turn it is, and who was settled by another. */
import {
  arrive,
  type Gathered,
  type Gathering,
  leave,
  newGathering,
  type Settled,
  turnOf,
} from '../../../domain/gathering.ts';
import { hasEnded } from '../../../domain/run.ts';
import { WaitError } from '../../../errors.ts';
import type { Ports, SheetsCall, Transaction } from '../../../ports.ts';
import { assertFencing } from '../../leases.ts';

type Needs = Pick<Ports, 'store' | 'clock'>;

/** A place in the line before Google's quotas; left out: there is none. */
export type LineUp = (
  tx: Transaction,
  grantId: string,
  ask: { calls: Record<SheetsCall, number>; isUrgent: boolean; now: number },
) => Promise<number>;

/** What one publish of all that are gathered takes: marks and grid, the blocks if there are any, a write, the blocks again. */
const callsOfPublish = (isNew: boolean): Record<SheetsCall, number> => ({ read: isNew ? 3 : 4, write: 1 });
/** Runs of one slot come within moments of each other: whoever is first waits for them, unless a person waits for it. */
const gatherMs = 2_500;
/** A turn so near is waited for in place. */
const nearMs = 3_000;
/** Published together at most; the rest follow in their own runs. */
const mostTogether = 20;

/** Says that the run is there. Answers how it was settled, if another run published for it. Twice: the same. */
export async function comeTo(
  { store }: Needs,
  id: string,
  teamId: string,
  runId: string,
  arriving: Gathered,
): Promise<Settled | undefined> {
  return store.transaction(async (tx) => {
    const present = (await tx.get('gatherings', id))?.data ?? newGathering(teamId);
    const next = arrive(present, runId, arriving);
    if (next !== present) tx.set('gatherings', id, next);
    return next.runs[runId]?.settled ?? undefined;
  });
}

/** Whether another run has published for this one. */
export async function settledFor({ store }: Needs, id: string, runId: string): Promise<Settled | undefined> {
  return (await store.get('gatherings', id))?.data.runs[runId]?.settled ?? undefined;
}

/** Resolves when the run may begin to publish; WaitError `GOOGLE_QUOTA` until its turn, or until another will have published for it. */
export async function awaitTurn(
  { store, clock }: Needs,
  lineUp: LineUp,
  id: string,
  {
    teamId,
    runId,
    grantId,
    isUrgent,
    isNew,
  }: { teamId: string; runId: string; grantId: string; isUrgent: boolean; isNew: boolean },
): Promise<void> {
  const now = clock.now();
  const at = await store.transaction(async (tx) => {
    const present = (await tx.get('gatherings', id))?.data ?? newGathering(teamId);
    const known = turnOf(present, runId, { now, isUrgent });
    const calls = callsOfPublish(isNew);
    const untilAt = known ?? (await lineUp(tx, grantId, { calls, isUrgent, now }));
    const isNow = untilAt === 'go' || untilAt <= now + nearMs;
    // Whoever goes, goes for all: the turn is used up.
    const turn = isNow ? null : known === undefined ? { runId, at: untilAt } : present.turn;
    if (turn !== present.turn) tx.set('gatherings', id, { ...present, turn });
    if (untilAt === 'go') return now;
    return isUrgent ? untilAt : Math.max(untilAt, now + gatherMs);
  });
  if (at > now + nearMs) throw new WaitError('GOOGLE_QUOTA', at);
  if (at > now) await clock.sleep(at - now);
}

/** The others that are there: runs that are still to be published. */
export async function othersAt(
  { store }: Needs,
  id: string,
  runId: string,
): Promise<Array<[string, Gathered]>> {
  const gathering = (await store.get('gatherings', id))?.data;
  const others: Array<[string, Gathered]> = [];
  for (const [otherId, gathered] of Object.entries(gathering?.runs ?? {})) {
    if (others.length === mostTogether) break;
    if (otherId === runId || gathered.settled !== null) continue;
    const run = (await store.get('runs', otherId))?.data;
    const isWaiting = run !== undefined && !hasEnded(run) && run.cancelRequestedAt === null;
    if (isWaiting) others.push([otherId, gathered]);
  }
  return others;
}

/**
 * Remembers what was published for others, in their exporters and for their runs, all at once. RetryError `FENCED_OUT` when the
 * spreadsheet's lease is another's by now. Twice: the same.
 */
export async function settleOthers(
  { store }: Needs,
  lease: { name: string; fencing: number },
  id: string,
  settled: ReadonlyMap<string, Settled & { exporterId: string }>,
): Promise<void> {
  if (settled.size === 0) return;
  await store.transaction(async (tx) => {
    await assertFencing(tx, lease);
    const gathering = (await tx.get('gatherings', id))?.data;
    if (gathering === undefined) return;
    const runs: Gathering['runs'] = { ...gathering.runs };
    const changed = [];
    for (const [runId, { exporterId, ...how }] of settled) {
      const there = runs[runId];
      const exporter = await tx.get('exporters', exporterId);
      if (there !== undefined) runs[runId] = { ...there, settled: how };
      const isNewer = how.published.generation >= (exporter?.data.published?.generation ?? 0);
      if (exporter !== undefined && isNewer) changed.push({ exporter, published: how.published });
    }
    tx.set('gatherings', id, { ...gathering, runs });
    for (const { exporter, published } of changed)
      tx.set('exporters', exporter.id, { ...exporter.data, published });
  });
}

/** Takes the run out, and with it all that have ended without a word. The last one leaves nothing behind. Twice: nothing happens. */
export const leaveFrom = (ports: Pick<Ports, 'store'>, id: string, runId: string): Promise<void> =>
  takeOut(ports, id, [runId]);

/** Takes out those that have ended without a word: cancelled, overdue, or deleted with their exporter. */
export const leaveEnded = (ports: Pick<Ports, 'store'>, id: string): Promise<void> => takeOut(ports, id, []);

async function takeOut(
  { store }: Pick<Ports, 'store'>,
  id: string,
  leaving: readonly string[],
): Promise<void> {
  await store.transaction(async (tx) => {
    const gathering = (await tx.get('gatherings', id))?.data;
    if (gathering === undefined) return;
    const gone = [...leaving];
    for (const runId of Object.keys(gathering.runs)) {
      if (leaving.includes(runId)) continue;
      const run = (await tx.get('runs', runId))?.data;
      if (run === undefined || hasEnded(run)) gone.push(runId);
    }
    const left = leave(gathering, gone);
    const remaining = Object.keys(left.runs).length;
    if (remaining === 0) tx.delete('gatherings', id);
    else if (remaining < Object.keys(gathering.runs).length) tx.set('gatherings', id, left);
  });
}

/**
 * Publishes for every run that stands before the spreadsheet: one look at the marks and the grid, one read of all blocks, one
 * batch, one read back. Each block is attempted as if it were alone (in-step.ts makes one call of many), so one that cannot be
 * written is left to its own run, and its neighbours are written without it.
 */
import type { Gathered, Settled } from '../../../domain/gathering.ts';
import { FoliokeepError } from '../../../errors.ts';
import type { RowBatch } from '../../../mirror/mirror.ts';
import { renewLease } from '../../leases.ts';
import { type AttemptOutcome, attempt } from './attempt.ts';
import { type Attempt, firstAttempt } from './checkpoint.ts';
import { othersAt, settleOthers } from './gathering.ts';
import { inStep } from './in-step.ts';
import { LeftOut } from './left-out.ts';
import type { Publishing } from './publishing.ts';
import { LEASE_MS } from './spreadsheet-lease.ts';
import { collectWanted, type WantedRows } from './wanted-rows.ts';

/** Rows of others are read for so long at most; who is not reached by then publishes in its own run. */
const gatherMs = 60_000;

interface Guest {
  runId: string;
  publishing: Publishing;
}

/** The outcome of the run's own block. Those of others are remembered for their runs. */
export async function publishTogether(
  publishing: Publishing,
  at: Attempt,
  wantedRows: WantedRows,
  { gathering, lease }: { gathering: string; lease: { name: string; fencing: number } },
): Promise<AttemptOutcome> {
  const { ports, context, options } = publishing;
  const free = options.cellsTogether - cellsOf(publishing.wanted);
  const guests = free > 0 ? await guestsOf(publishing, wantedRows, gathering, free) : [];
  if (guests.length === 0) return attempt(publishing, at);
  await renewLease(ports, { ...lease, ttlMs: LEASE_MS });

  const [own, ...seats] = inStep(ports, guests.length + 1, options);
  const seated = (one: Publishing, seat = own): Publishing => ({
    ...one,
    ports: { ...one.ports, ...(seat && { sheets: seat.sheets, drive: seat.drive }) },
    // One look serves all.
    looks: { keep: one.looks.keep, take: () => undefined },
  });
  const [mine, ...theirs] = await Promise.allSettled([
    attempt(seated(publishing), at).finally(() => own?.leave()),
    ...guests.map((guest, index) =>
      attempt(seated(guest.publishing, seats[index]), firstAttempt).finally(() => seats[index]?.leave()),
    ),
  ]);

  const settled = new Map<string, Settled & { exporterId: string }>();
  for (const [index, { runId, publishing: guest }] of guests.entries()) {
    const outcome = theirs[index];
    if (outcome?.status === 'fulfilled' && outcome.value.kind === 'settled') {
      const { published, cellsWritten } = outcome.value;
      settled.set(runId, { exporterId: guest.exporterId, published, cellsWritten, gaps: guest.wanted.gaps });
    } else if (outcome?.status === 'rejected') logLeftOut(publishing, runId, outcome.reason);
  }
  await settleOthers(ports, lease, gathering, settled);
  ports.log.info('Published together', { runId: context.runId, with: settled.size, of: guests.length });
  if (mine.status === 'rejected') throw mine.reason;
  return mine.value;
}

const cellsOf = ({ rows, columns }: { rows: number; columns: readonly unknown[] }): number =>
  rows * columns.length;

async function guestsOf(
  publishing: Publishing,
  wantedRows: WantedRows,
  gathering: string,
  most: number,
): Promise<Guest[]> {
  const { ports, context } = publishing;
  const guests: Guest[] = [];
  let free = most;
  const gatherUntil = ports.clock.now() + gatherMs;
  for (const [runId, gathered] of await othersAt(ports, gathering, context.runId)) {
    if (ports.clock.now() > gatherUntil) break;
    try {
      const guest = await guestOf(publishing, wantedRows, runId, gathered, free);
      if (guest === undefined) continue;
      guests.push({ runId, publishing: guest });
      free -= cellsOf(guest.wanted);
    } catch (error) {
      if (context.signal.aborted) throw error;
      logLeftOut(publishing, runId, error);
    }
  }
  return guests;
}

/** As the other run would begin; undefined when its exporter writes elsewhere by now. */
async function guestOf(
  publishing: Publishing,
  wantedRows: WantedRows,
  runId: string,
  { exporterId, confirmed, requestedAt, trigger }: Gathered,
  most: number,
): Promise<Publishing | undefined> {
  const { ports, spreadsheetId, grantId } = publishing;
  const exporter = (await ports.store.get('exporters', exporterId))?.data;
  const { destination } = exporter ?? {};
  if (exporter === undefined || destination?.spreadsheetId !== spreadsheetId) return undefined;
  if (destination.googleGrantId !== grantId || exporter.activeRunId !== runId) return undefined;
  const { published } = exporter;
  if (published !== null && cellsOf(published) > most) throw new LeftOut();
  const context = {
    ...publishing.context,
    runId,
    exporterId,
    requestedAt,
    trigger,
    report: () => undefined,
  };
  const wanted = await collectWanted(atMost(await wantedRows(exporter, context), most));
  return {
    ...publishing,
    context,
    exporterId,
    exporter,
    wanted,
    input: { exporterId, confirmed },
    isGuest: true,
  };
}

/** Ends with LeftOut as soon as the rows have more cells. */
function atMost(source: Awaited<ReturnType<WantedRows>>, most: number): Awaited<ReturnType<WantedRows>> {
  const { columns, batches } = source;
  async function* bounded(): AsyncGenerator<RowBatch> {
    let rows = 0;
    for await (const batch of batches) {
      rows += batch.rows.length;
      if (cellsOf({ rows, columns }) > most) throw new LeftOut();
      yield batch;
    }
  }
  return { columns, batches: bounded() };
}

/** What stands in its way is said by its own run. */
function logLeftOut({ ports }: Publishing, runId: string, error: unknown): void {
  const code = error instanceof FoliokeepError ? error.code : error instanceof LeftOut ? 'LATER' : 'INTERNAL';
  ports.log.info('A block was left to its own run', { runId, code });
}

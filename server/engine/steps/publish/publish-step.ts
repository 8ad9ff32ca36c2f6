/**
 * The publish step: wanted rows → the exporter's block in its tab, under the lease of the spreadsheet.
 *
 * Each unit may be repeated after a crash. What was written is known from the sheet itself (write marks), never from
 * memory. Runs that stand before one spreadsheet are published together by the first that may write (domain/gathering.ts); the
 * others find that done, and end with what was counted for them.
 */
import { CELL_LIMIT } from '../../../domain/cell-limit.ts';
import type { Exporter, Published } from '../../../domain/exporter.ts';
import { gatheringId, type Settled } from '../../../domain/gathering.ts';
import type { Json } from '../../../domain/json.ts';
import { FoliokeepError, RetryError, UserError, WaitError } from '../../../errors.ts';
import { releaseLease, renewLease } from '../../leases.ts';
import type { StepContext, StepKind, StepOutcome } from '../../step.ts';
import { attempt, stillWanted } from './attempt.ts';
import {
  firstAttempt,
  type PublishCheckpoint,
  publishCheckpointSchema,
  publishInputSchema,
} from './checkpoint.ts';
import { awaitTurn, comeTo, leaveFrom, settledFor } from './gathering.ts';
import { looksOf } from './looks.ts';
import { patientSheets } from './patient-sheets.ts';
import { publishTogether } from './publish-together.ts';
import type { Publishing, PublishOptions, PublishPorts } from './publishing.ts';
import { recordPublished } from './record-published.ts';
import { deleteTab } from './sheet-requests.ts';
import { holdSpreadsheet, LEASE_MS } from './spreadsheet-lease.ts';
import { stageChunk } from './staging.ts';
import { collectWanted, type Wanted, type WantedRows } from './wanted-rows.ts';

const DEFAULTS: PublishOptions = {
  cellLimit: CELL_LIMIT,
  requestBytes: 2_000_000,
  cellsPerRead: 150_000,
  cellsTogether: 300_000,
};
/** Runs whose wanted rows are kept between units; a lost one is read again. */
const MOST_KEPT = 2;

/**
 * Input `{exporterId, confirmed?}`; `confirmed` holds codes of refusals that a person overrode. Counters: rows wanted, and
 * cells of the block that were sent (the stamp is left out, rows moved within the tab too).
 */
export function publishStep(
  ports: PublishPorts & { wantedRows: WantedRows },
  options: Partial<PublishOptions> = {},
): StepKind {
  const kept = new Map<string, Wanted>();
  const looks = looksOf();

  /** By run and by its hold of the spreadsheet: after a lapse others may have published newer rows, so they are read anew. */
  const wantedOf = async (key: string, exporter: Exporter, context: StepContext): Promise<Wanted> => {
    const known = kept.get(key);
    if (known) return known;
    const wanted = await collectWanted(await ports.wantedRows(exporter, context));
    kept.set(key, wanted);
    for (const old of kept.keys()) if (kept.size > MOST_KEPT) kept.delete(old);
    return wanted;
  };

  return {
    kind: 'publish',
    async advance(rawInput, rawCheckpoint, context) {
      const input = publishInputSchema.parse(rawInput);
      const checkpoint = rawCheckpoint === null ? firstAttempt : publishCheckpointSchema.parse(rawCheckpoint);
      const exporter = (await ports.store.get('exporters', input.exporterId))?.data;
      if (!exporter) throw new UserError('NOT_FOUND', { what: 'exporter' });
      const { spreadsheetId, googleGrantId } = exporter.destination;
      const { runId, teamId, trigger, requestedAt } = context;
      const name = `spreadsheet:${spreadsheetId}`;
      const gathering = gatheringId(teamId, spreadsheetId, googleGrantId);
      if (checkpoint.phase === 'together') return endTogether(ports, gathering, runId, checkpoint);
      const isFirst = rawCheckpoint === null;
      if (isFirst) {
        const { exporterId, confirmed } = input;
        const arriving = { exporterId, confirmed, requestedAt, trigger, settled: null };
        const settled = await comeTo(ports, gathering, teamId, runId, arriving);
        if (settled !== undefined) return more({ phase: 'together', ...settled });
      }
      const lease = await holdSpreadsheet(ports, { name, teamId, runId });
      const key = `${runId} ${lease.fencing}`;
      try {
        // Another may have published for this run since it came.
        const settled = isFirst ? await settledFor(ports, gathering, runId) : undefined;
        if (settled !== undefined) {
          await letGo();
          return more({ phase: 'together', ...settled });
        }
        const wanted = await wantedOf(key, exporter, context);
        const spreadsheetLease = { name, fencing: lease.fencing };
        const hold = () => renewLease(ports, { ...spreadsheetLease, ttlMs: LEASE_MS });
        const publishing: Publishing = {
          ports: { ...ports, sheets: patientSheets(ports, context, hold) },
          options: { ...DEFAULTS, ...options },
          context,
          input,
          exporterId: input.exporterId,
          exporter,
          spreadsheetId,
          grantId: googleGrantId,
          wanted,
          looks,
        };
        const held = { gathering, lease: spreadsheetLease, wantedRows: ports.wantedRows };
        const last = isFirst ? stillWanted(publishing) : undefined;
        if (last !== undefined) {
          publishing.driveVersion = await ports.drive.version(googleGrantId, spreadsheetId);
          // It costs no call to Sheets, so it takes no turn; and without one it publishes for nobody else.
          if (last.driveVersion === publishing.driveVersion) {
            const unchanged = await settle(publishing, { published: last, cellsWritten: 0 }, held.lease);
            await leave();
            return unchanged;
          }
        }
        const { lineUp } = ports;
        if (isFirst && lineUp !== undefined) {
          const isUrgent = trigger === 'manual';
          const isNew = exporter.published === null;
          const asks = { teamId, runId, grantId: googleGrantId, isUrgent, isNew };
          await awaitTurn(ports, lineUp, gathering, asks);
        }
        const outcome = await unit(publishing, checkpoint, held);
        if (outcome.kind === 'done') await leave();
        return outcome;
      } catch (error) {
        // Waits and passing trouble come back to the same place; anything else leaves the spreadsheet to others at once.
        if (error instanceof RetryError || error instanceof WaitError) {
          // Nothing is begun that others would have to stay away from.
          if (isFirst && error instanceof WaitError) await letGo();
          throw error;
        }
        if ('stagingSheetId' in checkpoint) await clearStaging(checkpoint.stagingSheetId);
        await leave();
        throw error;
      }

      /** Rows of the organisation are not left in a hidden tab; if this fails, the next publish into the spreadsheet does it. */
      async function clearStaging(sheetId: number): Promise<void> {
        try {
          await ports.sheets.apply(googleGrantId, spreadsheetId, [deleteTab(sheetId)]);
        } catch (error) {
          const code = error instanceof FoliokeepError ? error.code : 'INTERNAL';
          ports.log.warn('A staging tab could not be removed', { runId: context.runId, code });
        }
      }

      async function leave(): Promise<void> {
        await leaveFrom(ports, gathering, runId);
        await letGo();
      }

      async function letGo(): Promise<void> {
        kept.delete(key);
        await releaseLease(ports, { name, fencing: lease.fencing });
      }
    },
  };
}

interface HeldPlace {
  gathering: string;
  lease: { name: string; fencing: number };
  wantedRows: WantedRows;
}

async function unit(
  publishing: Publishing,
  checkpoint: Exclude<PublishCheckpoint, { phase: 'together' }>,
  held: HeldPlace,
): Promise<StepOutcome> {
  if (checkpoint.phase === 'settled') return settle(publishing, checkpoint, held.lease);
  // Rows that were read again after a crash and are not what was staged: begin anew.
  const isStale = checkpoint.phase !== 'attempt' && checkpoint.rowsHash !== publishing.wanted.hash;
  const at = isStale ? { ...checkpoint, phase: 'attempt' as const } : checkpoint;
  if (at.phase === 'stage') return more(await stage(publishing, at));
  const isAlone = at.phase === 'copy' || at.refused > 0;
  const outcome = isAlone
    ? await attempt(publishing, at)
    : await publishTogether(publishing, at, held.wantedRows, held);
  if (outcome.kind === 'again') return more(outcome.checkpoint);
  // What was counted is saved first: once it is remembered, a repeated attempt finds nothing to do.
  if (outcome.cellsWritten > 0) return more({ ...outcome, phase: 'settled' });
  return settle(publishing, outcome, held.lease);
}

async function settle(
  { ports, exporterId, wanted }: Publishing,
  { published, cellsWritten }: { published: Published; cellsWritten: number },
  lease: { name: string; fencing: number },
): Promise<StepOutcome> {
  await recordPublished(ports, lease, exporterId, published);
  return { kind: 'done', counters: { rows: published.rows, cellsWritten }, gaps: wanted.gaps };
}

/** What was published for this run is remembered already: it takes what was counted, and goes. */
async function endTogether(
  ports: PublishPorts,
  gathering: string,
  runId: string,
  { published, cellsWritten, gaps }: Settled,
): Promise<StepOutcome> {
  await leaveFrom(ports, gathering, runId);
  return { kind: 'done', counters: { rows: published.rows, cellsWritten }, gaps };
}

async function stage(
  publishing: Publishing,
  at: Extract<PublishCheckpoint, { phase: 'stage' }>,
): Promise<PublishCheckpoint> {
  const { nextRow, timeZone, ...rest } = at;
  try {
    const next = await stageChunk(publishing, at.stagingSheetId, nextRow, timeZone);
    return next === undefined ? { ...rest, phase: 'copy' } : { ...at, nextRow: next };
  } catch (error) {
    // Somebody deleted the hidden tab, or typed in it: another one is made.
    if (error instanceof RetryError && error.code === 'SHEET_CHANGED') return { ...rest, phase: 'attempt' };
    throw error;
  }
}

const more = (checkpoint: PublishCheckpoint): StepOutcome => ({
  kind: 'more',
  checkpoint: publishCheckpointSchema.parse(checkpoint) as Json,
});

/**
 * The publish step: wanted rows → the exporter's block in its tab, under the lease of the spreadsheet.
 *
 * Each unit may be repeated after a crash. What was written is known from the sheet itself (write marks), never from
 * memory. Exporters of one spreadsheet publish one after the other here; a batch is built apart from being sent
 * (publishing-batch.ts), so that several can later go out as one.
 */
import { CELL_LIMIT } from '../../../domain/cell-limit.ts';
import type { Exporter, Published } from '../../../domain/exporter.ts';
import type { Json } from '../../../domain/json.ts';
import { FoliokeepError, RetryError, UserError, WaitError } from '../../../errors.ts';
import { releaseLease } from '../../leases.ts';
import type { StepContext, StepKind, StepOutcome } from '../../step.ts';
import { attempt } from './attempt.ts';
import {
  firstAttempt,
  type PublishCheckpoint,
  publishCheckpointSchema,
  publishInputSchema,
} from './checkpoint.ts';
import { looksOf } from './looks.ts';
import type { Publishing, PublishOptions, PublishPorts } from './publishing.ts';
import { recordPublished } from './record-published.ts';
import { deleteTab } from './sheet-requests.ts';
import { holdSpreadsheet } from './spreadsheet-lease.ts';
import { stageChunk } from './staging.ts';
import { collectWanted, type Wanted, type WantedRows } from './wanted-rows.ts';

const DEFAULTS: PublishOptions = { cellLimit: CELL_LIMIT, requestBytes: 2_000_000, cellsPerRead: 150_000 };
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
      const name = `spreadsheet:${spreadsheetId}`;
      const lease = await holdSpreadsheet(ports, { name, teamId: context.teamId, runId: context.runId });
      const key = `${context.runId} ${lease.fencing}`;
      try {
        const wanted = await wantedOf(key, exporter, context);
        const publishing: Publishing = {
          ports,
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
        const outcome = await unit(publishing, checkpoint, { name, fencing: lease.fencing });
        if (outcome.kind === 'done') await letGo();
        return outcome;
      } catch (error) {
        // Waits and passing trouble come back to the same place; anything else leaves the spreadsheet to others at once.
        if (error instanceof RetryError || error instanceof WaitError) throw error;
        if ('stagingSheetId' in checkpoint) await clearStaging(checkpoint.stagingSheetId);
        await letGo();
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

      async function letGo(): Promise<void> {
        kept.delete(key);
        await releaseLease(ports, { name, fencing: lease.fencing });
      }
    },
  };
}

async function unit(
  publishing: Publishing,
  checkpoint: PublishCheckpoint,
  lease: { name: string; fencing: number },
): Promise<StepOutcome> {
  if (checkpoint.phase === 'settled') return settle(publishing, checkpoint, lease);
  // Rows that were read again after a crash and are not what was staged: begin anew.
  const isStale = checkpoint.phase !== 'attempt' && checkpoint.rowsHash !== publishing.wanted.hash;
  const at = isStale ? { ...checkpoint, phase: 'attempt' as const } : checkpoint;
  if (at.phase === 'stage') return more(await stage(publishing, at));
  const outcome = await attempt(publishing, at);
  if (outcome.kind === 'again') return more(outcome.checkpoint);
  // What was counted is saved first: once it is remembered, a repeated attempt finds nothing to do.
  if (outcome.cellsWritten > 0) return more({ ...outcome, phase: 'settled' });
  return settle(publishing, outcome, lease);
}

async function settle(
  { ports, exporterId, wanted }: Publishing,
  { published, cellsWritten }: { published: Published; cellsWritten: number },
  lease: { name: string; fencing: number },
): Promise<StepOutcome> {
  await recordPublished(ports, lease, exporterId, published);
  return { kind: 'done', counters: { rows: published.rows, cellsWritten }, gaps: wanted.gaps };
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

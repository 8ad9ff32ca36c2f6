/**
 * One attempt: look, compare, write the difference in one batch. It ends when a look shows exactly what is wanted, so the
 * read-back of a write is the next attempt. Whatever differs then was changed by somebody between our read and our write: it is put
 * back and named in the stamp.
 */

import { protectedFrom } from '../../../domain/cell-limit.ts';
import type { Published } from '../../../domain/exporter.ts';
import type { Reconciled } from '../../../domain/reconcile.ts';
import { rangeName } from '../../../domain/spreadsheet.ts';
import { stampText, withStamp } from '../../../domain/stamp.ts';
import { RetryError, UserError } from '../../../errors.ts';
import type { Attempt, PublishCheckpoint, Wrote } from './checkpoint.ts';
import { compare } from './compare.ts';
import type { Publishing } from './publishing.ts';
import { firstCell, publishingBatch, remainder } from './publishing-batch.ts';
import { deleteTab } from './sheet-requests.ts';
import { type Contents, smallWrite } from './small-write.ts';
import { openStaging, stagedWrite } from './staging.ts';
import { type Strays, strayCells } from './stray-cells.ts';
import { nameInBlock, refuseEarly, type Survey, survey } from './survey.ts';

export type AttemptOutcome =
  | { kind: 'again'; checkpoint: PublishCheckpoint }
  /** The sheet shows what is wanted. `cellsWritten`: by all batches of this run. */
  | { kind: 'settled'; published: Published; cellsWritten: number };

const DAY_MS = 86_400_000;
/** Somebody who types faster than we read back: the engine's back-off comes next. */
const MOST_ROUNDS = 4;

export async function attempt(publishing: Publishing, at: Attempt): Promise<AttemptOutcome> {
  const { ports, exporter, spreadsheetId, grantId, wanted, context } = publishing;
  if (at.round >= MOST_ROUNDS) throw new RetryError('SHEET_CHANGED');
  // Before the read: an edit after this shows as another version next time.
  const driveVersion = await ports.drive.version(grantId, spreadsheetId);
  const last = exporter.published;
  const stampedAt = at.stampedAt ?? last?.stampedAt ?? 0;
  const isStampDue = ports.clock.now() - stampedAt >= DAY_MS;
  const isKnown = last?.rowsHash === wanted.hash && last.driveVersion === driveVersion;
  if (at.round === 0 && at.phase === 'attempt' && isKnown && !isStampDue) {
    return { kind: 'settled', published: last, cellsWritten: 0 };
  }

  const seen = await survey(publishing, at.taken);
  const { placement, layout, block } = seen;
  await refuseEarly(publishing, at.phase === 'copy' ? withoutStaging(seen) : seen);
  const difference = await compare(publishing, placement, layout.timeZone);
  const strays = await strayCells(publishing, placement, at.wrote, layout.timeZone);
  const own = (block?.writes ?? []).filter(({ runId }) => runId === context.runId);
  if (
    block &&
    isRight(difference, seen) &&
    strays.requests.length === 0 &&
    !(isStampDue && own.length === 0)
  ) {
    await removeStaging(publishing, seen);
    const cellsWritten = own.reduce((sum, { cells }) => sum + cells, 0);
    return {
      kind: 'settled',
      published: publishedBy(publishing, seen, driveVersion, stampedAt),
      cellsWritten,
    };
  }

  const putBack = at.round > 0 && at.rowsHash === wanted.hash ? namesOf(difference, seen) : [];
  if (strays.names.length > 0) {
    ports.log.warn('Rows or columns were moved while the tab was written; cells beside the block were hit', {
      runId: context.runId,
      cells: strays.names.slice(0, 100),
      count: strays.names.length,
    });
  }
  if (putBack.length > 0) {
    ports.log.warn('Cells were edited while the tab was written; putting them back', {
      runId: context.runId,
      cells: putBack.slice(0, 100),
      count: putBack.length,
    });
  }
  const isStaged = at.phase === 'copy' && seen.stagingTabs.includes(at.stagingSheetId);
  const contents = isStaged
    ? stagedWrite(placement, difference, at.stagingSheetId)
    : await smallWrite(publishing, placement, layout.timeZone, difference);
  const next = {
    round: at.round,
    rowsHash: wanted.hash,
    stampedAt: at.stampedAt,
    taken: at.taken,
    wrote: at.wrote,
  };
  if (!contents) {
    const stagingSheetId = await openStaging(publishing, seen);
    return {
      kind: 'again',
      checkpoint: { ...next, phase: 'stage', stagingSheetId, nextRow: 0, timeZone: layout.timeZone },
    };
  }
  const now = ports.clock.now();
  const isApplied = await write(publishing, seen, contents, { putBack, strays }, now);
  const wrote = wroteBy(seen, contents);
  const checkpoint: PublishCheckpoint = isApplied
    ? { ...next, phase: 'attempt', round: at.round + 1, stampedAt: now, wrote }
    : { ...next, phase: 'attempt', taken: seen.generation };
  return { kind: 'again', checkpoint };
}

async function write(
  publishing: Publishing,
  seen: Survey,
  { requests, cells, ranges }: Contents,
  { putBack, strays }: { putBack: readonly string[]; strays: Strays },
  now: number,
): Promise<boolean> {
  const { ports, context, exporterId, exporter, spreadsheetId, grantId, wanted } = publishing;
  const { placement, layout, block, generation } = seen;
  const first = firstCell(placement);
  const touched = [...ranges, ...remainder(placement), first];
  const refused = block && protectedFrom(block.tab, touched);
  if (refused) await refuseProtected(publishing, rangeName(placement.title, refused));
  const connection = await ports.store.get('connections', exporter.connectionId);
  const stamp = stampText({
    at: now,
    timeZone: layout.timeZone,
    rows: wanted.rows,
    organisation: connection?.data.name ?? '',
    putBack,
    emptied: strays.names,
  });
  const corner = { sheetId: first.sheetId, row: first.startRow, column: first.startColumn };
  const note = withStamp(block ? await ports.sheets.note(grantId, spreadsheetId, corner) : '', stamp);
  const batch = publishingBatch({
    exporterId,
    survey: seen,
    write: {
      generation,
      runId: context.runId,
      rows: wanted.rows,
      cells,
      rowsHash: wanted.hash,
      headerRow: placement.headerRow,
      lastRow: placement.lastRow,
      columns: wanted.columns.map((_, source) => indexOf(placement, source)),
    },
    contents: [...requests, ...strays.requests],
    note,
  });
  context.report({ what: 'Writing rows', done: 0, total: wanted.rows });
  await context.guard();
  try {
    return (await ports.sheets.apply(grantId, spreadsheetId, batch)) === 'applied';
  } catch (error) {
    if (error instanceof UserError && error.code === 'RANGE_PROTECTED') {
      await refuseProtected(publishing, placement.title);
    }
    throw error;
  }
}

const indexOf = ({ columns }: Survey['placement'], source: number): number =>
  columns.find((column) => column.source === source)?.index ?? -1;

/** More ranges than this are not kept: with them goes only the look beside the block. */
const MOST_RANGES = 500;

const wroteBy = ({ placement: { headerRow, columns } }: Survey, { ranges }: Contents): Wrote | null =>
  ranges.length > MOST_RANGES
    ? null
    : {
        headerRow,
        columns: columns.map(({ key, index }) => ({ key, index })),
        ranges: ranges.map(({ sheetId: _, ...range }) => range),
      };

async function refuseProtected({ ports, grantId }: Publishing, where: string): Promise<never> {
  const grant = await ports.store.get('grants', grantId);
  throw new UserError('RANGE_PROTECTED', { account: grant?.data.email ?? 'this account', where });
}

/** Nothing to write, and every mark where it should be. */
const isRight = (
  { isUnchanged }: Reconciled,
  { placement: { dropped, oldMarks, columns, isNew } }: Survey,
): boolean =>
  isUnchanged &&
  !isNew &&
  dropped.length === 0 &&
  oldMarks.length === 0 &&
  columns.every(({ isMarked }) => isMarked);

/** A copy frees its staging tab in the same batch; what that takes is not on top of what is there. */
const withoutStaging = (seen: Survey): Survey => ({
  ...seen,
  layout: {
    ...seen.layout,
    tabs: seen.layout.tabs.filter(({ sheetId }) => !seen.stagingTabs.includes(sheetId)),
  },
});

async function removeStaging(
  { ports, context, grantId, spreadsheetId }: Publishing,
  { stagingTabs }: Survey,
) {
  if (stagingTabs.length === 0) return;
  await context.guard();
  await ports.sheets.apply(grantId, spreadsheetId, stagingTabs.map(deleteTab));
}

function namesOf({ writes, clearFrom, clearTo }: Reconciled, { placement }: Survey): string[] {
  const names: string[] = [];
  for (const { row, start, end } of writes) {
    for (let column = start; column < end; column += 1) names.push(nameInBlock(placement, row, column));
  }
  for (let row = clearFrom; row < clearTo; row += 1) names.push(nameInBlock(placement, row, 0));
  return names;
}

const publishedBy = (
  { wanted }: Publishing,
  { placement, generation }: Survey,
  driveVersion: string,
  stampedAt: number,
): Published => ({
  sheetId: placement.sheetId,
  generation: generation - 1,
  rowsHash: wanted.hash,
  driveVersion,
  rows: wanted.rows,
  columns: wanted.columns.map(({ key }) => key),
  stampedAt,
});

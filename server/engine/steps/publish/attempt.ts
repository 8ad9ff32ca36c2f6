/**
 * One attempt: look, compare, write the difference in one batch, read back. It ends when a look shows exactly what is wanted.
 * What differs after a batch of this run was changed by somebody between our read and our write: the next attempt puts it back
 * and names it in the stamp. A batch under which rows or columns were moved is refused as a whole; the next attempt looks anew.
 */
import type { Published } from '../../../domain/exporter.ts';
import type { Placement } from '../../../domain/placement.ts';
import type { Reconciled } from '../../../domain/reconcile.ts';
import { RetryError } from '../../../errors.ts';
import type { Attempt, PublishCheckpoint } from './checkpoint.ts';
import { compare } from './compare.ts';
import { LeftOut } from './left-out.ts';
import type { Publishing } from './publishing.ts';
import { firstCell } from './publishing-batch.ts';
import { deleteTab } from './sheet-requests.ts';
import { smallWrite } from './small-write.ts';
import { openStaging, stagedWrite } from './staging.ts';
import { nameInBlock, refuseEarly, type Survey, survey } from './survey.ts';
import { writeBlock } from './write-block.ts';

export type AttemptOutcome =
  | { kind: 'again'; checkpoint: PublishCheckpoint }
  /** The sheet shows what is wanted. `cellsWritten`: by all batches of this run. */
  | { kind: 'settled'; published: Published; cellsWritten: number };

const DAY_MS = 86_400_000;
/** Batches of one run, and refusals of them: somebody works faster than we read, and the engine's back-off comes next. */
const MOST_BATCHES = 4;
const MOST_REFUSED = 6;

export async function attempt(publishing: Publishing, at: Attempt): Promise<AttemptOutcome> {
  const { ports, spreadsheetId, grantId, wanted, context } = publishing;
  const { refused, taken } = at;
  // Before the read: an edit after this shows as another version next time.
  const driveVersion = publishing.driveVersion ?? (await ports.drive.version(grantId, spreadsheetId));
  const last = stillWanted(publishing);
  const isStampDue = stampIsDue(publishing);
  const isFirst = at.phase === 'attempt' && refused === 0;
  if (isFirst && last?.driveVersion === driveVersion)
    return { kind: 'settled', published: last, cellsWritten: 0 };

  const seen = await survey(publishing, { taken, driveVersion });
  const { placement, layout, block } = seen;
  await refuseEarly(publishing, at.phase === 'copy' ? withoutStaging(seen) : seen);
  const { difference, note } = await compare(publishing, placement, layout.timeZone);
  const own = (block?.writes ?? []).filter(({ runId }) => runId === context.runId);
  const cellsBefore = own.reduce((sum, { cells }) => sum + cells, 0);
  if (block && isRight(difference, seen) && (own.length > 0 || !isStampDue)) {
    if (seen.stagingTabs.length > 0) await removeStaging(publishing, seen);
    else publishing.looks.keep(publishing, driveVersion, layout);
    const published = publishedBy(publishing, placement, seen.generation - 1, driveVersion, own.length > 0);
    return { kind: 'settled', published, cellsWritten: cellsBefore };
  }
  if (own.length >= MOST_BATCHES || refused >= MOST_REFUSED) throw new RetryError('SHEET_CHANGED');

  const isStaged = at.phase === 'copy' && seen.stagingTabs.includes(at.stagingSheetId);
  const contents = isStaged
    ? stagedWrite(placement, difference, at.stagingSheetId)
    : await smallWrite(publishing, placement, layout.timeZone, difference);
  if (!contents) {
    if (publishing.isGuest === true) throw new LeftOut('too large to go with others');
    const stagingSheetId = await openStaging(publishing, seen);
    const { timeZone } = layout;
    const checkpoint = { refused, taken, stagingSheetId, rowsHash: wanted.hash, nextRow: 0, timeZone };
    return { kind: 'again', checkpoint: { phase: 'stage', ...checkpoint } };
  }
  const putBack = own.at(-1)?.rowsHash === wanted.hash ? namesOf(difference, seen) : [];
  if (putBack.length > 0) {
    ports.log.warn('Cells were edited while the tab was written; putting them back', {
      runId: context.runId,
      cells: putBack.slice(0, 100),
      count: putBack.length,
    });
  }
  const noteNow = note ?? (await noteOf(publishing, seen));
  if (!(await writeBlock(publishing, seen, contents, { note: noteNow, putBack }))) {
    // The staging tab went with the batch or stands as it was; the next look tells.
    return { kind: 'again', checkpoint: { ...at, refused: refused + 1, taken: seen.generation } };
  }
  const published = await readBack(publishing, seen);
  return published
    ? { kind: 'settled', published, cellsWritten: cellsBefore + contents.cells }
    : { kind: 'again', checkpoint: { phase: 'attempt', refused, taken } };
}

const stampIsDue = ({ ports, exporter }: Publishing): boolean =>
  ports.clock.now() - (exporter.published?.stampedAt ?? 0) >= DAY_MS;

/** What was published last, where it is still wanted and no stamp is due: unchanged, if the file has the version that it says. */
export function stillWanted(publishing: Publishing): Published | undefined {
  const { exporter, wanted } = publishing;
  const last = exporter.published;
  return last?.rowsHash !== wanted.hash || stampIsDue(publishing) ? undefined : last;
}

/** Undefined where the block does not show what is wanted. Where it is needs no look: the batch proved that nothing had moved. */
async function readBack(
  publishing: Publishing,
  { placement, layout, generation }: Survey,
): Promise<Published | undefined> {
  const { ports, grantId, spreadsheetId } = publishing;
  const driveVersion = await ports.drive.version(grantId, spreadsheetId);
  const columns = placement.columns.map((column) => ({ ...column, isNew: false }));
  const written = { ...placement, isNew: false, lastRow: placement.wantedLastRow, columns };
  try {
    const { difference } = await compare(publishing, written, layout.timeZone);
    if (!difference.isUnchanged) return undefined;
  } catch (error) {
    // Somebody deleted the tab, or rows of it, right after the write: a whole look says what that means.
    if (error instanceof RetryError && error.code === 'SHEET_CHANGED') return undefined;
    throw error;
  }
  return publishedBy(publishing, written, generation, driveVersion, true);
}

async function noteOf({ ports, grantId, spreadsheetId }: Publishing, { placement }: Survey): Promise<string> {
  const [first] = await ports.sheets.cells(grantId, spreadsheetId, [firstCell(placement)], {
    withNotes: true,
  });
  return first?.note ?? '';
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

/** A stamp of this run counts from the request: a daily run then finds yesterday's due. */
const publishedBy = (
  { wanted, exporter, context }: Publishing,
  { sheetId }: Placement,
  generation: number,
  driveVersion: string,
  isStamped: boolean,
): Published => ({
  sheetId,
  generation,
  rowsHash: wanted.hash,
  driveVersion,
  rows: wanted.rows,
  columns: wanted.columns.map(({ key }) => key),
  stampedAt: isStamped ? context.requestedAt : (exporter.published?.stampedAt ?? 0),
});

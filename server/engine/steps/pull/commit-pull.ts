/** The end of a pull: everything that it found becomes one generation, or none when nothing changed. */
import { isoOf } from '../../../domain/dates.ts';
import { throughOf } from '../../../domain/report-calls.ts';
import { changesFrom, verdictOf } from '../../../domain/report-settling.ts';
import { cutReport } from '../../../mirror/cutter.ts';
import type { MirrorIndex, ResourceChange, SegmentRef } from '../../../mirror/mirror.ts';
import { reportsResource } from '../../../resources/report.ts';
import { besideName } from './keep-beside.ts';
import { reportAt, reportsIn } from './plan-reports.ts';
import type { PullCheckpoint } from './pull-input.ts';
import type { Pulling } from './pull-ports.ts';

/**
 * Publishes records, reports and cursors together. When no record, report or sweep is to be told, nothing is committed: an
 * older cursor finds the same changes, later. Repeated after success: the generation made then.
 */
export async function commitPull(
  pulling: Pulling,
  index: MirrorIndex,
  checkpoint: PullCheckpoint,
): Promise<MirrorIndex> {
  const { mirror, context, ports } = pulling;
  // A repeat after success must not look at what it made itself: the operation id tells the mirror.
  const isFresh = index.generation === checkpoint.base;
  const now = ports.clock.now();
  const changes: Record<string, ResourceChange> = {};
  let isNews = false;
  for (const [name, progress] of Object.entries(checkpoint.resources)) {
    const before = index.resources[name];
    const isFirst = before === undefined || before.segments.length === 0;
    const segments = [...(isFirst ? progress.swept : []), ...progress.found];
    const isAll = progress.mode !== 'since';
    const cursor = {
      modifiedSince: progress.readThere === null ? null : isoOf(progress.readThere),
      lastFullSweepAt: isAll ? now : (before?.cursor.lastFullSweepAt ?? null),
      sweptBy: isAll ? checkpoint.reader : (before?.cursor.sweptBy ?? null),
    };
    const isSwept = progress.mode === 'sweep' || before?.cursor.sweptBy !== cursor.sweptBy;
    isNews ||= segments.length > 0 || isSwept || progress.news.length > 0;
    changes[name] = { mode: 'merge', segments, cursor, gaps: [], news: progress.news };
    for (const [list, found] of Object.entries(progress.beside))
      changes[besideName(name, list)] = { mode: 'merge', segments: found, cursor, gaps: [] };
  }
  const segments = isFresh ? [...fetched(checkpoint, now), ...(await outdated(pulling, checkpoint))] : [];
  if (segments.length > 0) {
    const cursor = { modifiedSince: null, lastFullSweepAt: null, sweptBy: checkpoint.reader };
    changes[reportsResource] = { mode: 'merge', segments, cursor, gaps: [] };
    isNews = true;
  }
  if (isFresh && !isNews) return index;
  await context.guard();
  const operationId = `pull ${context.runId} ${checkpoint.number}`;
  return mirror.commit({ expected: checkpoint.base, operationId, changes });
}

/** The answers of this pull, as settled or not. */
function fetched(checkpoint: PullCheckpoint, now: number): SegmentRef[] {
  return Object.values(checkpoint.reports).flatMap((report) => {
    if (report.fetchedAt === null) return [];
    const segment =
      verdictOf(report, checkpoint.resources, now) === 'settled' ? report.settled : report.unsettled;
    return segment ?? [];
  });
}

/** Reports that this pull's changes may have moved and that nobody asked for now: whoever asks next gets new ones. */
async function outdated(pulling: Pulling, checkpoint: PullCheckpoint): Promise<SegmentRef[]> {
  const { mirror, context, ports } = pulling;
  if (Object.values(checkpoint.resources).every(({ changesFrom }) => changesFrom === null)) return [];
  const segments: SegmentRef[] = [];
  for (const [id, state] of await reportsIn(mirror)) {
    if (state === 'stale' || (checkpoint.reports[id]?.fetchedAt ?? null) !== null) continue;
    const ledger = (reportAt(id)?.ledger ?? []).flatMap((name) => checkpoint.resources[name] ?? []);
    const from = changesFrom(ledger);
    if (from === null || from > throughOf(id)) continue;
    const raw = await mirror.record(reportsResource, id);
    if (raw === undefined) continue;
    const { record } = cutReport(Buffer.from(`{"Reports":[${raw}]}`), id);
    await context.guard();
    segments.push(
      await mirror.writeSegment(reportsResource, [{ ...record, state: 'stale' }], ports.clock.now()),
    );
  }
  return segments;
}

/** Reading on: calls are kept under way, five at most, and what has come is stored before the next is asked for. */

import { calendarFrom } from '../../../datasets/organisation-calendar.ts';
import type { Counters } from '../../../domain/run.ts';
import { FatalError } from '../../../errors.ts';
import { cutPage, cutReport } from '../../../mirror/cutter.ts';
import type { MirrorIndex } from '../../../mirror/mirror.ts';
import { recordText } from '../../../mirror/record-text.ts';
import type { XeroAnswer } from '../../../ports.ts';
import { resourceNamed } from '../../../resources/index.ts';
import { reportsResource } from '../../../resources/report.ts';
import { afterFailure, isAnswered } from './after-failure.ts';
import type { Landing } from './flight.ts';
import { foldPages, type PageAnswer } from './fold-pages.ts';
import { afterLookup } from './look-up.ts';
import { mostInFlight } from './next-act.ts';
import { type PullCheckpoint, withProgress } from './pull-input.ts';
import type { Pulling } from './pull-ports.ts';
import { keyOf, type Read, readNow, requestOf } from './read-request.ts';
import { orLeftOut } from './sweep-check.ts';

interface ReadOn {
  checkpoint: PullCheckpoint;
  counters: Pick<Counters, 'xeroCalls' | 'xeroBytes'>;
}

/**
 * Fills up the calls under way, waits for the first answers and comes back with the checkpoint after them; the other calls stay
 * under way. A call that failed is left for the next unit when others succeeded, so that nothing that was paid for is lost;
 * when none did, its error is thrown.
 */
export async function readOn(
  pulling: Pulling,
  index: MirrorIndex,
  checkpoint: PullCheckpoint,
  /** What can be asked now, the first first. */
  reads: readonly Read[],
  /** As `momentBefore`. */
  after: number,
): Promise<ReadOn> {
  await pulling.context.guard();
  const { calls } = pulling.memory;
  launch(pulling, checkpoint, reads, after);
  if (calls.size === 0) throw new Error('a pull has nothing to read');
  const counters = { xeroCalls: 0, xeroBytes: 0 };
  const troubles: unknown[] = [];
  while (calls.size > 0) {
    const landings = await calls.land();
    for (const { answer, error } of landings) {
      if (answer !== undefined || isAnswered(error)) counters.xeroCalls += 1;
      counters.xeroBytes += answer?.wireBytes ?? 0;
    }
    const next = await afterLandings(pulling, index, checkpoint, landings, troubles);
    if (next !== checkpoint) return { checkpoint: next, counters };
  }
  if (troubles.length > 0) throw troubles[0];
  // What was under way is not wanted any more: the next unit asks for what is.
  return { checkpoint, counters };
}

function launch(
  { ports, context, memory: { calls } }: Pulling,
  checkpoint: PullCheckpoint,
  reads: readonly Read[],
  after: number,
): void {
  const changesBy = Object.fromEntries(
    Object.entries(checkpoint.resources).map(([name, { changes }]) => [name, changes]),
  );
  const begun = { begunAt: Math.max(ports.clock.now(), after), changesBy };
  for (const read of reads) {
    if (calls.size >= mostInFlight) return;
    const key = keyOf(read, checkpoint);
    if (key === undefined || calls.has(key)) continue;
    const request = requestOf(read, checkpoint);
    calls.launch(read, key, begun, () =>
      ports.xeroReader.read(checkpoint.connectionId, request, context.trigger),
    );
  }
}

/** The checkpoint with all that these calls say; the same one when they say nothing. */
async function afterLandings(
  pulling: Pulling,
  index: MirrorIndex,
  checkpoint: PullCheckpoint,
  landings: readonly Landing[],
  troubles: unknown[],
): Promise<PullCheckpoint> {
  let next = checkpoint;
  const pages = new Map<string, PageAnswer[]>();
  const releases: Array<() => void> = [];
  for (const landing of landings) {
    const read = readNow(landing.read, landing.key, checkpoint);
    const { answer, begunAt } = landing;
    if (answer === undefined || read === undefined) continue;
    if (read.kind === 'report') next = await afterReport(pulling, next, read.id, answer, landing);
    else if (read.call.kind === 'lookup')
      next = await afterLookup(pulling, next, read.resource, read.call.id, answer);
    else {
      const resource = resourceNamed(read.resource);
      const page = cutPage(answer.body, resource.envelope, resource, pulling.books.of(resource));
      pages.set(read.resource, [...(pages.get(read.resource) ?? []), { call: read.call, page, begunAt }]);
      releases.push(page.release, ...(answer.release === undefined ? [] : [answer.release]));
      // The bytes are not needed any more, and five pages are large.
      delete landing.answer;
    }
  }
  for (const [name, answers] of pages) {
    const before = next;
    next = await orLeftOut(pulling, before, name, () => afterPages(pulling, index, before, name, answers));
  }
  // All that is kept of them is stored. After an error they are left to the collector of garbage.
  for (const release of releases) release();
  for (const { read: asked, key, error } of landings) {
    if (error === undefined) continue;
    // Lists move when one before them is cut in two, and a resource may just have been left out.
    const read = readNow(asked, key, next);
    const known = read === undefined ? next : await afterFailure(pulling, next, read, error);
    if (known === undefined) troubles.push(error);
    next = known ?? next;
  }
  return next;
}

async function afterPages(
  pulling: Pulling,
  index: MirrorIndex,
  checkpoint: PullCheckpoint,
  name: string,
  answers: readonly PageAnswer[],
): Promise<PullCheckpoint> {
  const resource = resourceNamed(name);
  const progress = checkpoint.resources[name];
  if (progress === undefined) return checkpoint;
  const read = { resource, before: index.resources[name], reader: checkpoint.reader };
  const next = withProgress(checkpoint, name, await foldPages(pulling, read, progress, answers));
  if (resource.isCalendar !== true) return next;
  const [record] = answers[0]?.page.records ?? [];
  if (record === undefined)
    throw new FatalError('XERO_PAGE_UNREADABLE', { what: resource.label, problem: 'it is empty' });
  return { ...next, calendar: calendarFrom(recordText(record.raw)) };
}

async function afterReport(
  { mirror, context, ports }: Pulling,
  checkpoint: PullCheckpoint,
  id: string,
  answer: XeroAnswer,
  { begunAt: after, changesBy }: Landing,
): Promise<PullCheckpoint> {
  const report = checkpoint.reports[id];
  if (report === undefined) return checkpoint;
  const { record, envelope } = cutReport(answer.body, id);
  await context.guard();
  const now = ports.clock.now();
  const settled = await mirror.writeSegment(reportsResource, [{ ...record, state: 'settled' }], now);
  const unsettled = await mirror.writeSegment(reportsResource, [{ ...record, state: 'unsettled' }], now);
  const next = {
    ...report,
    fetchedAt: Math.max(now, after + 1),
    changesBy,
    madeAfter: madeAfter([envelope.dateTimeUtc ?? 0, record.updatedAt], now - after),
    rounds: report.rounds + 1,
    settled,
    unsettled,
  };
  return { ...checkpoint, reports: { ...checkpoint.reports, [id]: next } };
}

/** Clocks of one service differ by less. */
const unevenMs = 5_000;

/** What Xero said of the time of an answer, less what the call took: it was asked for no earlier. */
function madeAfter(said: readonly number[], tookMs: number): number | null {
  const known = said.filter((at) => at > 0);
  return known.length === 0 ? null : Math.min(...known) - Math.max(0, tookMs) - unevenMs;
}

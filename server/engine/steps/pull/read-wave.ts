/** One wave of a pull: up to five calls under way together, then everything that came is stored. */

import { calendarFrom } from '../../../datasets/organisation-calendar.ts';
import { changesOf } from '../../../domain/report-settling.ts';
import type { Counters } from '../../../domain/run.ts';
import { FatalError } from '../../../errors.ts';
import { cutPage, cutReport } from '../../../mirror/cutter.ts';
import type { MirrorIndex } from '../../../mirror/mirror.ts';
import type { XeroAnswer } from '../../../ports.ts';
import { resourceNamed } from '../../../resources/index.ts';
import { reportsResource } from '../../../resources/report.ts';
import { afterFailure, isAnswered } from './after-failure.ts';
import { foldPages, type PageAnswer } from './fold-pages.ts';
import { afterLookup } from './look-up.ts';
import { type PullCheckpoint, withProgress } from './pull-input.ts';
import type { Pulling } from './pull-ports.ts';
import { type Read, requestOf } from './read-request.ts';
import { orLeftOut } from './sweep-check.ts';

interface Done {
  read: Read;
  answer?: XeroAnswer;
  error?: unknown;
}

/**
 * Makes the calls and answers with the checkpoint after them. A call that failed is left for the next wave when others
 * succeeded, so that nothing that was paid for is lost; when none did, its error is thrown.
 */
export async function readWave(
  pulling: Pulling,
  index: MirrorIndex,
  checkpoint: PullCheckpoint,
  reads: readonly Read[],
  /** As `momentBefore`. */
  after: number,
): Promise<{ checkpoint: PullCheckpoint; counters: Partial<Counters> }> {
  const { ports, context } = pulling;
  await context.guard();
  const begunAt = Math.max(ports.clock.now(), after);
  const priority = context.trigger;
  const done = await Promise.all(
    reads.map(async (read): Promise<Done> => {
      try {
        const request = requestOf(read, checkpoint);
        return { read, answer: await ports.xeroReader.read(checkpoint.connectionId, request, priority) };
      } catch (error) {
        return { read, error };
      }
    }),
  );
  const counters = { xeroCalls: 0, xeroBytes: 0 };
  for (const { answer, error } of done) {
    if (answer !== undefined || isAnswered(error)) counters.xeroCalls += 1;
    counters.xeroBytes += answer?.wireBytes ?? 0;
  }
  let next = checkpoint;
  const pages = new Map<string, PageAnswer[]>();
  for (const one of done) {
    const { read, answer } = one;
    if (answer === undefined) continue;
    if (read.kind === 'report') next = await afterReport(pulling, next, read.id, answer, after);
    else if (read.call.kind === 'lookup')
      next = await afterLookup(pulling, next, read.resource, read.call.id, answer);
    else {
      const resource = resourceNamed(read.resource);
      const page = cutPage(answer.body, resource.envelope, resource);
      pages.set(read.resource, [...(pages.get(read.resource) ?? []), { call: read.call, page }]);
      // The bytes are not needed any more, and five pages are large.
      delete one.answer;
    }
  }
  for (const [name, answers] of pages) {
    const before = next;
    next = await orLeftOut(pulling, before, name, () =>
      afterPages(pulling, index, before, name, answers, begunAt),
    );
  }
  const troubles: unknown[] = [];
  // Last list first: a window that is cut in two moves those behind it.
  for (const { read, error } of done.filter(({ error }) => error !== undefined).toReversed()) {
    const known = await afterFailure(pulling, next, read, error);
    if (known === undefined) troubles.unshift(error);
    next = known ?? next;
  }
  if (troubles.length > 0 && next === checkpoint) throw troubles[0];
  return { checkpoint: next, counters };
}

async function afterPages(
  pulling: Pulling,
  index: MirrorIndex,
  checkpoint: PullCheckpoint,
  name: string,
  answers: readonly PageAnswer[],
  begunAt: number,
): Promise<PullCheckpoint> {
  const resource = resourceNamed(name);
  const progress = checkpoint.resources[name];
  if (progress === undefined) return checkpoint;
  const read = { resource, before: index.resources[name], reader: checkpoint.reader };
  const next = withProgress(checkpoint, name, await foldPages(pulling, read, progress, answers, begunAt));
  if (resource.isCalendar !== true) return next;
  const [record] = answers[0]?.page.records ?? [];
  if (record === undefined)
    throw new FatalError('XERO_PAGE_UNREADABLE', { what: resource.label, problem: 'it is empty' });
  return { ...next, calendar: calendarFrom(record.raw) };
}

async function afterReport(
  { mirror, context, ports }: Pulling,
  checkpoint: PullCheckpoint,
  id: string,
  answer: XeroAnswer,
  after: number,
): Promise<PullCheckpoint> {
  const report = checkpoint.reports[id];
  if (report === undefined) return checkpoint;
  const { record } = cutReport(answer.body, id);
  await context.guard();
  const now = ports.clock.now();
  const settled = await mirror.writeSegment(reportsResource, [{ ...record, state: 'settled' }], now);
  const unsettled = await mirror.writeSegment(reportsResource, [{ ...record, state: 'unsettled' }], now);
  const { changes } = changesOf(report.ledger.flatMap((name) => checkpoint.resources[name] ?? []));
  const next = {
    ...report,
    fetchedAt: Math.max(now, after + 1),
    changes,
    rounds: report.rounds + 1,
    settled,
    unsettled,
  };
  return { ...checkpoint, reports: { ...checkpoint.reports, [id]: next } };
}

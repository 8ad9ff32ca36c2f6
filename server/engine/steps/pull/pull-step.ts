/**
 * The pull step: Xero → mirror, for the resources and reports that a run needs.
 *
 * One pull per mirror at a time (domain/pull-joining.ts says who owns it and who joins). The owner waits a moment for runs that
 * start together with it, then works in units: the answers that have come, while up to five calls stay under way, or the check
 * of a sweep. After each unit its checkpoint holds the pending segments, so that a crash costs at most the calls that were under
 * way. When everything asked is met, the pull is closed to new asks, committed as one generation, and let go.
 *
 * A resource or report that the grant may not read is left out and named as a gap; the run fails only if it is what the run
 * is for. So is a list that lost so much that a person has to look; there every run that uses it fails. Counted sweeps, tombstones, settling and windows are in the files beside this one.
 */

import { findCalendar } from '../../../datasets/organisation-calendar.ts';
import { instantOf } from '../../../domain/dates.ts';
import type { Gap } from '../../../domain/gap.ts';
import type { Json } from '../../../domain/json.ts';
import { mirrorIdOf, type Pull } from '../../../domain/mirror-pointer.ts';
import { itemCountOf } from '../../../domain/paging.ts';
import { beginResource, modeOf } from '../../../domain/pull-progress.ts';
import type { RunNews } from '../../../domain/run.ts';
import { UserError, WaitError } from '../../../errors.ts';
import type { MirrorIndex } from '../../../mirror/mirror.ts';
import { resourceNamed } from '../../../resources/index.ts';
import type { StepContext, StepKind, StepOutcome } from '../../step.ts';
import { commitPull } from './commit-pull.ts';
import { type Memories, memories } from './flight.ts';
import { metOf, missingOf, momentBefore, nextAct, readAgainWhatIsOld } from './next-act.ts';
import { fieldBooks } from './notice-news.ts';
import { closeOwn, endOwn, forgetReports, takePart } from './own-pull.ts';
import { calendarResources, hasReports, isReport, namesOf, planReports, reportOf } from './plan-reports.ts';
import {
  missingSchema,
  type PullCheckpoint,
  pullCheckpointSchema,
  pullInputSchema,
  withProgress,
} from './pull-input.ts';
import { type Pulling, type PullOptions, type PullPorts, pullDefaults } from './pull-ports.ts';
import { type Puller, pullerOf } from './puller.ts';
import { readOn } from './read-on.ts';
import { keyOf } from './read-request.ts';
import { checkSweep, orLeftOut } from './sweep-check.ts';

/** The step of kind `pull`; input as `pullInputSchema`. */
export function pullStep(ports: PullPorts, options: Partial<PullOptions> = {}): StepKind {
  const settings = { ...pullDefaults, ...options };
  const remembered = memories();
  const books = fieldBooks(ports.fieldTree);
  return {
    kind: 'pull',
    async advance(rawInput, checkpoint, context) {
      const input = pullInputSchema.parse(rawInput);
      await context.guard();
      const decision = await takePart(ports, input, context);
      if (decision.kind === 'join') throw new WaitError('PULL_IN_FLIGHT', decision.lookAgainAt);
      const { teamId, organisationId, connectionId } = input;
      const mirror = await ports.openMirror({ teamId, organisationId, pullerConnectionId: connectionId });
      const entered: Entered = { ports, options: settings, input, context, mirror, books };
      if (decision.kind !== 'satisfied') return pullOn(entered, decision.pull, checkpoint, remembered);
      const end = await conclude(entered);
      if (await hasReports(mirror, input.reports, context.requestedAt)) return end;
      await forgetReports(ports, input);
      return { kind: 'more', checkpoint };
    },
  };
}

/** Before it is known which pull it is. */
type Entered = Omit<Pulling, 'memory'>;

/** One unit of a pull that is this run's own. */
async function pullOn(
  entered: Entered,
  pull: Pull,
  stored: Json,
  remembered: Memories,
): Promise<StepOutcome> {
  const { ports, context, input, mirror } = entered;
  const parsed = pullCheckpointSchema.safeParse(stored);
  const puller = await pullerOf(ports, input);
  // Another reader sees other records and other fields: what two of them read does not belong together.
  const isGoingOn =
    parsed.success &&
    parsed.data.number === pull.number &&
    (pull.isClosed || parsed.data.reader === puller.reader);
  const asks = isGoingOn ? pull.asks : await gather(entered, pull);
  const index = await mirror.index();
  const begun = isGoingOn ? parsed.data : await beginPull(entered, index, pull.number, puller);
  const checkpoint = await prepare(entered, index, begun, asks);
  const memory = remembered.of(context.runId, `${pull.number} ${checkpoint.reader}`);
  const pulling: Pulling = { ...entered, memory };
  // By what is asked and not by the clock, so that a pull that was closed and is taken up much later decides the same.
  const judgedAt = Math.max(pull.startedAt, ...Object.values(asks));
  const act = nextAct(checkpoint, judgedAt, (read) => memory.calls.has(keyOf(read, checkpoint) ?? ''));
  switch (act.kind) {
    case 'read': {
      tell(context, checkpoint);
      const { checkpoint: next, counters } = await readOn(
        pulling,
        index,
        checkpoint,
        act.reads,
        momentBefore(checkpoint, asks),
      );
      return { kind: 'more', checkpoint: next, counters };
    }
    case 'check': {
      const before = index.resources[act.resource];
      const resource = resourceNamed(act.resource);
      const progress = checkpoint.resources[act.resource];
      if (progress === undefined) throw new Error(`${act.resource} is not being read`);
      const checked = await orLeftOut(pulling, checkpoint, act.resource, async () => {
        const read = { resource, before, reader: checkpoint.reader };
        return withProgress(checkpoint, act.resource, await checkSweep(pulling, read, progress));
      });
      return { kind: 'more', checkpoint: checked };
    }
    case 'close': {
      const met = metOf(checkpoint, asks, context.requestedAt, judgedAt);
      const unmet = Object.keys(asks).find((name) => (met[name] ?? -1) < (asks[name] ?? 0));
      if (unmet !== undefined) throw new Error(`nothing is left to do, but ${unmet} is not met`);
      await context.guard();
      const closed = await closeOwn(ports, input, context.runId, met);
      if (closed?.isClosed !== true) return { kind: 'more', checkpoint };
      context.report({ what: 'Storing what was read', done: 0, total: null });
      await commitPull(pulling, index, checkpoint);
      await context.guard();
      const missing = missingNames(checkpoint, asks);
      const reads = Object.fromEntries(Object.entries(met).filter(([name]) => missing[name] === undefined));
      await endOwn(ports, input, context.runId, reads, missing);
      remembered.forget(context.runId);
      return conclude(pulling);
    }
  }
}

/** Runs that are started together are asked for within a moment: their wishes become one pull. */
async function gather({ ports, options, context, input }: Entered, pull: Pull): Promise<Pull['asks']> {
  if (options.gatherMs > 0) await ports.clock.sleep(options.gatherMs, context.signal);
  await context.guard();
  const now = await takePart(ports, input, context);
  return now.kind === 'own' ? now.pull.asks : pull.asks;
}

async function beginPull(
  { mirror }: Entered,
  index: MirrorIndex,
  number: number,
  puller: Puller,
): Promise<PullCheckpoint> {
  const hasCalendar = calendarResources.some((name) => index.resources[name] !== undefined);
  return {
    v: 1,
    number,
    base: index.generation,
    ...puller,
    resources: {},
    missing: {},
    calendar: hasCalendar ? ((await findCalendar(mirror)) ?? null) : null,
    plans: {},
    reports: {},
  };
}

/** Takes up what was asked since the last unit. */
async function prepare(
  pulling: Entered,
  index: MirrorIndex,
  checkpoint: PullCheckpoint,
  asks: Pull['asks'],
): Promise<PullCheckpoint> {
  const { ports, options, context } = pulling;
  let next = checkpoint;
  const now = { at: ports.clock.now(), reader: checkpoint.reader, sweepEveryMs: options.sweepEveryMs };
  for (const name of Object.keys(asks)) {
    if (isReport(name) || next.resources[name] !== undefined || next.missing[name] !== undefined) continue;
    const cursor = index.resources[name]?.cursor;
    const mode = modeOf(resourceNamed(name), cursor, now);
    const since = cursor?.modifiedSince == null ? null : (instantOf(cursor.modifiedSince) ?? null);
    next = withProgress(next, name, beginResource(mode, since));
  }
  const wishes = Object.entries(asks)
    .filter(([name]) => isReport(name))
    .map(([wish, at]) => ({ wish, days: [context.requestedAt, at] }));
  return readAgainWhatIsOld(await planReports(pulling, next, wishes), asks);
}

/** What the list that is being read holds, in people's words. */
function tell(context: StepContext, checkpoint: PullCheckpoint): void {
  const reading = Object.entries(checkpoint.resources).find(([, { stage }]) => stage !== 'read');
  if (reading === undefined) {
    context.report({ what: 'Reading reports', done: 0, total: null });
    return;
  }
  const [name, { seen, lists, stage }] = reading;
  const what = `${stage === 'pass' ? 'Looking for changes of' : 'Reading'} ${resourceNamed(name).label.toLowerCase()}`;
  context.report({ what, done: seen, total: stage === 'pages' ? itemCountOf(lists) : null });
}

/** What Xero did not let us read, by the names that were asked. */
function missingNames(checkpoint: PullCheckpoint, asks: Pull['asks']): Pull['missing'] {
  return Object.fromEntries(
    Object.keys(asks).flatMap((name) => {
      const found = missingOf(checkpoint, name);
      return found === undefined ? [] : [[name, found]];
    }),
  );
}

/** The end for a run whose wishes are met: gaps for what could not be read, UserError when that is what the run is for. */
async function conclude({ ports, input, mirror, context }: Entered): Promise<StepOutcome> {
  const pull = (await ports.store.get('pulls', mirrorIdOf(input.teamId, input.organisationId)))?.data;
  const needed = input.reports.length > 0 ? [...calendarResources, ...input.reports] : input.resources;
  const gaps: Gap[] = [];
  for (const name of namesOf(input)) {
    const found = pull?.missing[name];
    if (found === undefined || found.at < (pull?.reads[name] ?? -1)) continue;
    const { code, details } = missingSchema.parse(found);
    if (needed.includes(name) || code === 'MANY_REMOVED') throw new UserError(code, details);
    const what = isReport(name) ? reportOf(name).report.label : resourceNamed(name).label;
    gaps.push({ what, reason: code === 'SCOPE_MISSING' ? 'scope-missing' : 'no-permission', count: 1 });
  }
  const { resources } = await mirror.index();
  const news = input.resources.flatMap((name) =>
    (resources[name]?.news ?? [])
      .filter(({ firstSeenAt }) => firstSeenAt >= context.requestedAt)
      .map(({ path, value }): RunNews => ({ what: resourceNamed(name).label, path, value })),
  );
  return { kind: 'done', gaps, ...(news.length === 0 ? {} : { news }) };
}

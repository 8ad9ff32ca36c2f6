/** Starts what is due by schedule: a bounded part of it in one call, organisations in turn. */
import type { Ports, Stored } from '../ports.ts';
import { describeError } from './describe-error.ts';
import { type EngineOptions, engineDefaults } from './options.ts';
import { enqueueRun } from './run-task.ts';
import { type PlanSteps, type Taken, takeSlots } from './take-slots.ts';

export type { PlanSteps } from './take-slots.ts';

export interface StartDueOptions {
  plan: PlanSteps;
  engine?: EngineOptions;
}

export interface StartedSlots {
  /** Runs that were made, each with its first task. */
  started: number;
  /** Slots that an active run took in. */
  joined: number;
  /** More was due than one call takes: call again at once. */
  hasMore: boolean;
}

type Needs = Pick<Ports, 'store' | 'queue' | 'clock' | 'ids' | 'log'>;

/**
 * In one transaction: a commit takes far longer than what is in it, and Firestore takes 500 writes (Firestore quotas,
 * 2026), two for each slot.
 */
const together = 100;

/**
 * Takes due slots, the longest due first, `slotsAtOnce` at most and for `slotsMs` of time; each is one run, made and taken in
 * one transaction, then enqueued. A task that was not enqueued is one that the tick issues again. Safe at any time, twice, and
 * from two servers at once. What fails for one exporter is logged and does not keep the others; at the end it fails the call.
 */
export async function startDueSlots(
  ports: Needs,
  { plan, engine = engineDefaults }: StartDueOptions,
): Promise<StartedSlots> {
  const began = ports.clock.now();
  const due = await ports.store.query('exporters', {
    where: [{ field: 'nextDueAt', op: '<=', value: began }],
    orderBy: { field: 'nextDueAt', direction: 'asc' },
    limit: engine.slotsAtOnce,
  });
  const waiting = inTurn(due).map(({ id }) => ({ exporterId: id, newRunId: ports.ids.next() }));
  const report: StartedSlots = { started: 0, joined: 0, hasMore: false };
  const errors: unknown[] = [];
  const take = async (wanted: typeof waiting): Promise<void> => {
    try {
      await enqueueAll(ports, report, await takeSlots(ports, wanted, plan, engine));
    } catch (error) {
      // One of them stands in the way of all: without the others it is found, and they go on.
      if (wanted.length > 1) {
        for (const one of wanted) await take([one]);
        return;
      }
      ports.log.error('A slot could not be started', {
        exporterId: wanted[0]?.exporterId,
        error: describeError(error),
      });
      errors.push(error);
    }
  };
  const isTrouble = (): boolean => errors.length >= together;
  while (waiting.length > 0 && !isTrouble() && ports.clock.now() - began < engine.slotsMs)
    await take(waiting.splice(0, together));
  report.hasMore = !isTrouble() && (waiting.length > 0 || due.length === engine.slotsAtOnce);
  if (errors.length > 0 && !report.hasMore)
    throw new AggregateError(errors, `${errors.length} slots could not be started`);
  return report;
}

async function enqueueAll(ports: Needs, report: StartedSlots, taken: Taken): Promise<void> {
  report.joined += taken.joined;
  report.started += taken.started.length;
  // At one moment, so that the queue may take them together. One that fails keeps no other from being put in.
  const outcomes = await Promise.allSettled(
    taken.started.map(({ runId, run }) => enqueueRun(ports, runId, run)),
  );
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
}

/** Longest due first within each organisation, and the organisations by turns: a large one keeps no other waiting. */
function inTurn(due: ReadonlyArray<Stored<'exporters'>>): Array<Stored<'exporters'>> {
  const queues = [...Map.groupBy(due, ({ data }) => `${data.teamId} ${data.organisationId}`).values()];
  const longest = Math.max(0, ...queues.map(({ length }) => length));
  return Array.from({ length: longest }, (_, place) => queues.flatMap((queue) => queue[place] ?? [])).flat();
}

/** Taking the slots of some exporters: their runs and their next slots are written in one transaction, or nothing is. */
import type { Exporter } from '../domain/exporter.ts';
import { takeSlot } from '../domain/exporter-slots.ts';
import type { Json } from '../domain/json.ts';
import { hasEnded, type Run, type RunError } from '../domain/run.ts';
import { exporterAfterRun, fail } from '../domain/run-end.ts';
import { FoliokeepError } from '../errors.ts';
import type { Ports, Stored, Transaction } from '../ports.ts';
import { describeError } from './describe-error.ts';
import { noticesOfMove } from './notices/notices-of-move.ts';
import type { EngineOptions } from './options.ts';
import { newRun } from './start-run.ts';

/** The copies that an exporter needs now; throws when its wish cannot be made true any more. */
export type PlanSteps = (
  exporterId: string,
  exporter: Exporter,
) => ReadonlyArray<{ kind: string; input: Json }>;

/** What is taken, under the id that a run of it gets: the same ids when the transaction is repeated. */
export interface Wanted {
  exporterId: string;
  newRunId: string;
}

export interface Taken {
  /** Runs that wait for their first task. */
  started: Array<{ runId: string; run: Run }>;
  /** Slots that an active run took in. */
  joined: number;
}

type Needs = Pick<Ports, 'store' | 'clock' | 'log'>;

/** Twice, from two servers, or committed without an answer: each slot is taken once. */
export async function takeSlots(
  ports: Needs,
  wanted: readonly Wanted[],
  plan: PlanSteps,
  options: EngineOptions,
): Promise<Taken> {
  const now = ports.clock.now();
  return ports.store.transaction(async (tx) => {
    const taken: Taken = { started: [], joined: 0 };
    const writes: Array<() => void> = [];
    for (const one of wanted) writes.push(...(await takeOne(ports, tx, one, taken, { plan, options, now })));
    for (const write of writes) write();
    return taken;
  });
}

interface Context {
  plan: PlanSteps;
  options: EngineOptions;
  now: number;
}

async function takeOne(
  ports: Needs,
  tx: Transaction,
  { exporterId, newRunId }: Wanted,
  taken: Taken,
  context: Context,
): Promise<Array<() => void>> {
  const stored = await tx.get('exporters', exporterId);
  const move = stored === undefined ? undefined : takeSlot(stored.data, context.now);
  if (stored === undefined || move === undefined) return [];
  switch (move.kind) {
    case 'nothing': {
      // Another server was first, or this very transaction is repeated: then the run is there, and its task may not be.
      const made = await tx.get('runs', newRunId);
      if (made && !hasEnded(made.data)) taken.started.push({ runId: newRunId, run: made.data });
      return [];
    }
    case 'passed':
      return [() => tx.set('exporters', exporterId, move.exporter)];
    case 'taken': {
      const activeId = stored.data.activeRunId;
      const active = activeId === null ? undefined : await tx.get('runs', activeId);
      if (active && !hasEnded(active.data)) {
        taken.joined += 1;
        return [() => tx.set('exporters', exporterId, move.exporter)];
      }
      return startOne(ports, tx, { stored, ...move, newRunId }, taken, context);
    }
  }
}

async function startOne(
  ports: Needs,
  tx: Transaction,
  one: { stored: Stored<'exporters'>; exporter: Exporter; slot: number; newRunId: string },
  taken: Taken,
  { plan, options, now }: Context,
): Promise<Array<() => void>> {
  const { stored, exporter, slot, newRunId } = one;
  const planned = tryPlan(ports, () => plan(stored.id, exporter), newRunId);
  const steps = 'error' in planned ? [] : planned.steps;
  const input = { teamId: exporter.teamId, exporterId: stored.id, requestedBy: 'schedule', slotAt: slot };
  const run = newRun({ ...input, trigger: 'scheduled', steps }, now, options);
  if (!('error' in planned)) {
    taken.started.push({ runId: newRunId, run });
    return [
      () => {
        tx.create('runs', newRunId, run);
        tx.set('exporters', stored.id, { ...exporter, activeRunId: newRunId });
      },
    ];
  }
  // A run that cannot begin is seen as one that failed, with its reason; nobody would look for it in a log.
  const failed = fail(run, planned.error, now);
  const told = await noticesOfMove(tx, newRunId, run, failed, { ...stored, data: exporter });
  return [
    () => {
      tx.create('runs', newRunId, failed);
      tx.set('exporters', stored.id, exporterAfterRun(told.exporter, newRunId, failed));
      told.write();
    },
  ];
}

function tryPlan<S>(
  { log }: Pick<Ports, 'log'>,
  plan: () => S,
  runId: string,
): { steps: S } | { error: RunError } {
  try {
    return { steps: plan() };
  } catch (error) {
    if (error instanceof FoliokeepError) return { error: { code: error.code, details: error.details } };
    log.error('A bug kept a run from being planned', { runId, error: describeError(error) });
    return { error: { code: 'INTERNAL', details: { id: runId } } };
  }
}

/** Starting a run: one per exporter at a time. */

import type { Json } from '../domain/json.ts';
import { hasEnded, noCounters, type Run } from '../domain/run.ts';
import { hurry } from '../domain/run-hand-over.ts';
import { UserError } from '../errors.ts';
import type { Ports, Transaction } from '../ports.ts';
import { type EngineOptions, engineDefaults } from './options.ts';
import { enqueueRun } from './run-task.ts';

export interface StartInput {
  teamId: string;
  exporterId: string;
  /** A user's id, or `schedule`. */
  requestedBy: string;
  trigger: Run['trigger'];
  /** The slot that it is for. */
  slotAt?: number;
  /** The copies to make, in order; at least one. */
  steps: ReadonlyArray<{ kind: string; input: Json }>;
  /** Looks, and refuses, in the transaction of a new run; what it answers writes there. */
  beside?: (tx: Transaction) => Promise<() => void>;
}

export interface StartedRun {
  runId: string;
  run: Run;
  /** False when the exporter had an active run: this is that one. */
  isNew: boolean;
}

/**
 * Makes the run and claims the exporter in one transaction, then enqueues its first task: state first. A second request
 * answers with the active run and repeats its enqueue; a person's makes it theirs in priority, so that it goes on at once. UserError NOT_FOUND when the team has no such exporter.
 */
export async function startRun(
  ports: Pick<Ports, 'store' | 'queue' | 'clock' | 'ids'>,
  input: StartInput,
  options: EngineOptions = engineDefaults,
): Promise<StartedRun> {
  const newId = ports.ids.next();
  const now = ports.clock.now();
  const started = await ports.store.transaction(async (tx): Promise<StartedRun> => {
    // Made by this very request, whose commit is repeated; it may even have ended since.
    const made = await tx.get('runs', newId);
    if (made) return { runId: newId, run: made.data, isNew: true };
    const exporter = await tx.get('exporters', input.exporterId);
    if (!exporter || exporter.data.teamId !== input.teamId || exporter.data.status === 'deleted')
      throw new UserError('NOT_FOUND', { what: 'exporter' });
    const activeId = exporter.data.activeRunId;
    const active = activeId === null ? undefined : await tx.get('runs', activeId);
    if (active && !hasEnded(active.data)) {
      const run = input.trigger === 'manual' ? hurry(active.data, now) : active.data;
      if (run !== active.data) tx.set('runs', active.id, run);
      return { runId: active.id, run, isNew: false };
    }
    const write = await input.beside?.(tx);
    const run = newRun(input, now, options);
    tx.create('runs', newId, run);
    tx.set('exporters', exporter.id, { ...exporter.data, activeRunId: newId });
    write?.();
    return { runId: newId, run, isNew: true };
  });
  await enqueueRun(ports, started.runId, started.run);
  return started;
}

/** Queued, due at once, with its first task still to be enqueued. */
export const newRun = (input: StartInput, now: number, options: EngineOptions): Run => ({
  v: 1,
  teamId: input.teamId,
  exporterId: input.exporterId,
  trigger: input.trigger,
  requestedBy: input.requestedBy,
  requestedAt: now,
  ...(input.slotAt === undefined ? {} : { slotAt: input.slotAt }),
  status: 'queued',
  seq: 1,
  steps: input.steps.map((step) => ({ ...step, checkpoint: null, isDone: false })),
  stepIndex: 0,
  fencing: 0,
  holder: null,
  leaseUntil: null,
  units: 0,
  dueAt: now,
  waitingFor: null,
  progress: null,
  counters: noCounters,
  gaps: [],
  error: null,
  cancelRequestedAt: null,
  startedAt: null,
  heartbeatAt: null,
  deadlineAt: now + options.deadlineMs,
  endedAt: null,
  rescues: 0,
});

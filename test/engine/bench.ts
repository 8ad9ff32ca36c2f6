/** A small engine for tests: a store in memory, a virtual clock, and steps that do what the test says. */

import type { Exporter } from '../../server/domain/exporter.ts';
import type { Json } from '../../server/domain/json.ts';
import type { Run } from '../../server/domain/run.ts';
import { sqliteStore } from '../../server/embedded/sqlite-store.ts';
import { handleTask } from '../../server/engine/handle-task.ts';
import { type EngineOptions, engineDefaults } from '../../server/engine/options.ts';
import { startRun } from '../../server/engine/start-run.ts';
import type { StepContext, StepOutcome } from '../../server/engine/step.ts';
import type { Task } from '../../server/ports.ts';
import { exporterDocument } from '../support/exporter-document.ts';
import { recordingLog } from '../support/recording-log.ts';
import { seededIds } from '../support/seeded-random.ts';
import { virtualClock } from '../support/virtual-clock.ts';

export type Advance = (checkpoint: Json, context: StepContext) => Promise<StepOutcome> | StepOutcome;

export async function engineBench(
  advance: Advance = () => ({ kind: 'done' }),
  change: Partial<EngineOptions> = {},
) {
  const clock = virtualClock();
  const store = sqliteStore(':memory:');
  const tasks: Task[] = [];
  const options = { ...engineDefaults, ...change };
  const stop = new AbortController();
  const ports = {
    clock,
    store,
    ids: seededIds(clock),
    log: recordingLog(),
    queue: {
      async enqueue(task: Task) {
        if (!tasks.some(({ name }) => name === task.name)) tasks.push(task);
      },
    },
  };
  const kinds = [
    { kind: 'copy', advance: async (_: Json, place: Json, context: StepContext) => advance(place, context) },
  ];
  await store.create('exporters', 'exporter', exporterDocument());
  const input = { teamId: 'team', exporterId: 'exporter', requestedBy: 'user', trigger: 'manual' as const };
  const { runId } = await startRun(ports, { ...input, steps: [{ kind: 'copy', input: null }] }, options);
  const deliver = (task: { payload: Task['payload'] } | undefined = tasks.at(-1)) =>
    handleTask(ports, kinds, task ?? { payload: {} }, { options, stop: stop.signal });
  return {
    ports,
    options,
    /** Every task ever enqueued, oldest first. */
    tasks,
    runId,
    stop,
    deliver,
    async run(): Promise<Run> {
      const stored = await store.get('runs', runId);
      if (!stored) throw new Error('The run is gone');
      return stored.data;
    },
    async change(change: Partial<Run>): Promise<void> {
      const stored = await store.get('runs', runId);
      if (stored) await store.replace('runs', runId, stored.revision, { ...stored.data, ...change });
    },
    async exporter(): Promise<Exporter | undefined> {
      return (await store.get('exporters', 'exporter'))?.data;
    },
  };
}

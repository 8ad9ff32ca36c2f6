/** A pull step with a mirror in memory, a scripted Xero and a store in memory; runs are driven unit by unit as the engine does. */

import type { FieldTree } from '../../../../server/domain/field-tree.ts';
import type { Gap } from '../../../../server/domain/gap.ts';
import type { Json } from '../../../../server/domain/json.ts';
import { mirrorIdOf } from '../../../../server/domain/mirror-pointer.ts';
import type { Progress, RunNews } from '../../../../server/domain/run.ts';
import { sqliteStore } from '../../../../server/embedded/sqlite-store.ts';
import type { StepOutcome } from '../../../../server/engine/step.ts';
import type { PullOptions } from '../../../../server/engine/steps/pull/pull-ports.ts';
import { pullStep } from '../../../../server/engine/steps/pull/pull-step.ts';
import { recordingLog } from '../../../support/recording-log.ts';
import { memoryMirror } from './memory-mirror.ts';
import { scriptedXero } from './scripted-xero.ts';

export interface Wants {
  resources?: string[];
  reports?: string[];
  connectionId?: string;
  isRemovalConfirmed?: boolean;
  requestedAt?: number;
}

export interface RunState {
  checkpoint: Json;
  calls: number;
  bytes: number;
  units: number;
  gaps: Gap[];
  news: RunNews[];
  progress: Progress[];
  isDone: boolean;
}

const start = Date.UTC(2026, 6, 20, 9);

export function pullWorld(options: Partial<PullOptions> = {}, fieldTree?: FieldTree) {
  let now = start;
  let wrongBy = 0;
  const clock = {
    now: () => now + wrongBy,
    sleep: async (ms: number) => {
      now += ms;
    },
  };
  const mirror = memoryMirror();
  const xero = scriptedXero(() => now);
  const store = sqliteStore(':memory:');
  const log = recordingLog();
  const step = pullStep(
    {
      store,
      clock,
      log,
      xeroReader: xero,
      openMirror: async () => mirror,
      ...(fieldTree === undefined ? {} : { fieldTree }),
    },
    { gatherMs: 0, ...options },
  );
  const runs = new Map<string, RunState>();

  const world = {
    mirror,
    xero,
    store,
    step,
    later(ms: number) {
      now += ms;
    },
    /** Sets our clock forward or back; Xero's goes on. */
    stepClock(ms: number) {
      wrongBy += ms;
    },
    now: clock.now,
    newRun: (): RunState => ({
      checkpoint: null,
      calls: 0,
      bytes: 0,
      units: 0,
      gaps: [],
      news: [],
      progress: [],
      isDone: false,
    }),
    /** One unit; the checkpoint is what JSON makes of it, as when it is stored. */
    async unit(runId: string, wants: Wants): Promise<StepOutcome> {
      const run = runs.get(runId) ?? world.newRun();
      runs.set(runId, run);
      const input = {
        connectionId: wants.connectionId ?? 'c1',
        organisationId: 'o1',
        teamId: 't1',
        resources: wants.resources ?? [],
        reports: wants.reports ?? [],
        isRemovalConfirmed: wants.isRemovalConfirmed ?? false,
      };
      const outcome = await step.advance(input, run.checkpoint, {
        runId,
        teamId: 't1',
        exporterId: 'e1',
        requestedAt: wants.requestedAt ?? start,
        trigger: 'manual',
        signal: new AbortController().signal,
        fencing: 1,
        guard: async () => undefined,
        report: (progress) => run.progress.push(progress),
      });
      run.units += 1;
      run.calls += outcome.counters?.xeroCalls ?? 0;
      run.bytes += outcome.counters?.xeroBytes ?? 0;
      run.gaps.push(...(outcome.gaps ?? []));
      if (outcome.kind === 'done') run.news.push(...(outcome.news ?? []));
      run.isDone = outcome.kind === 'done';
      if (outcome.kind === 'more') run.checkpoint = JSON.parse(JSON.stringify(outcome.checkpoint)) as Json;
      return outcome;
    },
    /** Runs to the end; errors come out. */
    async pull(wants: Wants): Promise<RunState> {
      now += 1_000;
      const runId = `r${runs.size + 1}`;
      const asked = { ...wants, requestedAt: wants.requestedAt ?? clock.now() };
      for (let units = 0; units < 1_000; units += 1) {
        if ((await world.unit(runId, asked)).kind === 'done') return runs.get(runId) ?? world.newRun();
        now += 10;
      }
      throw new Error('the pull has no end');
    },
    run: (runId: string): RunState => runs.get(runId) ?? world.newRun(),
    async pullDocument() {
      return (await store.get('pulls', mirrorIdOf('t1', 'o1')))?.data;
    },
    close: () => store.close(),
  };
  return world;
}

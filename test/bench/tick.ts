/** A tick while 20,000 slots are due at once, on files as the server keeps them: the longest call of each kind, in real time. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { sqliteQueue } from '../../server/embedded/sqlite-queue.ts';
import { sqliteStore } from '../../server/embedded/sqlite-store.ts';
import { engineDefaults } from '../../server/engine/options.ts';
import { startDueSlots } from '../../server/engine/start-due-slots.ts';
import { tick } from '../../server/engine/tick.ts';
import { planRun } from '../../server/use-cases/plan-run.ts';
import { withSchemas } from '../../server/wrappers/with-schemas.ts';
import { exporterDocument } from '../support/exporter-document.ts';
import { recordingLog } from '../support/recording-log.ts';
import { seededIds } from '../support/seeded-random.ts';
import { virtualClock } from '../support/virtual-clock.ts';
import { type Bench, type Measure, rounded } from './bench.ts';

const slots = 20_000;
const perTransaction = 500;
const minute = 60_000;
const dueAt = Date.UTC(2026, 10, 23, 6);

export const tickBench: Bench = {
  name: 'tick',
  async run() {
    const folder = mkdtempSync(join(tmpdir(), 'foliokeep-tick-'));
    const virtual = virtualClock(dueAt);
    // Moments within a call pass as they really do: it may end itself by its time.
    let began = performance.now();
    const clock = { ...virtual, now: () => virtual.now() + Math.floor(performance.now() - began) };
    const files = sqliteStore(join(folder, 'store.sqlite'));
    const queue = sqliteQueue(join(folder, 'queue.sqlite'), { clock, log: recordingLog() });
    const ports = { store: withSchemas(files), queue, clock, log: recordingLog(), ids: seededIds(clock) };
    const timed = async <T>(act: () => Promise<T>): Promise<{ ms: number; value: T }> => {
      began = performance.now();
      const value = await act();
      return { ms: performance.now() - began, value };
    };
    try {
      for (let at = 0; at < slots; at += perTransaction)
        await files.transaction(async (tx) => {
          for (let number = at; number < at + perTransaction; number += 1)
            tx.create('exporters', `e${String(number).padStart(5, '0')}`, exporterOf(number));
        });

      const starts: number[] = [];
      let started = 0;
      for (let hasMore = true; hasMore; ) {
        const { ms, value } = await timed(() => startDueSlots(ports, { plan: planRun }));
        starts.push(ms);
        started += value.started;
        hasMore = value.hasMore;
      }
      if (started !== slots) throw new Error(`${started} runs instead of ${slots}`);

      // Nobody works: every task is late, and each tick looks at as many runs as it may.
      const ticks: number[] = [];
      for (let round = 0; round < 10; round += 1) {
        await virtual.advance(2 * minute);
        ticks.push((await timed(() => tick(ports, engineDefaults))).ms);
      }
      return [
        longest('slots at one minute', 'call that starts some of 20,000 slots', starts),
        longest('tick', 'tick while 20,000 tasks are late', ticks),
        {
          bench: 'slots at one minute, all',
          value: rounded(starts.reduce((sum, ms) => sum + ms, 0) / 1_000),
          unit: 's until all 20,000 have begun',
          versus: 'the minute until the next slots',
          ratio: rounded(starts.reduce((sum, ms) => sum + ms, 0) / minute),
          goal: { atMost: 1 },
        },
      ];
    } finally {
      queue.close();
      files.close();
      rmSync(folder, { recursive: true });
    }
  },
};

const longest = (bench: string, what: string, all: readonly number[]): Measure => ({
  bench,
  value: Math.round(Math.max(...all)),
  unit: `ms at the longest for a ${what}`,
  versus: 'the second that it may take',
  ratio: rounded(Math.max(...all) / 1_000),
  goal: { atMost: 1 },
});

/** Four of each organisation. */
const exporterOf = (number: number) => {
  const organisation = Math.floor(number / 4);
  return exporterDocument({
    teamId: `team${Math.floor(organisation / 10)}`,
    organisationId: `organisation${organisation}`,
    connectionId: `connection${organisation}`,
    schedule: { cadence: 'every-hours', hours: 12, at: '06:00', zone: 'Etc/UTC' },
    slotsTakenUntil: dueAt - 1,
    nextDueAt: dueAt,
  });
};

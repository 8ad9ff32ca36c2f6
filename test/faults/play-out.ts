/** Lives a run from a person's request to its end, through as many processes as it takes. */
import { hasEnded, type Run } from '../../server/domain/run.ts';
import { handleTask } from '../../server/engine/handle-task.ts';
import { resumeRuns } from '../../server/engine/resume-runs.ts';
import { startRun } from '../../server/engine/start-run.ts';
import { tick } from '../../server/engine/tick.ts';
import type { Task } from '../../server/ports.ts';
import { type Life, newLife, type Point } from './points.ts';
import { sinksOf } from './small-copies.ts';
import { exporterId, type ProcessPlan, processOf, smallSteps, teamId, type World } from './world.ts';

export interface Play extends ProcessPlan {
  /** At every point of every life; lives are counted from 0. */
  onPoint?: (point: Point, number: number, life: Life, lifeNumber: number) => Promise<void> | void;
  /** A new process takes runs up at once, or leaves them to leases and the tick. */
  isAlone?: boolean;
  /** Which of the due tasks comes next; the first without it. */
  pick?: (due: readonly Task[]) => Task | undefined;
  /** True: the task is delivered once more although it was acknowledged. */
  isDoubled?: (task: Task) => boolean;
  steps?: typeof smallSteps;
}

export interface Ending {
  runId: string;
  run: Run;
  sinks: Awaited<ReturnType<typeof sinksOf>>;
  lives: number;
}

const tickMs = 60_000;
const redeliveryMs = 20_000;

/** From a person's request to the end of the run. Fails when the world stands still. */
export async function playOut(world: World, play: Play = {}): Promise<Ending> {
  let lives = 0;
  const boot = () => {
    const number = lives;
    lives += 1;
    const life = newLife((point, at, self) => play.onPoint?.(point, at, self, number));
    return { life, ...processOf(world, life, play) };
  };
  let process = boot();
  /** `failed` when it threw, `gone` when the process died or froze; a new one has begun then. */
  const attempt = async (act: () => Promise<unknown>): Promise<'done' | 'failed' | 'gone'> => {
    const outcome = await Promise.race([
      act().then(
        () => 'done' as const,
        () => 'failed' as const,
      ),
      process.life.gone,
    ]);
    if (outcome === 'gone') {
      process = boot();
      if (play.isAlone) await attempt(() => resumeRuns(process.ports, world.options));
    }
    return outcome;
  };

  const input = {
    teamId,
    exporterId,
    requestedBy: 'user',
    trigger: 'manual' as const,
    steps: play.steps ?? smallSteps,
  };
  while ((await attempt(() => startRun(process.ports, input, world.options))) !== 'done') {
    // A person clicks again.
  }
  let tickAt = world.clock.now();
  for (let turn = 0; turn < 5_000; turn += 1) {
    const [stored] = await world.store.query('runs', { limit: 1 });
    if (stored && hasEnded(stored.data)) {
      const sinks = await sinksOf(world);
      return { runId: stored.id, run: stored.data, sinks, lives };
    }
    const now = world.clock.now();
    if (now >= tickAt) {
      tickAt = now + tickMs;
      await attempt(() => tick(process.ports, world.options));
      continue;
    }
    const due = world.queue.open().filter(({ dueAt }) => dueAt <= now);
    const task = play.pick ? play.pick(due) : due[0];
    if (!task) {
      const nextAt = Math.min(tickAt, ...world.queue.open().map(({ dueAt }) => dueAt));
      await world.clock.advance(Math.max(nextAt - now, 1));
      continue;
    }
    const outcome = await attempt(() =>
      handleTask(process.ports, process.stepKinds, task, { options: world.options }),
    );
    if (outcome !== 'done') world.queue.delay(task, world.clock.now() + redeliveryMs);
    else if (!play.isDoubled?.(task)) world.queue.end(task);
  }
  throw new Error('The run did not end');
}

/** What two runs must agree on, however they were disturbed. */
export const outcomeOf = ({ run, sinks }: Ending) => ({
  status: run.status,
  counters: run.counters,
  gaps: run.gaps,
  units: run.units,
  steps: run.steps,
  error: run.error,
  sinks,
});

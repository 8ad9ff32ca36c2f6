/** One run that kills its workers ends as poison; those that its workers had in hand beside it go on to their ends. */
import { expect, test } from 'vitest';
import { sqliteStore } from '../../server/embedded/sqlite-store.ts';
import { handleTask } from '../../server/engine/handle-task.ts';
import { engineDefaults } from '../../server/engine/options.ts';
import { sharedLock } from '../../server/engine/shared-lock.ts';
import { startRun } from '../../server/engine/start-run.ts';
import type { StepKind } from '../../server/engine/step.ts';
import { tick } from '../../server/engine/tick.ts';
import type { Task } from '../../server/ports.ts';
import { exporterDocument } from '../support/exporter-document.ts';
import { recordingLog } from '../support/recording-log.ts';
import { seededIds } from '../support/seeded-random.ts';
import { virtualClock } from '../support/virtual-clock.ts';

const names = ['innocent-a', 'poison', 'innocent-b', 'innocent-c'];

/** A world of one store and one queue, whose process is killed each time the poisonous run begins its unit. */
async function play() {
  const clock = virtualClock();
  const store = sqliteStore(':memory:');
  const tasks = new Map<string, Task>();
  const queue = {
    async enqueue(task: Task) {
      tasks.set(task.name, task);
    },
  };
  const ports = { clock, store, queue, ids: seededIds(clock), log: recordingLog() };
  const runIds = new Map<string, string>();
  for (const name of names) {
    await store.create('exporters', name, exporterDocument());
    const steps = [{ kind: 'copy', input: name }];
    const asked = {
      teamId: 'team',
      exporterId: name,
      requestedBy: 'user',
      trigger: 'manual' as const,
      steps,
    };
    runIds.set(name, (await startRun(ports, asked)).runId);
  }
  const statusOf = async (name: string) => (await store.get('runs', runIds.get(name) ?? ''))?.data;

  let deaths = 0;
  /** A process handles all there is at once, until nothing is left or it dies. */
  const live = async (): Promise<void> => {
    const death = Promise.withResolvers<'died'>();
    let isDead = false;
    const kind: StepKind = {
      kind: 'copy',
      async advance(input) {
        if (input === 'poison') {
          isDead = true;
          deaths += 1;
          death.resolve('died');
        }
        // Others are in the middle of a unit when it comes to that; a dead process does nothing more.
        for (let count = 0; count < 20; count += 1) await new Promise(setImmediate);
        return isDead ? new Promise(() => undefined) : { kind: 'done' };
      },
    };
    const lock = sharedLock();
    // Its heartbeats too: nothing of a dead process is heard again.
    const itsStore = new Proxy(store, {
      get: (target, name) =>
        isDead ? () => new Promise(() => undefined) : Reflect.get(target, name, target),
    });
    while (tasks.size > 0) {
      const delivered = [...tasks.values()];
      const work = Promise.all(
        delivered.map(async (task) => {
          await handleTask({ ...ports, store: itsStore }, [kind], task, { lock });
          tasks.delete(task.name);
        }),
      );
      if ((await Promise.race([work, death.promise])) === 'died') return;
    }
  };
  for (let life = 0; life < 40; life += 1) {
    await live();
    await clock.advance(2 * engineDefaults.leaseMs);
    await tick(ports, engineDefaults);
  }
  return { deaths, statusOf, close: () => store.close() };
}

test('the poisonous run alone is ended as poison', async () => {
  const { deaths, statusOf, close } = await play();
  expect(await statusOf('poison')).toMatchObject({ status: 'failed', error: { code: 'POISON_TASK' } });
  expect(deaths).toBe(engineDefaults.maxRescues + 1);
  for (const name of names)
    if (name !== 'poison') expect(await statusOf(name)).toMatchObject({ status: 'succeeded' });
  close();
});

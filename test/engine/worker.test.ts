/** A server's worker on the embedded queue: it runs what is asked, ticks, and leaves nothing behind when it stops. */
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { sqliteQueue } from '../../server/embedded/sqlite-queue.ts';
import { systemClock } from '../../server/embedded/system-clock.ts';
import { startRun } from '../../server/engine/start-run.ts';
import { startWorker } from '../../server/engine/worker.ts';
import { RetryError } from '../../server/errors.ts';
import { sessionDocument } from '../support/documents.ts';
import { engineBench } from './bench.ts';

async function workerBench(advance: Parameters<typeof engineBench>[0]) {
  const bench = await engineBench(advance, { firstBackOffMs: 10 });
  const clock = systemClock();
  const queue = sqliteQueue(':memory:', { clock, log: bench.ports.log });
  const ports = { ...bench.ports, clock, queue };
  const kinds = [
    {
      kind: 'copy',
      advance: async (_: unknown, place: never, context: never) =>
        (advance ?? (() => ({ kind: 'done' as const })))(place, context),
    },
  ];
  const input = {
    teamId: 'team',
    exporterId: 'exporter',
    requestedBy: 'user',
    trigger: 'manual' as const,
    steps: [],
  };
  // The bench's run was requested in virtual time, long ago; asking again enqueues it here.
  await bench.change({ deadlineAt: 1e15 });
  await startRun(ports, input);
  return { bench, ports, queue, kinds };
}

const until = async (isTrue: () => Promise<boolean>): Promise<void> => {
  for (let count = 0; count < 500 && !(await isTrue()); count += 1) await pause(5);
};

test('a run goes through trouble to its end, and stopping leaves nothing', async () => {
  let calls = 0;
  const { bench, ports, queue, kinds } = await workerBench(() => {
    calls += 1;
    if (calls === 2) throw new RetryError('NETWORK', { problem: 'reset' });
    return calls > 3 ? { kind: 'done' } : { kind: 'more', checkpoint: calls };
  });
  await ports.store.create('sessions', 'old', sessionDocument({ expiresAt: 1 }));
  const worker = await startWorker(ports, queue, kinds, {
    isAlone: true,
    options: bench.options,
  });
  await until(async () => (await bench.run()).status === 'succeeded');
  expect(await bench.run()).toMatchObject({ status: 'succeeded', units: 3 });
  expect(await ports.store.get('sessions', 'old')).toBeUndefined();
  await worker.stop();
  await worker.stop();
  expect(queue.open()).toBe(0);
  queue.close();
});

test('a stop aborts the unit under way and saves the run for the next worker', async () => {
  const begun = Promise.withResolvers<void>();
  const { bench, ports, queue, kinds } = await workerBench((_, { signal }) => {
    begun.resolve();
    return new Promise((_resolve, reject) => {
      signal.addEventListener('abort', () => reject(new DOMException('stopped', 'AbortError')));
    });
  });
  const worker = await startWorker(ports, queue, kinds, { isAlone: true });
  await begun.promise;
  await worker.stop();
  expect(await bench.run()).toMatchObject({ status: 'running', leaseUntil: null, rescues: 0, seq: 2 });
  // The next task waits for the next worker.
  expect(queue.open()).toBe(1);
  queue.close();
});

/** What every Queue with its TaskSource must hold to, told by a virtual clock. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Clock, Queue, Task, TaskSource } from '../../server/ports.ts';
import { type VirtualClock, virtualClock } from '../support/virtual-clock.ts';

export interface MadeQueue {
  queue: Queue & TaskSource;
  close(): void | Promise<void>;
}

const hourMs = 3_600_000;

/** `makeQueue` gives an empty queue each time. */
export const queueContract = (name: string, makeQueue: (clock: Clock) => MadeQueue): void => {
  describe(`${name} as a Queue`, () => {
    let clock: VirtualClock;
    let made: MadeQueue;
    let queue: MadeQueue['queue'];
    let stops: Array<() => Promise<void>>;
    beforeEach(() => {
      clock = virtualClock();
      made = makeQueue(clock);
      queue = made.queue;
      stops = [];
    });
    afterEach(async () => {
      await Promise.all(stops.map((stop) => stop()));
      await made.close();
    });

    const task = (taskName: string, change: Partial<Task> = {}): Task => ({
      name: taskName,
      dueAt: clock.now(),
      payload: {},
      ...change,
    });
    const consume = (handle: (task: Task, attempt: number) => Promise<void>) => {
      const { stop } = queue.consume(handle);
      stops.push(stop);
      return stop;
    };
    const collect = (): string[] => {
      const seen: string[] = [];
      consume(async ({ name: taskName }, attempt) => {
        seen.push(`${taskName} ${attempt}`);
      });
      return seen;
    };

    test('a task arrives as it was enqueued, due time and payload included', async () => {
      const given = task('a', { payload: { runId: 'r', seq: 3, nested: [{ é: null }] } });
      await queue.enqueue(given);
      const seen: Task[] = [];
      consume(async (got) => {
        seen.push(got);
      });
      await clock.advance(0);
      expect(seen).toEqual([given]);
    });

    test('a due task is taken up at once, though the worker was asleep', async () => {
      const seen = collect();
      await clock.advance(hourMs);
      await queue.enqueue(task('a'));
      await clock.advance(0);
      expect(seen).toEqual(['a 1']);
    });

    test('a task is not delivered before it is due, and soon after', async () => {
      const seen = collect();
      await queue.enqueue(task('later', { dueAt: clock.now() + 90_000 }));
      await clock.advance(89_999);
      expect(seen).toEqual([]);
      await clock.advance(2000);
      expect(seen).toEqual(['later 1']);
    });

    test('an earlier task put in behind a later one is not kept waiting by it', async () => {
      const seen = collect();
      await queue.enqueue(task('later', { dueAt: clock.now() + hourMs }));
      await queue.enqueue(task('sooner', { dueAt: clock.now() + 300 }));
      await clock.advance(1500);
      expect(seen).toEqual(['sooner 1']);
    });

    test('a second task of one name is dropped while the first waits, runs, and for an hour after it ended', async () => {
      const seen = collect();
      await queue.enqueue(task('a', { dueAt: clock.now() + 1000 }));
      await queue.enqueue(task('a', { payload: { other: true } }));
      await clock.advance(5000);
      expect(seen).toEqual(['a 1']);
      await clock.advance(hourMs - 10_000);
      await queue.enqueue(task('a'));
      await clock.advance(60_000);
      expect(seen).toEqual(['a 1']);
    });

    test('of many enqueues of one name at once one is delivered', async () => {
      const seen = collect();
      await Promise.all(Array.from({ length: 30 }, () => queue.enqueue(task('a'))));
      await clock.advance(60_000);
      expect(seen).toEqual(['a 1']);
    });

    test('a handler that throws gets the task again, later each time, until it resolves', async () => {
      const at: number[] = [];
      const began = clock.now();
      consume(async (_, attempt) => {
        at.push(clock.now() - began);
        expect(attempt).toBe(at.length);
        if (attempt < 4) throw new Error('not yet');
      });
      await queue.enqueue(task('a'));
      await clock.advance(hourMs);
      expect(at).toHaveLength(4);
      const pauses = at.slice(1).map((time, index) => time - (at[index] ?? 0));
      expect(pauses[0]).toBeGreaterThan(0);
      expect(pauses[2]).toBeGreaterThan(pauses[0] ?? 0);
    });

    test('however often a task fails, it is still tried', async () => {
      let attempts = 0;
      consume(async () => {
        attempts += 1;
        throw new Error('never');
      });
      await queue.enqueue(task('a'));
      await clock.advance(hourMs);
      const before = attempts;
      await clock.advance(hourMs);
      expect(attempts).toBeGreaterThan(before);
    });

    test('a failing task does not keep others waiting', async () => {
      const seen: string[] = [];
      consume(async ({ name: taskName }) => {
        if (taskName === 'bad') throw new Error('always');
        seen.push(taskName);
      });
      await queue.enqueue(task('bad'));
      await queue.enqueue(task('good'));
      await clock.advance(0);
      expect(seen).toEqual(['good']);
    });

    test('many tasks all arrive once', async () => {
      const seen = collect();
      const names = Array.from({ length: 200 }, (_, n) => `task-${n}`);
      for (const taskName of names) await queue.enqueue(task(taskName));
      await clock.advance(60_000);
      expect(seen.toSorted()).toEqual(names.map((taskName) => `${taskName} 1`).toSorted());
    });

    test('a handler may enqueue, its own successor too', async () => {
      const seen: number[] = [];
      consume(async ({ payload }) => {
        const seq = Number(payload['seq']);
        seen.push(seq);
        if (seq < 20) await queue.enqueue(task(`a-${seq + 1}`, { payload: { seq: seq + 1 } }));
      });
      await queue.enqueue(task('a-1', { payload: { seq: 1 } }));
      await clock.advance(0);
      await clock.advance(0);
      await clock.advance(1000);
      expect(seen).toEqual(Array.from({ length: 20 }, (_, n) => n + 1));
    });

    test('stop waits for running handlers; afterwards nothing is delivered', async () => {
      const steps: string[] = [];
      const stop = consume(async ({ name: taskName }) => {
        steps.push(`${taskName} began`);
        await clock.sleep(10_000);
        steps.push(`${taskName} ended`);
      });
      await queue.enqueue(task('a'));
      await clock.advance(0);
      const stopped = stop().then(() => steps.push('stopped'));
      await queue.enqueue(task('b'));
      await clock.advance(60_000);
      await stopped;
      expect(steps).toEqual(['a began', 'a ended', 'stopped']);
      const seen = collect();
      await clock.advance(0);
      expect(seen).toEqual(['b 1']);
    });

    test('a task that a person waits for is taken up at once, though many are due and as many as may be are under way', async () => {
      const began: string[] = [];
      consume(async ({ name: taskName, isUrgent }) => {
        began.push(taskName);
        if (isUrgent !== true) await clock.sleep(30_000);
      });
      for (let n = 0; n < 50; n += 1) await queue.enqueue(task(`task-${n}`));
      await clock.advance(1_000);
      const given = task('urgent', { isUrgent: true });
      await queue.enqueue(given);
      await clock.advance(2_000);
      expect(began.at(-1)).toBe('urgent');
      await clock.advance(10 * 60_000);
      expect(began).toHaveLength(51);
    });

    test('a long handler keeps its task to itself', async () => {
      let began = 0;
      consume(async () => {
        began += 1;
        await clock.sleep(5 * 60_000);
      });
      await queue.enqueue(task('a'));
      await clock.advance(20 * 60_000);
      expect(began).toBe(1);
    });
  });
};

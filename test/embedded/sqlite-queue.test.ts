/** What is the SQLite queue's own: visibility, concurrency, tombstones, several workers on one file, what it logs. */
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { type SqliteQueueOptions, sqliteQueue } from '../../server/embedded/sqlite-queue.ts';
import { RetryError } from '../../server/errors.ts';
import { temporaryFolders } from '../support/folders.ts';
import { recordingLog } from '../support/recording-log.ts';
import { virtualClock } from '../support/virtual-clock.ts';

const newFolder = temporaryFolders();
const never = new Promise<void>(() => undefined);

const scene = (options: Partial<SqliteQueueOptions> = {}) => {
  const path = join(newFolder(), 'queue.sqlite');
  const clock = virtualClock();
  const log = recordingLog();
  return { clock, log, path, open: () => sqliteQueue(path, { clock, log, ...options }) };
};

test('the task of a worker that never answers is delivered by another one after the visibility time', async () => {
  const { clock, open } = scene({ visibilityMs: 20_000 });
  const [dead, alive] = [open(), open()];
  await dead.enqueue({ name: 'a', dueAt: clock.now(), payload: {} });
  dead.consume(() => never);
  await clock.advance(0);
  dead.close(); // As a killed process: its heartbeat goes nowhere from now on.
  const seen: number[] = [];
  const worker = alive.consume(async (_, attempt) => {
    seen.push(attempt);
  });
  await clock.advance(19_000);
  expect(seen).toEqual([]);
  await clock.advance(3000);
  expect(seen).toEqual([2]);
  await worker.stop();
  alive.close();
});

test('a handler that hangs loses its task after the longest handling time', async () => {
  const { clock, open } = scene({ maxHandlingMs: 60_000, visibilityMs: 15_000 });
  const queue = open();
  await queue.enqueue({ name: 'a', dueAt: clock.now(), payload: {} });
  const seen: number[] = [];
  queue.consume((_, attempt) => {
    seen.push(attempt);
    return attempt === 1 ? never : Promise.resolve();
  });
  await clock.advance(59_000);
  expect(seen).toEqual([1]);
  await clock.advance(20_000);
  expect(seen).toEqual([1, 2]);
  expect(queue.open()).toBe(0);
  queue.close();
});

test('no more handlers run at once than allowed, and no fewer', async () => {
  const { clock, open } = scene({ concurrency: 3 });
  const queue = open();
  let running = 0;
  let most = 0;
  const worker = queue.consume(async () => {
    running += 1;
    most = Math.max(most, running);
    await clock.sleep(1000);
    running -= 1;
  });
  for (let n = 0; n < 10; n += 1) await queue.enqueue({ name: `t${n}`, dueAt: clock.now(), payload: {} });
  await clock.advance(4000);
  expect(queue.open()).toBe(0);
  expect(most).toBe(3);
  await worker.stop();
  queue.close();
});

test('urgent tasks have places of their own, and no more than those', async () => {
  const { clock, open } = scene({ concurrency: 3, urgentConcurrency: 2 });
  const queue = open();
  let running = 0;
  let most = 0;
  const worker = queue.consume(async () => {
    running += 1;
    most = Math.max(most, running);
    await clock.sleep(1000);
    running -= 1;
  });
  const given = (name: string, isUrgent: boolean) => ({ name, dueAt: clock.now(), payload: {}, isUrgent });
  for (let n = 0; n < 10; n += 1) await queue.enqueue(given(`t${n}`, false));
  await clock.advance(10);
  for (let n = 0; n < 9; n += 1) await queue.enqueue(given(`u${n}`, true));
  await clock.advance(900);
  expect([running, most]).toEqual([5, 5]);
  await clock.advance(10_000);
  expect([queue.open(), most]).toEqual([0, 5]);
  await worker.stop();
  queue.close();
});

test('returning tasks have places of their own, and in the others they come as they are due', async () => {
  const { clock, open } = scene({ concurrency: 2, urgentConcurrency: 1, returningConcurrency: 1 });
  const queue = open();
  const seen: string[] = [];
  const worker = queue.consume(async ({ name }) => {
    seen.push(name);
    await clock.sleep(1000);
  });
  const given = (name: string, isReturning: boolean) => ({
    name,
    dueAt: clock.now(),
    payload: {},
    isReturning,
  });
  for (let n = 0; n < 6; n += 1) await queue.enqueue(given(`t${n}`, false));
  await clock.advance(10);
  for (let n = 0; n < 4; n += 1) await queue.enqueue(given(`r${n}`, true));
  await clock.advance(10);
  expect(seen).toEqual(['t0', 't1', 'r0']);
  await clock.advance(1000);
  // One returns in its own place, and none overtakes in the places for all.
  expect(seen.slice(3).sort()).toEqual(['r1', 't2', 't3']);
  await clock.advance(3000);
  expect(seen.slice(6).sort()).toEqual(['r2', 'r3', 't4', 't5']);
  await worker.stop();
  queue.close();
});

test('tasks that are due at one moment are taken up as they came', async () => {
  const { clock, open } = scene({ concurrency: 1 });
  const queue = open();
  const names = ['c', 'a', 'd', 'b'];
  await Promise.all(names.map((name) => queue.enqueue({ name, dueAt: clock.now(), payload: {} })));
  const seen: string[] = [];
  const worker = queue.consume(async ({ name }) => void seen.push(name));
  await clock.advance(100);
  expect(seen).toEqual(names);
  await worker.stop();
  queue.close();
});

test('tasks asked for at one moment are one commit, whose failure is the answer to each', async () => {
  const { clock, open, path } = scene();
  const queue = open();
  const other = new DatabaseSync(path);
  const versionOf = () => Number(other.prepare('pragma data_version').get()?.['data_version']);
  const before = versionOf();
  const given = Array.from({ length: 50 }, (_, n) => ({ name: `t${n}`, dueAt: clock.now(), payload: {} }));
  const outcomes = Promise.allSettled([...given, { name: 'a b', dueAt: 0, payload: {} }].map(queue.enqueue));
  expect((await outcomes).map(({ status }) => status)).toEqual([...given.map(() => 'fulfilled'), 'rejected']);
  expect([queue.open(), versionOf() - before]).toEqual([50, 1]);
  queue.close();
  const late = await Promise.allSettled(given.map(queue.enqueue));
  expect(new Set(late.map(({ status }) => status))).toEqual(new Set(['rejected']));
  other.close();
});

const earlier = {
  'there were urgent tasks': `create table tasks (name text primary key, due_at integer not null, payload text not null,
     attempt integer not null default 0, visible_at integer not null, ended_at integer) strict, without rowid;
   create index tasks_open on tasks (visible_at) where ended_at is null;
   insert into tasks (name, due_at, payload, visible_at) values ('old', 5, '{}', 5)`,
  'tasks had a place in line': `create table tasks (name text primary key, due_at integer not null, payload text not null,
     attempt integer not null default 0, visible_at integer not null, ended_at integer, is_urgent integer not null default 0) strict, without rowid;
   create index tasks_of_kind on tasks (is_urgent, visible_at) where ended_at is null;
   insert into tasks (name, due_at, payload, visible_at, is_urgent) values ('old', 5, '{}', 5, 1)`,
};
test.each(Object.entries(earlier))('a file of before %s goes on', async (what, sql) => {
  const { clock, open, path } = scene();
  const old = new DatabaseSync(path);
  old.exec(sql);
  old.close();
  const queues = [open(), open()];
  const seen: unknown[] = [];
  const worker = queues[0]?.consume(async (task) => {
    seen.push(task);
  });
  await clock.advance(0);
  const isUrgent = what === 'tasks had a place in line';
  expect(seen).toEqual([{ name: 'old', dueAt: 5, payload: {}, ...(isUrgent ? { isUrgent } : {}) }]);
  await worker?.stop();
  for (const queue of queues) queue.close();
});

test('two workers on one file share the tasks without doubling any', async () => {
  const { clock, open } = scene();
  const queues = [open(), open()];
  const seen: string[] = [];
  const workers = queues.map((queue) =>
    queue.consume(async ({ name }) => {
      seen.push(name);
      await clock.sleep(10);
    }),
  );
  const names = Array.from({ length: 50 }, (_, n) => `t${n}`);
  for (const name of names) await queues[0]?.enqueue({ name, dueAt: clock.now(), payload: {} });
  await clock.advance(60_000);
  expect(seen.toSorted()).toEqual(names.toSorted());
  for (const worker of workers) await worker.stop();
  for (const queue of queues) queue.close();
});

test('pauses double from one second to a minute', async () => {
  const { clock, open } = scene();
  const queue = open();
  const at: number[] = [];
  const worker = queue.consume(async () => {
    at.push(clock.now());
    throw new RetryError('NETWORK', { problem: 'x' });
  });
  await queue.enqueue({ name: 'a', dueAt: clock.now(), payload: {} });
  await clock.advance(5 * 60_000);
  const pauses = at.slice(1).map((time, index) => Math.round((time - (at[index] ?? 0)) / 1000));
  expect(pauses).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 60]);
  await worker.stop();
  queue.close();
});

test('a name is free again once its tombstone was swept', async () => {
  const { clock, open } = scene({ tombstoneMs: 3_600_000 });
  const queue = open();
  let count = 0;
  const worker = queue.consume(async () => {
    count += 1;
  });
  await queue.enqueue({ name: 'a', dueAt: clock.now(), payload: {} });
  await clock.advance(2 * 3_600_000);
  await queue.enqueue({ name: 'a', dueAt: clock.now(), payload: {} });
  await clock.advance(0);
  expect(count).toBe(2);
  await worker.stop();
  queue.close();
});

test('a task that failed is logged with its name and error; an unknown error as one', async () => {
  const { clock, log, open } = scene();
  const queue = open();
  const bug = new TypeError('a bug');
  const worker = queue.consume(async ({ name }) => {
    throw name === 'known' ? new RetryError('NETWORK', { problem: 'x' }) : bug;
  });
  await queue.enqueue({ name: 'known', dueAt: clock.now(), payload: { secret: 's3cret' } });
  await queue.enqueue({ name: 'unknown', dueAt: clock.now(), payload: {} });
  await clock.advance(0);
  expect(log.entries.map(({ level, fields }) => [level, fields['task']])).toEqual([
    ['warn', 'known'],
    ['error', 'unknown'],
  ]);
  expect(log.entries[1]?.fields['error']).toBe(bug);
  expect(JSON.stringify(log.entries)).not.toContain('s3cret');
  await worker.stop();
  queue.close();
});

test('a worker whose file fails says so and goes on trying', async () => {
  const { clock, log, open } = scene();
  const queue = open();
  const worker = queue.consume(async () => undefined);
  queue.close();
  await clock.advance(5000);
  expect(log.entries.filter(({ level }) => level === 'error').length).toBeGreaterThan(2);
  await worker.stop();
});

test('names that Cloud Tasks would refuse are refused', async () => {
  const { open } = scene();
  const queue = open();
  for (const name of ['', 'a b', 'a/b', 'é', 'x'.repeat(501)])
    await expect(queue.enqueue({ name, dueAt: 0, payload: {} })).rejects.toThrow(TypeError);
  queue.close();
});

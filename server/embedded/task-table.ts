/**
 * Tasks in SQLite. A task is open until a handler has resolved; then it stays as a tombstone, so that its name cannot come
 * again soon. An open task is delivered when `visible_at` has come. Claiming moves `visible_at` on by the visibility time
 * and counts the attempt: a worker that dies says nothing, and the task comes up again by itself.
 */
import type { Task } from '../ports.ts';
import { openSqlite, type Row } from './open-sqlite.ts';

export interface Claim {
  task: Task;
  /** 1 for the first delivery. */
  attempt: number;
}

export interface TaskTable {
  /** False when the name is known, open or ended. */
  insert(task: Task): boolean;
  /** Up to `limit` due tasks, longest due first, hidden from others until `visibleAt`. */
  claim(now: number, visibleAt: number, limit: number): Claim[];
  /** Moves the next delivery of a claimed task, unless another worker has claimed it since. */
  show(claim: Claim, visibleAt: number): void;
  /** The task has ended at `now`; its payload is forgotten. */
  finish(name: string, now: number): void;
  /** When the next open task becomes due; undefined without one. */
  nextAt(): number | undefined;
  /** Forgets tombstones of tasks that ended before `endedBefore`. */
  sweep(endedBefore: number): void;
  /** Open tasks, due or not. */
  open(): number;
  close(): void;
}

const schema = `
  create table if not exists tasks (
    name text primary key, due_at integer not null, payload text not null,
    attempt integer not null default 0, visible_at integer not null, ended_at integer
  ) strict, without rowid;
  create index if not exists tasks_open on tasks (visible_at) where ended_at is null;
  create index if not exists tasks_ended on tasks (ended_at) where ended_at is not null;
`;

export const taskTable = (path: string): TaskTable => {
  const sqlite = openSqlite(path, schema);
  return {
    insert: ({ name, dueAt, payload }) =>
      sqlite.run(
        'insert into tasks (name, due_at, payload, visible_at) values (?1, ?2, ?3, ?2) on conflict (name) do nothing',
        name,
        Math.floor(dueAt),
        JSON.stringify(payload),
      ) === 1,
    claim: (now, visibleAt, limit) =>
      sqlite
        .all(
          `update tasks set attempt = attempt + 1, visible_at = ?2 where name in (
             select name from tasks where ended_at is null and visible_at <= ?1 order by visible_at, name limit ?3
           ) returning name, due_at, payload, attempt`,
          now,
          visibleAt,
          limit,
        )
        .map(claimOf)
        .sort((a, b) => a.task.dueAt - b.task.dueAt || (a.task.name < b.task.name ? -1 : 1)),
    show({ task, attempt }, visibleAt) {
      sqlite.run(
        'update tasks set visible_at = ? where name = ? and attempt = ? and ended_at is null',
        visibleAt,
        task.name,
        attempt,
      );
    },
    finish(name, now) {
      sqlite.run(
        `update tasks set ended_at = ?, payload = '' where name = ? and ended_at is null`,
        now,
        name,
      );
    },
    nextAt() {
      const at = sqlite.get('select min(visible_at) as at from tasks where ended_at is null')?.['at'];
      return typeof at === 'number' ? at : undefined;
    },
    sweep(endedBefore) {
      sqlite.run('delete from tasks where ended_at < ?', endedBefore);
    },
    open: () => Number(sqlite.get('select count(*) as count from tasks where ended_at is null')?.['count']),
    close: () => sqlite.close(),
  };
};

const claimOf = (row: Row): Claim => ({
  task: {
    name: String(row['name']),
    dueAt: Number(row['due_at']),
    payload: JSON.parse(String(row['payload'])),
  },
  attempt: Number(row['attempt']),
});

/**
 * Tasks in SQLite. A task is open until a handler has resolved; then it stays as a tombstone, so that its name cannot come
 * again soon. An open task is delivered when `visible_at` has come. Claiming moves `visible_at` on by the visibility time
 * and counts the attempt: a worker that dies says nothing, and the task comes up again by itself.
 */
import type { Task } from '../ports.ts';
import { openSqlite, type Row, type Sqlite } from './open-sqlite.ts';

export interface Claim {
  task: Task;
  /** 1 for the first delivery. */
  attempt: number;
}

export type TaskKind = 'urgent' | 'other';

export interface TaskTable {
  /** False when the name is known, open or ended. */
  insert(task: Task): boolean;
  /** Up to `limit` due tasks of a kind, longest due first, hidden from others until `visibleAt`. */
  claim(kind: TaskKind, now: number, visibleAt: number, limit: number): Claim[];
  /** Moves the next delivery of a claimed task, unless another worker has claimed it since. */
  show(claim: Claim, visibleAt: number): void;
  /** The task has ended at `now`; its payload is forgotten. */
  finish(name: string, now: number): void;
  /** When the next open task of a kind becomes due; undefined without one. */
  nextAt(kind: TaskKind): number | undefined;
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
  create index if not exists tasks_ended on tasks (ended_at) where ended_at is not null;
`;

export const taskTable = (path: string): TaskTable => {
  const sqlite = openSqlite(path, schema);
  tellUrgentApart(sqlite);
  return {
    insert: ({ name, dueAt, payload, isUrgent = false }) =>
      sqlite.run(
        'insert into tasks (name, due_at, payload, visible_at, is_urgent) values (?1, ?2, ?3, ?2, ?4) on conflict (name) do nothing',
        name,
        Math.floor(dueAt),
        JSON.stringify(payload),
        isUrgent ? 1 : 0,
      ) === 1,
    claim: (kind, now, visibleAt, limit) =>
      sqlite
        .all(
          `update tasks set attempt = attempt + 1, visible_at = ?2 where name in (
             select name from tasks where ended_at is null and is_urgent = ?4 and visible_at <= ?1 order by visible_at, name limit ?3
           ) returning name, due_at, payload, attempt, is_urgent`,
          now,
          visibleAt,
          limit,
          codeOf[kind],
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
    nextAt(kind) {
      const sql = 'select min(visible_at) as at from tasks where ended_at is null and is_urgent = ?';
      const at = sqlite.get(sql, codeOf[kind])?.['at'];
      return typeof at === 'number' ? at : undefined;
    },
    sweep(endedBefore) {
      sqlite.run('delete from tasks where ended_at < ?', endedBefore);
    },
    open: () => Number(sqlite.get('select count(*) as count from tasks where ended_at is null')?.['count']),
    close: () => sqlite.close(),
  };
};

const codeOf: Record<TaskKind, number> = { urgent: 1, other: 0 };

/** A file of before 2026-11-21 has no column for it: its tasks are none that a person waits for. */
const tellUrgentApart = (sqlite: Sqlite): void =>
  sqlite.immediate(() => {
    const [known] = sqlite.all(`select name from pragma_table_info('tasks') where name = 'is_urgent'`);
    if (known === undefined) sqlite.run('alter table tasks add column is_urgent integer not null default 0');
    sqlite.run(
      'create index if not exists tasks_of_kind on tasks (is_urgent, visible_at) where ended_at is null',
    );
  });

const claimOf = (row: Row): Claim => ({
  task: {
    name: String(row['name']),
    dueAt: Number(row['due_at']),
    payload: JSON.parse(String(row['payload'])),
    ...(row['is_urgent'] === codeOf.urgent ? { isUrgent: true } : {}),
  },
  attempt: Number(row['attempt']),
});

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

export type TaskKind = 'urgent' | 'returning' | 'other';

export interface TaskTable {
  /** Of all of them in one commit: false where the name is known, open or ended. */
  insert(tasks: readonly Task[]): boolean[];
  /** Up to `limit` due tasks of these kinds, longest due first and then as they came, hidden from others until `visibleAt`. */
  claim(kinds: readonly TaskKind[], now: number, visibleAt: number, limit: number): Claim[];
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
    attempt integer not null default 0, visible_at integer not null, ended_at integer,
    kind integer not null default 0, place integer not null default 0
  ) strict, without rowid;
  create index if not exists tasks_ended on tasks (ended_at) where ended_at is not null;
`;

export const taskTable = (path: string): TaskTable => {
  const sqlite = openSqlite(path, schema);
  bringUpToDate(sqlite);
  /** Of tasks that are due at one moment. A process before this one put in none that are due as late. */
  let place = 0;
  return {
    insert: (tasks) =>
      sqlite.immediate(() =>
        tasks.map(({ name, dueAt, payload, ...how }) => {
          place += 1;
          const sql =
            'insert into tasks (name, due_at, payload, visible_at, kind, place) values (?1, ?2, ?3, ?2, ?4, ?5) on conflict (name) do nothing';
          return sqlite.run(sql, name, Math.floor(dueAt), JSON.stringify(payload), kindOf(how), place) === 1;
        }),
      ),
    claim: (kinds, now, visibleAt, limit) =>
      sqlite
        .all(
          // Each kind by its own index, so that a long line costs no more than a short one.
          `update tasks set attempt = attempt + 1, visible_at = ?2 where name in (
             select name from (${kinds.map((kind) => dueOf(codeOf[kind])).join(' union all ')}) order by visible_at, place, name limit ?3
           ) returning name, due_at, payload, attempt, kind, place`,
          now,
          visibleAt,
          limit,
        )
        .sort(
          (a, b) =>
            numberOf(a, 'due_at') - numberOf(b, 'due_at') || numberOf(a, 'place') - numberOf(b, 'place'),
        )
        .map(claimOf),
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
      const sql = 'select min(visible_at) as at from tasks where ended_at is null and kind = ?';
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

const codeOf: Record<TaskKind, number> = { urgent: 1, returning: 2, other: 0 };
const kindOf = ({ isUrgent, isReturning }: Pick<Task, 'isUrgent' | 'isReturning'>): number =>
  codeOf[isUrgent === true ? 'urgent' : isReturning === true ? 'returning' : 'other'];

const dueOf = (code: number): string =>
  `select * from (select name, visible_at, place from tasks where ended_at is null and kind = ${code} and visible_at <= ?1 order by visible_at, place, name limit ?3)`;

/** Files of before 2026-11-21 knew no kinds, and for a day only urgent ones; their tasks are the first in line. */
const bringUpToDate = (sqlite: Sqlite): void =>
  sqlite.immediate(() => {
    const columns = sqlite.all(`select name from pragma_table_info('tasks')`).map(({ name }) => name);
    if (columns.includes('is_urgent')) sqlite.run('alter table tasks rename column is_urgent to kind');
    else if (!columns.includes('kind'))
      sqlite.run('alter table tasks add column kind integer not null default 0');
    if (!columns.includes('place'))
      sqlite.run('alter table tasks add column place integer not null default 0');
    sqlite.run('drop index if exists tasks_of_kind');
    sqlite.run(
      'create index if not exists tasks_in_line on tasks (kind, visible_at, place) where ended_at is null',
    );
  });

const numberOf = (row: Row, column: string): number => Number(row[column]);

const claimOf = (row: Row): Claim => ({
  task: {
    name: String(row['name']),
    dueAt: Number(row['due_at']),
    payload: JSON.parse(String(row['payload'])),
    ...(row['kind'] === codeOf.urgent ? { isUrgent: true } : {}),
    ...(row['kind'] === codeOf.returning ? { isReturning: true } : {}),
  },
  attempt: Number(row['attempt']),
});

/**
 * The query child: a process of its own around DuckDB, so that a query that runs wild can be ended without ending the server.
 * One question at a time, each in an in-memory database that reads and spills only in the question's folder. The child ends
 * itself when its memory passes the hard limit, and when the server is gone.
 */
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { runCaged } from './child-cage.ts';
import { spoolInOrder } from './child-order.ts';
import { countGaps, spoolRows } from './child-rows.ts';
import { type Answer, type Asked, overMemoryStatus, RefusedQuery } from './query-protocol.ts';

const watchEveryMs = 50;

let hardLimitMb = Number.POSITIVE_INFINITY;
setInterval(() => {
  if (process.memoryUsage.rss() > hardLimitMb * 1_048_576) process.exit(overMemoryStatus);
}, watchEveryMs).unref();

process.on('disconnect', () => process.exit(0));
process.on('message', (asked: Asked) => {
  hardLimitMb = asked.hardLimitMb;
  void answer(asked).then((said) => process.send?.(said));
});

/** Never rejects: every failure is an answer. */
async function answer(asked: Asked): Promise<Answer> {
  const { number } = asked;
  try {
    await act(asked);
    // Texts of a thousand records came in as strings: they go before the next thousand come.
    globalThis.gc?.();
    return { number, kind: 'done' };
  } catch (error) {
    if (error instanceof RefusedQuery) return { number, kind: error.kind, problem: error.message };
    const problem = error instanceof Error ? error.message : String(error);
    // DuckDB quotes the value that it failed on: what stands before the first quote may leave this process.
    return { number, kind: 'failed', problem: (problem.split(/["'\n]/)[0] ?? '').slice(0, 200) };
  }
}

async function act({ question, folder, memoryLimitMb }: Asked): Promise<void> {
  const isCaged = question.kind === 'rows' && question.cage !== null;
  const instance = await DuckDBInstance.create(':memory:', {
    threads: '2',
    memory_limit: `${memoryLimitMb}MiB`,
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    // Or else an estimate decides which side of a join is held in memory, and it may be the one with the texts.
    disabled_optimizers: 'build_side_probe_side',
    // Order is asked for by name, except by people's own queries.
    preserve_insertion_order: isCaged ? 'true' : 'false',
    temp_directory: isCaged ? '' : join(folder, 'spill'),
  });
  const connection = await instance.connect();
  try {
    if (isCaged) await withSpool(question.spool, (file) => runCaged(connection, question, file));
    else await runOurs(connection, question, folder);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** Our own statements: they see their folder and nothing else. */
async function runOurs(
  connection: DuckDBConnection,
  question: Asked['question'],
  folder: string,
): Promise<void> {
  await connection.run(`set allowed_directories = ['${folder.replaceAll("'", "''")}/']`);
  await connection.run('set enable_external_access = false');
  await connection.run('set lock_configuration = true');
  switch (question.kind) {
    case 'run':
      for (const statement of question.statements) await connection.run(statement);
      return;
    case 'rows': {
      for (const statement of question.setup) await connection.run(statement);
      const gaps = await countGaps(connection, question);
      return withSpool(question.spool, (file) =>
        question.keys === 0
          ? spoolRows(connection, question, question.sql, gaps, file)
          : spoolInOrder(connection, question, folder, gaps, file),
      );
    }
  }
}

async function withSpool(path: string, act: (file: number) => Promise<void>): Promise<void> {
  const file = openSync(path, 'wx', 0o600);
  try {
    await act(file);
  } finally {
    closeSync(file);
  }
}

/**
 * The query child: a process of its own around DuckDB, so that a query that runs wild can be ended without ending the server.
 * One question at a time, each in an in-memory database that reads and spills only in the question's folder. The child ends
 * itself when its memory passes the hard limit, and when the server is gone.
 */
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { runCaged } from './child-cage.ts';
import { spoolRows } from './child-rows.ts';
import { writeSegmentFile } from './child-segment.ts';
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
    return { number, kind: 'done' };
  } catch (error) {
    if (error instanceof RefusedQuery) return { number, kind: error.kind, problem: error.message };
    const problem = error instanceof Error ? error.message : String(error);
    // DuckDB quotes the record that it failed on: only the first line's beginning may leave this process.
    return { number, kind: 'failed', problem: (problem.split('\n')[0] ?? '').slice(0, 200) };
  }
}

async function act({ question, folder, memoryLimitMb }: Asked): Promise<void> {
  const isCaged = question.kind === 'rows' && question.cage !== null;
  const instance = await DuckDBInstance.create(':memory:', {
    threads: '2',
    memory_limit: `${memoryLimitMb}MiB`,
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    // Fields of records are told apart by case nowhere, and order is always asked for by name.
    preserve_insertion_order: question.kind === 'write' || isCaged ? 'true' : 'false',
    temp_directory: isCaged ? '' : join(folder, 'spill'),
  });
  const connection = await instance.connect();
  try {
    if (isCaged) await runCaged(connection, question);
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
    case 'write':
      return writeSegmentFile(connection, question.file, question.columns);
    case 'run':
      for (const statement of question.statements) await connection.run(statement);
      return;
    case 'rows': {
      for (const statement of question.setup) await connection.run(statement);
      return withSpool(question.spool, (file) => spoolRows(connection, question, file));
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

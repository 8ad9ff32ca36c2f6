/** The server's side of the query child: one question at a time, each in a private folder and within limits. */
import { mkdirSync, rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { turns } from '../domain/turns.ts';
import { FatalError, RetryError, UserError } from '../errors.ts';
import type { Clock, Log } from '../ports.ts';
import { type ChildEnd, queryChild } from './child-process.ts';
import { type Answer, overMemoryStatus, type Question } from './query-protocol.ts';

export interface QueryEngine {
  /**
   * Makes a private folder (mode 700), lets `prepare` fill it and say the question, asks it, and iterates what `take` finds in
   * the folder; afterwards the folder is gone. While the caller iterates, others may ask. Errors: `QUERY_REFUSED` and `QUERY_LIMIT`
   * for a person's own SQL; for ours FatalError `QUERY_FAILED` after a second try when the child died or took too long;
   * RetryError `SHUTTING_DOWN` once closed.
   */
  ask<T>(
    prepare: (folder: string) => Promise<Question>,
    take: (folder: string) => AsyncIterable<T>,
  ): AsyncIterable<T>;
  /** Process id of the warm child; undefined when none runs. */
  readonly childPid: number | undefined;
  /** Ends the child and removes the folder. Twice: nothing happens. */
  close(): Promise<void>;
}

export interface QueryEngineOptions {
  /** Owned by this engine alone: emptied at start, removed at the end. In the cloud on tmpfs. */
  folder: string;
  /** DuckDB's own limit; the whole child may take `childOverheadMb` more before it is ended. */
  memoryLimitMb: number;
  /** For one question. */
  timeoutMs: number;
  clock: Pick<Clock, 'sleep'>;
  log: Log;
}

/** What V8, the libraries and DuckDB's unaccounted buffers take beside its limit (measured over 120,000 lines: 266 MB at most). */
export const childOverheadMb = 220;

export function openQueryEngine({
  folder,
  memoryLimitMb,
  timeoutMs,
  clock,
  log,
}: QueryEngineOptions): QueryEngine {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const child = queryChild(log);
  const removeAll = () => rmSync(folder, { recursive: true, force: true });
  process.once('exit', removeAll);
  let isClosed = false;
  const inTurn = turns();

  const askOnce = async (
    question: Question,
    place: string,
  ): Promise<Answer | ChildEnd | { kind: 'late' }> => {
    if (isClosed) throw new RetryError('SHUTTING_DOWN');
    const inTime = new AbortController();
    try {
      return await Promise.race([
        child.ask({ question, folder: place, memoryLimitMb, hardLimitMb: memoryLimitMb + childOverheadMb }),
        clock.sleep(timeoutMs, inTime.signal).then(() => ({ kind: 'late' }) as const),
      ]);
    } finally {
      inTime.abort();
    }
  };

  const settle = async (question: Question, place: string): Promise<void> => {
    const isTheirs = question.kind === 'rows' && question.cage !== null;
    for (let isLast = isTheirs; ; isLast = true) {
      const answer = await askOnce(question, place);
      if (answer.kind === 'done') return;
      if (answer.kind === 'refused') throw new UserError('QUERY_REFUSED', { problem: answer.problem });
      if (answer.kind === 'limit') throw new UserError('QUERY_LIMIT', { limit: answer.problem });
      if (answer.kind === 'failed') throw new FatalError('QUERY_FAILED', {}, new Error(answer.problem));
      const problem = 'status' in answer ? (answer.status === overMemoryStatus ? 'memory' : 'ended') : 'late';
      log.warn('a query was given up', { problem });
      await child.kill();
      if (isClosed) throw new RetryError('SHUTTING_DOWN');
      if (isTheirs && problem !== 'ended')
        throw new UserError('QUERY_LIMIT', {
          limit: problem === 'late' ? `${timeoutMs / 1000} seconds` : 'the memory that a query may use',
        });
      if (isLast) throw new FatalError('QUERY_FAILED', {}, new Error(problem));
      // Nothing was handed out yet, so that a second try is harmless.
      if (question.kind === 'rows') await rm(question.spool, { force: true });
    }
  };

  return {
    get childPid() {
      return child.pid;
    },
    async *ask(prepare, take) {
      if (isClosed) throw new RetryError('SHUTTING_DOWN');
      const place = await mkdtemp(join(folder, 'q-'));
      try {
        const question = await prepare(place);
        await inTurn(() => settle(question, place));
        yield* take(place);
      } finally {
        await rm(place, { recursive: true, force: true });
      }
    },
    async close() {
      isClosed = true;
      await child.kill();
      process.off('exit', removeAll);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The query child as a process: started when it is needed, asked one thing at a time, replaced when it ends. */
import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Log } from '../ports.ts';
import { leanMalloc } from './lean-malloc.ts';
import type { Answer, Asked } from './query-protocol.ts';

/** How a child ended while it was asked. */
export interface ChildEnd {
  kind: 'ended';
  status: number | null;
}

export interface QueryChild {
  /** Resolves with the answer, or with how the child ended instead. One call at a time. */
  ask(asked: Omit<Asked, 'number'>): Promise<Answer | ChildEnd>;
  readonly pid: number | undefined;
  /** Ends it at once; the next `ask` starts another. Resolves when it is gone. */
  kill(): Promise<void>;
}

const entry = fileURLToPath(new URL('./query-child.ts', import.meta.url));

export function queryChild(log: Log): QueryChild {
  let current: ChildProcess | undefined;
  let asked = 0;

  const started = (): ChildProcess => {
    if (current !== undefined) return current;
    const child = fork(entry, {
      // No secret of the server's environment goes with it, and no zone of the machine moves a day.
      env: { TZ: 'UTC', ...leanMalloc },
      // Small young spaces: they grow with the texts that pass through and are never given back (160 MB after 80 pages).
      execArgv: [
        '--max-old-space-size=160',
        '--max-semi-space-size=2',
        '--expose-gc',
        '--disable-warning=ExperimentalWarning',
      ],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    child.on('error', (error) => log.error('the query child failed', { problem: error.message }));
    child.once('exit', (status, signal) => {
      if (current === child) current = undefined;
      log.info('the query child ended', { status, signal });
    });
    // An idle child keeps nobody waiting at the end of the server.
    child.unref();
    current = child;
    return child;
  };

  return {
    get pid() {
      return current?.pid;
    },
    ask(question) {
      const child = started();
      const number = ++asked;
      return new Promise((resolve) => {
        const end = (answer: Answer | ChildEnd) => {
          child.off('message', heard);
          child.off('exit', ended);
          child.channel?.unref();
          resolve(answer);
        };
        const heard = (answer: Answer) => answer.number === number && end(answer);
        const ended = (status: number | null) => end({ kind: 'ended', status });
        child.on('message', heard);
        child.on('exit', ended);
        child.channel?.ref();
        child.send({ ...question, number }, (error) => {
          // The exit event follows and tells the caller.
          if (error !== null) child.kill('SIGKILL');
        });
      });
    },
    async kill() {
      const child = current;
      if (child === undefined) return;
      current = undefined;
      const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
      child.ref();
      child.kill('SIGKILL');
      await gone;
    },
  };
}

/** A run's state in a few words, for a terminal. */
import type { RunView } from '../../shared/contract/run.ts';
import { sayNumber } from './table.ts';

const words: Record<RunView['status'], string> = {
  queued: 'starting',
  running: 'working',
  waiting: 'waiting',
  succeeded: 'succeeded',
  'succeeded-with-gaps': 'succeeded with gaps',
  failed: 'failed',
  cancelled: 'cancelled',
};

export const progressText = (run: RunView): string => words[run.status];

/** The most telling line about runs under way: who reads, how far, or what they wait for. */
export function worldText(runs: readonly RunView[]): string {
  const done = runs.filter((run) => run.endedAt !== null).length;
  const moving = runs.find((run) => run.status === 'running' && run.progress !== null);
  const waiting = runs.find((run) => run.status === 'waiting' && run.waitingFor?.code !== 'PULL_IN_FLIGHT');
  const head = `${done} of ${runs.length} done`;
  if (moving?.progress) {
    const { what, done: count, total } = moving.progress;
    return `${head} · ${what}${total === null ? '' : `, ${sayNumber(count)} of ${sayNumber(total)}`}`;
  }
  return waiting?.waitingFor ? `${head} · ${waiting.waitingFor.sentence}` : head;
}

/** One line that rewrites itself on a terminal and is gone once all have ended; nothing where there is no terminal. */
export function progressLine(out: NodeJS.WriteStream): (runs: readonly RunView[]) => void {
  if (!out.isTTY) return () => undefined;
  return (runs) => {
    const isOver = runs.every((run) => run.endedAt !== null);
    // One line only: what a terminal wraps cannot be taken back.
    out.write(`\r\u001b[K${isOver ? '' : worldText(runs).slice(0, (out.columns || 80) - 1)}`);
  };
}

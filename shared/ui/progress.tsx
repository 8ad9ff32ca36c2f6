/** What a run is doing, how much, and why it waits. A bar never goes backwards: it is only drawn when the total is known. */
import type { JSX } from 'preact';
import type { RunView } from '../contract/run.ts';
import { sayCount, sayWhenWithin } from './when.ts';

export function progressSentence(run: RunView, now: Date): string {
  if (run.isCancelling) return 'Stopping after the piece of work in hand.';
  if (run.status === 'queued') return 'Starting.';
  if (run.status === 'waiting' && run.waitingFor !== null) {
    const until = run.dueAt === null ? '' : ` Resumes ${sayWhenWithin(run.dueAt, now)}.`;
    return `${run.waitingFor.sentence}${until}`;
  }
  const { progress } = run;
  if (progress === null) return 'Reading from Xero.';
  if (progress.total === null)
    return progress.done === 0 ? `${progress.what}.` : `${progress.what}, ${sayCount(progress.done)}.`;
  return `${progress.what}, ${sayCount(progress.done)} of ${sayCount(progress.total)}.`;
}

export function RunProgress({ run, now }: { run: RunView; now: Date }): JSX.Element {
  const { progress } = run;
  const total = progress?.total ?? null;
  return (
    <div class="progress" aria-live="polite">
      <p>{progressSentence(run, now)}</p>
      {progress === null || total === null || total === 0 ? null : (
        <progress max={total} value={Math.min(progress.done, total)} aria-label={progress.what} />
      )}
    </div>
  );
}

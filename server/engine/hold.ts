/**
 * Holding a run while its units are under way: the lease is renewed, progress reaches people, and whatever takes the run
 * away aborts the unit's signal.
 *
 * lost: another worker has the run, or it ended. cancel: a person asked for its end. stop: this server stops.
 * stuck: the unit took longer than a unit may. The first of them stays. After an abort the unit has `graceMs` to give up
 * by itself; then nobody waits for it any more, and the fencing number keeps out whatever it may still say.
 */
import { type Held, isHeld } from '../domain/checkpoint.ts';
import type { Progress, Run } from '../domain/run.ts';
import { renew } from '../domain/run-hand-over.ts';
import { RetryError } from '../errors.ts';
import type { Ports } from '../ports.ts';
import { moveRun } from './move-run.ts';
import type { EngineOptions } from './options.ts';
import type { StepContext } from './step.ts';

export type Ending = 'lost' | 'cancel' | 'stop' | 'stuck';

export interface Hold extends Pick<StepContext, 'signal' | 'guard' | 'report'> {
  ending(): Ending | undefined;
  /** The newest report, saved or not. */
  progress(): Progress | null;
  /** The engine has written the run by itself, and the lease now ends then. */
  wasRenewed(run: Run): void;
  /** Does one unit; rejects when the unit was aborted and did not give up in its grace. */
  during<T>(unit: () => Promise<T>): Promise<T>;
  /** Ends the heartbeat. Nothing of it runs when this resolves. */
  release(): Promise<void>;
}

export function holdRun(
  ports: Pick<Ports, 'store' | 'clock' | 'log'>,
  runId: string,
  held: Held,
  claimed: Run,
  { options, stop }: { options: EngineOptions; stop: AbortSignal },
): Hold {
  const { clock, log, store } = ports;
  const aborting = new AbortController();
  const released = new AbortController();
  let ending: Ending | undefined;
  let progress: Progress | null = null;
  let isSaved = true;
  let leaseUntil = claimed.leaseUntil ?? 0;
  let renewedAt = clock.now();
  let unitStartedAt = renewedAt;

  const abandoned = Promise.withResolvers<never>();
  // Nobody may be waiting for a unit when it is rejected.
  abandoned.promise.catch(() => undefined);
  const end = (why: Ending): void => {
    if (ending) return;
    ending = why;
    const error = endingError(why);
    aborting.abort(error);
    void clock.sleep(options.graceMs, released.signal).then(() => abandoned.reject(error));
  };
  const onStop = (): void => end('stop');
  if (stop.aborted) onStop();
  else stop.addEventListener('abort', onStop, { once: true });

  const see = (run: Run | undefined): void => {
    if (!run || !isHeld(run, held)) end('lost');
    else if (run.cancelRequestedAt !== null) end('cancel');
  };
  const noteLease = (run: Run): void => {
    leaseUntil = run.leaseUntil ?? leaseUntil;
    renewedAt = clock.now();
  };
  const renewNow = async (): Promise<void> => {
    const at = { now: clock.now(), leaseMs: options.leaseMs, progress };
    // Before the write: what is reported while it is under way is not in it.
    isSaved = true;
    const run = await moveRun(ports, runId, (stored) => renew(stored, held, at));
    see(run);
    if (run) noteLease(run);
  };

  const beat = async (): Promise<void> => {
    for (;;) {
      await clock.sleep(options.progressMs, released.signal);
      if (released.signal.aborted || ending) return;
      const now = clock.now();
      if (now - unitStartedAt > options.unitMs) return end('stuck');
      // The distance, not the difference: a clock that was set back must not stop the heartbeat.
      if (isSaved && Math.abs(now - renewedAt) < options.heartbeatMs) continue;
      try {
        await renewNow();
      } catch (error) {
        log.warn('A heartbeat failed', { runId, error: String(error) });
        if (clock.now() >= leaseUntil) return end('lost');
      }
    }
  };
  const beating = beat();

  return {
    signal: aborting.signal,
    ending: () => ending,
    progress: () => progress,
    wasRenewed(run) {
      noteLease(run);
      isSaved = true;
    },
    report(news) {
      progress = news;
      isSaved = false;
    },
    async guard() {
      if (ending) throw endingError(ending);
      const isShort = Math.abs(leaseUntil - clock.now() - options.leaseMs) > options.leaseMs / 2;
      if (isShort) await renewNow();
      else see((await store.get('runs', runId))?.data);
      if (ending) throw endingError(ending);
    },
    async during(unit) {
      unitStartedAt = clock.now();
      return Promise.race([unit(), abandoned.promise]);
    },
    async release() {
      stop.removeEventListener('abort', onStop);
      released.abort();
      await beating;
    },
  };
}

const endingError = (ending: Ending): RetryError =>
  new RetryError(ending === 'stop' ? 'SHUTTING_DOWN' : 'FENCED_OUT');

/**
 * Sheets for a unit that reads much. What it has read it holds in memory alone: sent away in the middle to come back later, it begins
 * anew, and where it reads more than a minute's quota holds, or a few such runs of one person share it, none ever comes to its end.
 * So once a unit has begun, it waits for the quota in place.
 */
import { WaitError } from '../../../errors.ts';
import type { Ports, Sheets } from '../../../ports.ts';
import type { StepContext } from '../../step.ts';

/** All of a minute's calls are free again within it (domain/allowance.ts), and Google's own refusals are waited for no longer. */
const longestWaitMs = 70_000;
/** Of all waits of one unit; with its calls it stays well under what the engine gives a unit (options.ts). */
const mostWaitedMs = 10 * 60_000;

/**
 * `held` renews what must not lapse in a wait. The first call that is refused goes on to the engine as WaitError, as does a longer
 * wait; a write goes out after a wait only while the run is still ours.
 */
export function patientSheets(
  { sheets, clock }: Pick<Ports, 'sheets' | 'clock'>,
  { signal, guard }: Pick<StepContext, 'signal' | 'guard'>,
  held: () => Promise<unknown>,
): Sheets {
  let hasBegun = false;
  let waitedMs = 0;

  const patiently = async <T>(call: () => Promise<T>, isWrite = false): Promise<T> => {
    for (;;) {
      try {
        const answer = await call();
        hasBegun = true;
        return answer;
      } catch (error) {
        if (!hasBegun || !(error instanceof WaitError) || error.code !== 'GOOGLE_QUOTA') throw error;
        const waitMs = Math.max(1, error.untilAt - clock.now());
        waitedMs += waitMs;
        if (waitMs > longestWaitMs || waitedMs > mostWaitedMs) throw error;
        await clock.sleep(waitMs, signal);
        if (signal.aborted) throw error;
        await held();
        if (isWrite) await guard();
      }
    }
  };

  return {
    layout: (...asked) => patiently(() => sheets.layout(...asked)),
    cells: (...asked) => patiently(() => sheets.cells(...asked)),
    fill: (...asked) => patiently(() => sheets.fill(...asked), true),
    apply: (...asked) => patiently(() => sheets.apply(...asked), true),
  };
}

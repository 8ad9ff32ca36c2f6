/** Makes a call again when it failed with RetryError, a bounded number of times. */
import { RetryError } from '../errors.ts';
import type { Ports } from '../ports.ts';
import { wrapMethods } from './wrap-methods.ts';

export interface RetryOptions {
  /** Calls at most, the first included. Default 4. */
  tries?: number;
  /** Before the second call; doubles each time up to the maximum. Defaults 200 ms and 5 s. */
  minPauseMs?: number;
  maxPauseMs?: number;
  /** Only these methods; all when absent. */
  methods?: readonly string[];
}

/**
 * For ports whose methods may be called twice without harm. Everything but RetryError comes out at once, and the last
 * RetryError comes out as it is. Pauses are random between half and the whole, so that many callers do not march in step.
 */
export const withRetry = <P extends object>(
  port: P,
  { clock, random }: Pick<Ports, 'clock' | 'random'>,
  { tries = 4, minPauseMs = 200, maxPauseMs = 5000, methods }: RetryOptions = {},
): P =>
  wrapMethods(
    port,
    async ({ make }) => {
      for (let count = 1; ; count += 1) {
        try {
          return await make();
        } catch (error) {
          if (!(error instanceof RetryError) || count >= tries) throw error;
          const pauseMs = Math.min(maxPauseMs, minPauseMs * 2 ** (count - 1));
          const share = 0.5 + (random.bytes(1)[0] ?? 0) / 510;
          await clock.sleep(Math.round(pauseMs * share));
        }
      }
    },
    methods,
  );

/** Tells the log of every call of a port: method, duration, outcome. Never arguments or answers: they may hold secrets or records. */
import { FoliokeepError } from '../errors.ts';
import type { Clock, Log } from '../ports.ts';
import { wrapMethods } from './wrap-methods.ts';

/** `name` is the port's, as in `store`. Unknown errors and fatal ones are warnings here; who ends the run logs them whole. */
export const withLog = <P extends object>(port: P, name: string, log: Log, clock: Clock): P =>
  wrapMethods(port, async ({ method, make }) => {
    const beganAt = clock.now();
    const fields = () => ({ port: name, method, durationMs: clock.now() - beganAt });
    try {
      const answer = await make();
      log.debug('port call', { ...fields(), outcome: 'ok' });
      return answer;
    } catch (error) {
      const code = error instanceof FoliokeepError ? error.code : 'UNKNOWN';
      const isOrdinary = error instanceof FoliokeepError && (error.kind === 'user' || error.kind === 'wait');
      log[isOrdinary ? 'debug' : 'warn']('port call', { ...fields(), outcome: 'failed', code });
      throw error;
    }
  });

/** Cancelling a run. */
import type { Run } from '../domain/run.ts';
import { requestCancel } from '../domain/run-end.ts';
import type { Ports } from '../ports.ts';
import { moveRun } from './move-run.ts';
import { type EngineOptions, engineDefaults } from './options.ts';

/**
 * Ends a run that nobody is working on at once; a worker obeys within its unit. Twice, or after the end: nothing happens.
 * Undefined when there is no such run.
 */
export async function requestRunCancel(
  ports: Pick<Ports, 'store' | 'clock'>,
  runId: string,
  options: EngineOptions = engineDefaults,
): Promise<Run | undefined> {
  const at = { now: ports.clock.now(), leaseMs: options.leaseMs };
  return moveRun(ports, runId, (run) => requestCancel(run, at));
}

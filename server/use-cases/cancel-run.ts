/** A person cancels a run. */
import type { RunView } from '../../shared/contract/run.ts';
import type { Actor } from '../domain/team.ts';
import { type EngineOptions, engineDefaults } from '../engine/options.ts';
import { requestRunCancel } from '../engine/request-cancel.ts';
import type { Ports } from '../ports.ts';
import { mustEdit } from './own.ts';
import { viewOfRun } from './run-view.ts';
import { ownRun } from './runs.ts';

/**
 * The run as it is then: ended, or `isCancelling` until its worker has obeyed. Ended already: nothing happens. FORBIDDEN
 * for a viewer, NOT_FOUND for another team's.
 */
export async function cancelRun(
  ports: Pick<Ports, 'store' | 'clock'>,
  actor: Actor,
  runId: string,
  options: EngineOptions = engineDefaults,
): Promise<RunView> {
  mustEdit(actor);
  const { data } = await ownRun(ports.store, actor, runId);
  return viewOfRun(runId, (await requestRunCancel(ports, runId, options)) ?? data);
}

/** A person runs an exporter now. */
import type { RunView } from '../../shared/contract/run.ts';
import type { Actor } from '../domain/team.ts';
import { mustBeKept } from '../engine/access/kept-data.ts';
import { auditIn } from '../engine/audit/append-audit.ts';
import { type EngineOptions, engineDefaults } from '../engine/options.ts';
import { startRun } from '../engine/start-run.ts';
import type { Ports } from '../ports.ts';
import { noteOf } from './note-of.ts';
import { mustEdit, ownExporter } from './own.ts';
import { planRun } from './plan-run.ts';
import type { Confirmation } from './plan-steps.ts';
import { viewOfRun } from './run-view.ts';

/**
 * The new run, or the active one: a second click joins. An exporter that is paused or needs its person may be run; what
 * is wrong still shows in the run, and a success takes it up again. DELETION_DUE while its data is to be deleted, FORBIDDEN for a viewer, NOT_FOUND for another team's.
 */
export async function startExporterRun(
  ports: Pick<Ports, 'store' | 'queue' | 'clock' | 'ids'>,
  actor: Actor,
  exporterId: string,
  confirm: readonly Confirmation[] = [],
  options: EngineOptions = engineDefaults,
): Promise<RunView & { isNew: boolean }> {
  mustEdit(actor);
  const { data } = await ownExporter(ports.store, actor, exporterId);
  const at = ports.clock.now();
  const { runId, run, isNew } = await startRun(
    ports,
    {
      teamId: actor.teamId,
      exporterId,
      requestedBy: actor.userId,
      trigger: 'manual',
      steps: planRun(exporterId, data, confirm),
      beside: async (tx) => {
        await mustBeKept(tx, data);
        const note = await auditIn(tx, actor.teamId);
        return () => note(noteOf(actor, 'run-exporter', { kind: 'exporter', id: exporterId }, at));
      },
    },
    options,
  );
  return { ...viewOfRun(runId, run), isNew };
}

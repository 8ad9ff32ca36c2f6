/** The one way in which a stored run changes: a pure decision inside a transaction; with its end the exporter is free and told of. */
import { assertMove, hasEnded, type Run } from '../domain/run.ts';
import { exporterAfterRun } from '../domain/run-end.ts';
import type { Ports } from '../ports.ts';
import { isNews, noticesOfMove } from './notices/notices-of-move.ts';

/**
 * Writes what `decide` answers, unless it is the run it was given. Undefined when there is no such run or `decide` says so.
 * The transaction may be repeated after it was committed: a decision must recognise its own result and answer with it.
 */
export async function moveRun(
  ports: Pick<Ports, 'store'>,
  runId: string,
  decide: (run: Run) => Run | undefined,
): Promise<Run | undefined> {
  const decision = await decideRun(ports, runId, (stored) => {
    const run = decide(stored);
    return run && { run };
  });
  return decision?.run;
}

/** As `moveRun`, for decisions that say more than the run. */
export async function decideRun<D extends { run: Run }>(
  ports: Pick<Ports, 'store'>,
  runId: string,
  decide: (run: Run) => D | undefined,
): Promise<D | undefined> {
  return ports.store.transaction(async (tx) => {
    const stored = await tx.get('runs', runId);
    const decision = stored && decide(stored.data);
    if (!decision || decision.run === stored.data) return decision;
    assertMove(stored.data, decision.run);
    const isEnd = hasEnded(decision.run);
    const exporter =
      isEnd || isNews(stored.data, decision.run)
        ? await tx.get('exporters', decision.run.exporterId)
        : undefined;
    const told = exporter && (await noticesOfMove(tx, runId, stored.data, decision.run, exporter));
    tx.set('runs', runId, decision.run);
    if (isEnd && told) tx.set('exporters', exporter.id, exporterAfterRun(told.exporter, runId, decision.run));
    told?.write();
    return decision;
  });
}

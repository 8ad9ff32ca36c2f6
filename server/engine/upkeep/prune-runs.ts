/** Runs that ended long ago go; the last one of each exporter stays, however old it is. */
import { hasEnded, type Run } from '../../domain/run.ts';
import type { Ports, Stored } from '../../ports.ts';
import { inRounds } from './in-rounds.ts';

type Needs = Pick<Ports, 'store' | 'clock'>;

const most = 200;

/** A chore: at most so many of the runs that were requested `keepRunsMs` ago or earlier; answers how many went. */
export function pruneRuns(ports: Needs, { keepRunsMs }: { keepRunsMs: number }): () => Promise<number> {
  const nextRuns = inRounds('runs', { orderBy: 'requestedAt', most });
  return async () => {
    const before = ports.clock.now() - keepRunsMs;
    const old = await nextRuns(ports.store, [{ field: 'requestedAt', op: '<=', value: before }]);
    let pruned = 0;
    for (const run of old) if (await prune(ports, run, before)) pruned += 1;
    return pruned;
  };
}

async function prune(ports: Needs, { id, data }: Stored<'runs'>, before: number): Promise<boolean> {
  if (!isOver(data, before)) return false;
  return ports.store.transaction(async (tx) => {
    const run = await tx.get('runs', id);
    const exporter = await tx.get('exporters', data.exporterId);
    if (run === undefined || !isOver(run.data, before)) return false;
    const isShown = exporter !== undefined && exporter.data.status !== 'deleted';
    if (isShown && (exporter.data.lastRunId === id || exporter.data.activeRunId === id)) return false;
    tx.delete('runs', id);
    return true;
  });
}

const isOver = (run: Run, before: number): boolean =>
  hasEnded(run) && run.endedAt !== null && run.endedAt <= before;

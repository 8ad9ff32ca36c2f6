/** Watching runs. */
import type { RunView } from '../../shared/contract/run.ts';
import type { Actor } from '../domain/team.ts';
import { UserError } from '../errors.ts';
import type { Ports, Reader, Stored } from '../ports.ts';
import { ownExporter } from './own.ts';
import { cursorText, readCursor } from './page-cursor.ts';
import { viewOfRun } from './run-view.ts';

/** NOT_FOUND for another team's run, as for one that never was. */
export async function ownRun(reader: Reader, actor: Actor, runId: string): Promise<Stored<'runs'>> {
  const found = await reader.get('runs', runId);
  if (!found || found.data.teamId !== actor.teamId) throw new UserError('NOT_FOUND', { what: 'run' });
  return found;
}

export async function getRun(ports: Pick<Ports, 'store'>, actor: Actor, runId: string): Promise<RunView> {
  const { id, data } = await ownRun(ports.store, actor, runId);
  return viewOfRun(id, data);
}

export interface RunPage {
  runs: RunView[];
  /** Sent as `after` for the page that follows; null at the end. */
  next: string | null;
}

/** An exporter's runs, newest first. INVALID_INPUT when `after` is not the `next` of a page. */
export async function listRuns(
  ports: Pick<Ports, 'store'>,
  actor: Actor,
  exporterId: string,
  page: { limit: number; after?: string | undefined },
): Promise<RunPage> {
  const after = readCursor(page.after);
  await ownExporter(ports.store, actor, exporterId);
  const found = await ports.store.query('runs', {
    where: [
      { field: 'teamId', op: '==', value: actor.teamId },
      { field: 'exporterId', op: '==', value: exporterId },
    ],
    orderBy: { field: 'requestedAt', direction: 'desc' },
    limit: page.limit + 1,
    ...(after === undefined ? {} : { after }),
  });
  const runs = found.slice(0, page.limit);
  const last = runs.at(-1);
  return {
    runs: runs.map(({ id, data }) => viewOfRun(id, data)),
    next:
      found.length > page.limit && last ? cursorText({ id: last.id, value: last.data.requestedAt }) : null,
  };
}

/** What a team has of one organisation: its connections, exporters and runs. */
import type { Deletion } from '../domain/deletion.ts';
import { hasEnded } from '../domain/run.ts';
import { cancel, fenceOut } from '../domain/run-end.ts';
import { moveRun } from '../engine/move-run.ts';
import type { Ports, Reader, Stored } from '../ports.ts';

const pageSize = 100;

/** Deleted ones too when asked for: their documents are there. */
export async function* organisationExporters(
  reader: Pick<Reader, 'query'>,
  teamId: string,
  organisationId: string,
  { withDeleted = false } = {},
): AsyncGenerator<Stored<'exporters'>> {
  for (let after: string | undefined; ; ) {
    const page = await reader.query('exporters', {
      where: [
        { field: 'teamId', op: '==', value: teamId },
        { field: 'organisationId', op: '==', value: organisationId },
      ],
      limit: pageSize,
      ...(after === undefined ? {} : { after: { id: after } }),
    });
    for (const one of page) if (withDeleted || one.data.status !== 'deleted') yield one;
    if (page.length < pageSize) return;
    after = page.at(-1)?.id;
  }
}

export async function organisationConnections(
  reader: Pick<Reader, 'query'>,
  { teamId, organisationId }: Pick<Deletion, 'teamId' | 'organisationId'>,
): Promise<Array<Stored<'connections'>>> {
  return reader.query('connections', {
    where: [
      { field: 'teamId', op: '==', value: teamId },
      { field: 'organisationId', op: '==', value: organisationId },
    ],
    limit: 300,
  });
}

/** Cancelled at once: whoever works on one of them has no effect any more. Twice: nothing happens. */
export async function stopRuns(
  ports: Pick<Ports, 'store' | 'clock'>,
  { teamId, organisationId }: Pick<Deletion, 'teamId' | 'organisationId'>,
): Promise<void> {
  for await (const { data } of organisationExporters(ports.store, teamId, organisationId, {
    withDeleted: true,
  })) {
    if (data.activeRunId === null) continue;
    const now = ports.clock.now();
    await moveRun(ports, data.activeRunId, (run) => (hasEnded(run) ? run : cancel(fenceOut(run), now)));
  }
}

/** All exporters of the team, page by page, and how often to look again. */
import type { ExporterView } from '../../shared/contract/exporter.ts';
import { callApi } from './server-api.ts';

const pageSize = 200;

export async function loadExporters(): Promise<ExporterView[]> {
  const all: ExporterView[] = [];
  let after: string | null = null;
  do {
    const query: { limit: number; after?: string } = {
      limit: pageSize,
      ...(after === null ? {} : { after }),
    };
    const page: { exporters: ExporterView[]; next: string | null } = await callApi('listExporters', {
      query,
    });
    all.push(...page.exporters);
    after = page.next;
  } while (after !== null);
  return all;
}

/** How long until they are asked for again: soon while a run is under way, less often with hundreds. */
export function exporterPause(exporters: readonly ExporterView[] | undefined): number {
  const isMoving = exporters?.some((one) => one.activeRun !== null) === true;
  if (!isMoving) return 15_000;
  return exporters.length > 50 ? 3_000 : 1_000;
}

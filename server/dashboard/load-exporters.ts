/** All exporters of the team, page by page. */
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

/** Planted: the end of a run does not free its exporter. */
import type { Bug } from './planted.ts';

export const exporterNeverFree: Bug = {
  name: 'exporter-never-free',
  breaks: 'the end of a run does not free its exporter',
  file: 'server/domain/run-end.ts',
  search: '    activeRunId: exporter.activeRunId === runId ? null : exporter.activeRunId,',
  replace: '    activeRunId: exporter.activeRunId,',
  by: 'I5',
};

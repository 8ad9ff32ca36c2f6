/** Runs and exporters as the API shows them, complete, for tests of what people see. */
import type { ExporterView } from '../../shared/contract/exporter.ts';
import type { RunView } from '../../shared/contract/run.ts';

export const runView = (part: Partial<RunView> = {}): RunView => ({
  id: 'run1',
  exporterId: 'exporter1',
  status: 'succeeded',
  trigger: 'manual',
  requestedAt: '2026-03-04T05:00:00.000Z',
  slotAt: null,
  startedAt: '2026-03-04T05:00:01.000Z',
  endedAt: '2026-03-04T05:00:03.500Z',
  dueAt: null,
  waitingFor: null,
  progress: null,
  counters: { rows: 10, cellsWritten: 2, xeroCalls: 1, xeroBytes: 100 },
  gaps: [],
  news: [],
  error: null,
  isCancelling: false,
  ...part,
});

export const exporterView = (part: Partial<ExporterView> = {}): ExporterView => ({
  id: 'exporter1',
  name: 'Open invoices',
  connectionId: 'connection1',
  organisation: 'Demo Company (NZ)',
  timeZone: 'Pacific/Auckland',
  dataset: 'invoices',
  params: {},
  columns: null,
  filters: [],
  spreadsheetId: 'spreadsheet1',
  tabTitle: 'Invoices',
  sheetId: 1,
  status: 'active',
  schedule: null,
  nextDueAt: null,
  pausedAt: null,
  createdAt: '2026-03-01T00:00:00.000Z',
  activeRun: null,
  lastRun: runView(),
  published: { rows: 10, at: '2026-03-04T05:00:03.000Z' },
  ...part,
});

export const failedWith = (code: string, button = ''): RunView =>
  runView({ status: 'failed', error: { code, sentence: 'It failed.', button } });

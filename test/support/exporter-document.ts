/** A small valid exporter for tests. */
import type { Exporter } from '../../server/domain/exporter.ts';

export const exporterDocument = (change: Partial<Exporter> = {}): Exporter => ({
  v: 1,
  teamId: 'team',
  name: 'Invoices',
  createdBy: 'user',
  createdAt: 0,
  connectionId: 'connection',
  organisationId: 'organisation',
  dataset: 'invoices',
  params: {},
  columns: null,
  filters: [],
  destination: { spreadsheetId: 'spreadsheet', googleGrantId: 'grant', tabTitle: 'Invoices' },
  status: 'active',
  activeRunId: null,
  lastRunId: null,
  published: null,
  schedule: null,
  nextDueAt: null,
  slotsTakenUntil: null,
  lastSlotAt: null,
  missedSlotAt: null,
  pausedAt: null,
  ...change,
});

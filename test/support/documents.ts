/** Small valid documents for tests that need some, whatever they mean. */
import type { Document } from '../../server/domain/documents.ts';

export const leaseDocument = (change: Partial<Document<'leases'>> = {}): Document<'leases'> => ({
  v: 1,
  teamId: 'team',
  holder: null,
  fencing: 0,
  until: 0,
  ...change,
});

export const sessionDocument = (change: Partial<Document<'sessions'>> = {}): Document<'sessions'> => ({
  v: 1,
  teamId: 'team',
  userId: 'user',
  csrfToken: 'csrf',
  createdAt: 0,
  expiresAt: 0,
  ...change,
});

/** A run that just began; `leaseUntil` and `dueAt` are null, as most are. */
export const runDocument = (change: Partial<Document<'runs'>> = {}): Document<'runs'> => ({
  v: 1,
  teamId: 'team',
  exporterId: 'exporter',
  trigger: 'manual',
  requestedBy: 'user',
  requestedAt: 0,
  status: 'queued',
  seq: 0,
  steps: [],
  stepIndex: 0,
  fencing: 0,
  leaseUntil: null,
  dueAt: null,
  waitingFor: null,
  progress: null,
  counters: { rows: 0, cellsWritten: 0, xeroCalls: 0, xeroBytes: 0 },
  gaps: [],
  error: null,
  cancelRequestedAt: null,
  startedAt: null,
  heartbeatAt: null,
  deadlineAt: 0,
  endedAt: null,
  rescues: 0,
  holder: null,
  units: 0,
  ...change,
});

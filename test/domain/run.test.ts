/** The table of moves, claims, ends and gaps of a run, case by case. */
import { expect, test } from 'vitest';
import { mergeGaps, mostGaps, recordUnit } from '../../server/domain/checkpoint.ts';
import type { Gap } from '../../server/domain/gap.ts';
import { assertMove, hasLiveLease, type Run } from '../../server/domain/run.ts';
import { claim } from '../../server/domain/run-claim.ts';
import { cancel, exporterAfterRun, fail, failOverdue, succeed } from '../../server/domain/run-end.ts';
import { handOver, reissue } from '../../server/domain/run-hand-over.ts';
import { runDocument } from '../support/documents.ts';
import { exporterDocument } from '../support/exporter-document.ts';

const step = { kind: 'copy', input: null, checkpoint: null, isDone: false };
const ready = (change: Partial<Run> = {}): Run =>
  runDocument({ seq: 3, dueAt: 0, deadlineAt: 1_000_000, steps: [step], ...change });
const task = { seq: 3, holder: 'me', now: 100, leaseMs: 60, maxRescues: 2, isAlone: false, hasWaited: false };
const held = { holder: 'me', fencing: 7, seq: 3 };
const holding = (change: Partial<Run> = {}): Run =>
  ready({ status: 'running', holder: 'me', fencing: 7, leaseUntil: 150, dueAt: null, ...change });

test('a claim takes the lease with the next fencing number', () => {
  expect(claim(ready({ fencing: 6 }), task)).toMatchObject({
    kind: 'claimed',
    run: {
      status: 'running',
      fencing: 7,
      holder: 'me',
      leaseUntil: 160,
      dueAt: null,
      startedAt: 100,
      rescues: 0,
    },
  });
});

test.each([
  ['older', ready({ seq: 4 })],
  ['nothing', ready({ seq: 2 })],
  ['nothing', ready({ status: 'succeeded' })],
  ['held', holding({ holder: 'other' })],
  ['claimed', holding()],
  ['closed', ready({ cancelRequestedAt: 90 })],
  ['closed', ready({ deadlineAt: 100 })],
  ['soon', ready({ status: 'waiting', dueAt: 50_000 })],
  ['soon', ready({ status: 'waiting', dueAt: 101 })],
  ['claimed', ready({ status: 'waiting', dueAt: 100 })],
  ['claimed', holding({ holder: 'other', leaseUntil: 100 })],
  ['claimed', holding({ holder: 'other', leaseUntil: 100, rescues: 1 })],
  ['closed', holding({ holder: 'other', leaseUntil: 100, rescues: 2 })],
] as const)('a task answers %s (%#)', (kind, run) => {
  expect(claim(run, task).kind).toBe(kind);
});

test('a due time ahead is waited for a little; who has waited acts, or has a new task for it', () => {
  const waiting = (dueAt: number) => ready({ status: 'waiting', dueAt });
  const waited = { ...task, hasWaited: true };
  expect(claim(waiting(1_100), task)).toEqual({ kind: 'soon', run: waiting(1_100), ms: 1_000 });
  expect(claim(waiting(3_600_000), task)).toMatchObject({ kind: 'soon', ms: 5_000 });
  expect(claim(waiting(110), waited)).toMatchObject({ kind: 'claimed' });
  expect(claim(waiting(3_600_000), { ...waited, now: 5_100 })).toMatchObject({
    kind: 'early',
    run: { seq: 4, dueAt: 3_600_000, rescues: 0 },
  });
});

test('a dead worker counts as a rescue, and too many end the run as poisoned', () => {
  const dead = holding({ holder: 'other', leaseUntil: 100, rescues: 1 });
  expect(claim(dead, task).run).toMatchObject({ rescues: 2, fencing: 8 });
  expect(claim({ ...dead, rescues: 2 }, task).run).toMatchObject({
    status: 'failed',
    error: { code: 'POISON_TASK', details: { rescues: 2 } },
  });
  expect(reissue({ ...dead, rescues: 2 }, { ...task, seq: 3 }).error?.code).toBe('POISON_TASK');
});

test('a run whose workers died over and over is for a worker with nothing else in hand, until it shows a unit', () => {
  const dead = holding({ holder: 'other', leaseUntil: 100, rescues: 2, deaths: 2 });
  const bounds = { ...task, maxRescues: 10 };
  expect(claim(dead, bounds)).toEqual({ kind: 'suspect', run: dead });
  const { run } = claim(dead, { ...bounds, isAlone: true });
  expect(run).toMatchObject({ rescues: 3, deaths: 3, holder: 'me' });
  const record = {
    unit: 0,
    place: { kind: 'more', checkpoint: 1 },
    counters: {},
    gaps: [],
    progress: null,
  } as const;
  expect(recordUnit(run, { ...held, fencing: 8 }, record, bounds)).toMatchObject({ rescues: 0, deaths: 0 });
  // Trouble that kills nobody makes no suspect, however often it comes.
  expect(claim(ready({ rescues: 9 }), bounds).kind).toBe('claimed');
  expect(reissue(dead, bounds)).toMatchObject({ deaths: 3, holder: null });
  expect(claim(reissue(dead, bounds), { ...bounds, seq: 4 }).kind).toBe('suspect');
});

test('a lease from a clock that has been set back is no lease', () => {
  expect(hasLiveLease(holding({ leaseUntil: 220 }), task)).toBe(true);
  expect(hasLiveLease(holding({ leaseUntil: 221 }), task)).toBe(false);
  expect(hasLiveLease(holding({ leaseUntil: 100 }), task)).toBe(false);
});

test('a unit is recorded once: the same record again changes nothing, another one is refused', () => {
  const record = {
    unit: 0,
    place: { kind: 'more' as const, checkpoint: 1 },
    counters: { rows: 2 },
    gaps: [],
    progress: null,
  };
  const at = { now: 110, leaseMs: 60 };
  const once = recordUnit(holding({ rescues: 2 }), held, record, at);
  expect(once).toMatchObject({
    units: 1,
    counters: { rows: 2 },
    rescues: 0,
    leaseUntil: 170,
    steps: [{ checkpoint: 1 }],
  });
  expect(once && recordUnit(once, held, record, at)).toBe(once);
  // A cancel that came in between must not open the door to counting twice.
  const cancelled = { ...(once as Run), cancelRequestedAt: 111 };
  expect(recordUnit(cancelled, held, record, at)).toBe(cancelled);
  expect(recordUnit(holding(), held, { ...record, unit: 1 }, at)).toBeUndefined();
  expect(recordUnit(holding({ fencing: 8 }), held, record, at)).toBeUndefined();
  expect(recordUnit(holding({ holder: null }), held, record, at)).toBeUndefined();
});

test('the end of the last step is the end of the run, and one gap takes the plain word', () => {
  const record = { unit: 0, place: { kind: 'done' as const }, counters: {}, gaps: [], progress: null };
  const gap: Gap = { what: 'invoices', reason: 'unreadable-record', count: 1 };
  const at = { now: 110, leaseMs: 60 };
  expect(recordUnit(holding(), held, record, at)).toMatchObject({
    status: 'succeeded',
    endedAt: 110,
    holder: null,
  });
  expect(recordUnit(holding(), held, { ...record, gaps: [gap] }, at)?.status).toBe('succeeded-with-gaps');
  expect(recordUnit(holding({ steps: [step, step] }), held, record, at)).toMatchObject({
    status: 'running',
    stepIndex: 1,
  });
});

test('a step that is done and a run that ended keep no place', () => {
  const steps = [{ ...step, checkpoint: { pages: [1] } }, step];
  const done = { unit: 0, place: { kind: 'done' as const }, counters: {}, gaps: [], progress: null };
  const at = { now: 110, leaseMs: 60 };
  expect(recordUnit(holding({ steps }), held, done, at)?.steps[0]).toMatchObject({
    isDone: true,
    checkpoint: null,
  });
  for (const ended of [
    fail(holding({ steps }), { code: 'INTERNAL', details: {} }, 110),
    cancel(holding({ steps }), 110),
  ])
    expect(ended.steps.map(({ checkpoint }) => checkpoint)).toEqual([null, null]);
});

test('retries are bounded and end with their own error; waits are not counted', () => {
  const at = { now: 110, maxRescues: 2 };
  const waitingFor = { code: 'NETWORK', details: { problem: 'reset' } };
  const retry = { kind: 'retry' as const, waitingFor, dueAt: 500 };
  expect(handOver(holding({ rescues: 1 }), held, retry, at)).toMatchObject({
    status: 'waiting',
    seq: 4,
    dueAt: 500,
    waitingFor,
    rescues: 2,
    holder: null,
  });
  expect(handOver(holding({ rescues: 2 }), held, retry, at)).toMatchObject({
    status: 'failed',
    error: waitingFor,
  });
  expect(handOver(holding({ rescues: 2 }), held, { kind: 'stuck' }, at)?.error?.code).toBe('POISON_TASK');
  expect(handOver(holding({ rescues: 2 }), held, { ...retry, kind: 'wait' }, at)).toMatchObject({
    status: 'waiting',
    rescues: 2,
  });
  expect(handOver(holding({ cancelRequestedAt: 1 }), held, retry, at)?.status).toBe('cancelled');
});

test('an overdue run says what it was waiting for', () => {
  const run = ready({ status: 'waiting', waitingFor: { code: 'XERO_DAY_LIMIT', details: {} } });
  expect(failOverdue(run, 5)).toMatchObject({
    status: 'failed',
    waitingFor: null,
    error: { code: 'DEADLINE', details: { waitingFor: 'XERO_DAY_LIMIT' } },
  });
});

test.each([
  ['active', 'NEEDS_RECONNECT', 'needs-reconnect'],
  ['active', 'SCOPE_MISSING', 'needs-reconnect'],
  ['active', 'XERO_PERMISSION', 'needs-reconnect'],
  ['active', 'NEEDS_FILE', 'needs-file'],
  ['active', 'NEEDS_GOOGLE', 'needs-file'],
  ['active', 'SHEET_MISSING', 'needs-file'],
  ['active', 'CELL_LIMIT', 'active'],
  ['needs-file', 'NETWORK', 'needs-file'],
  ['paused', 'NEEDS_FILE', 'paused'],
  ['deleted', 'NEEDS_RECONNECT', 'deleted'],
] as const)('an exporter that is %s and fails with %s becomes %s', (status, code, becomes) => {
  const run = ready({ status: 'failed', error: { code, details: {} } });
  const exporter = exporterDocument({ status, activeRunId: 'run', lastRunId: 'before' });
  expect(exporterAfterRun(exporter, 'run', run)).toEqual({
    ...exporter,
    status: becomes,
    activeRunId: null,
    lastRunId: 'run',
  });
});

test('a success takes an exporter up again, and leaves the next run of it alone', () => {
  const exporter = exporterDocument({ status: 'needs-reconnect', activeRunId: 'next' });
  expect(exporterAfterRun(exporter, 'run', succeed(ready(), 1))).toMatchObject({
    status: 'active',
    activeRunId: 'next',
    lastRunId: 'run',
  });
});

test('gaps of one thing and reason add up; beyond the bound they keep their reason and their count', () => {
  const gap = (what: string, count = 1): Gap => ({ what, reason: 'unreadable-value', count });
  expect(mergeGaps([gap('a')], [gap('b'), gap('a', 4)])).toEqual([gap('a', 5), gap('b')]);
  const many = Array.from({ length: mostGaps + 50 }, (_, index) => gap(`record ${index}`));
  const merged = mergeGaps(mergeGaps([], many), [gap('record 0'), gap('record 240', 2)]);
  expect(merged).toHaveLength(mostGaps + 1);
  expect(merged.at(-1)).toEqual(gap('other', 52));
  expect(merged[0]).toEqual(gap('record 0', 2));
});

test('a move outside the table, or back in numbers, is refused as a bug', () => {
  expect(() => assertMove(ready({ status: 'failed' }), ready({ status: 'running' }))).toThrow(
    'failed to running',
  );
  expect(() => assertMove(ready({ status: 'failed' }), ready({ status: 'failed' }))).toThrow();
  expect(() => assertMove(ready(), ready({ status: 'waiting' }))).toThrow('queued to waiting');
  expect(() => assertMove(ready({ fencing: 2 }), ready({ fencing: 1 }))).toThrow('fencing');
  expect(() => assertMove(ready(), ready({ seq: 2 }))).toThrow('seq');
});

import { describe, expect, it } from 'vitest';
import { beginResource, type ProgressOfResource } from '../../server/domain/pull-progress.ts';
import { mostAgeMs, type ReportProgress, verdictOf } from '../../server/domain/report-settling.ts';

const now = 10 * mostAgeMs;
const old: ReportProgress = {
  report: 'trial-balance',
  path: 'Reports/TrialBalance',
  query: {},
  through: '2026-11-30',
  ledger: ['invoices', 'bank-transfers'],
  known: 'settled',
  knownAt: 0,
  fetchedAt: null,
  changesBy: {},
  madeAfter: null,
  rounds: 0,
  settled: null,
  unsettled: null,
};
const invoices = beginResource('since', 0);
const transfers = beginResource('whole', null);
const readAt = (progress: ProgressOfResource, at: number): ProgressOfResource => ({
  ...progress,
  stage: 'read',
  readAt: at,
  readThere: at,
});
const verdict = (report: ReportProgress, lists: readonly [ProgressOfResource, ProgressOfResource]) =>
  verdictOf(report, { invoices: lists[0], 'bank-transfers': lists[1] }, now);

describe('a report that will be fetched', () => {
  it('because it is old waits for no list: their reading after it settles it', () => {
    expect(verdict(old, [invoices, transfers])).toBe('fetch');
    expect(verdictOf(old, { invoices }, now)).toBe('fetch');
  });

  it('that is young waits for all of its ledger', () => {
    expect(verdict({ ...old, knownAt: now }, [invoices, transfers])).toBe('wait');
  });
});

describe('a report that was fetched', () => {
  const fetched = { ...old, fetchedAt: now, madeAfter: now, rounds: 1 };
  const stamped = { ...readAt(invoices, now), changes: 2, changedAt: now - 1 };
  const unstamped = { ...readAt(transfers, now), changes: 1, changedAt: null };

  it('has taken in what was found without a stamp before it was asked for, and what is stamped before it was made', () => {
    expect(verdict({ ...fetched, changesBy: { 'bank-transfers': 1 } }, [stamped, unstamped])).toBe('settled');
  });

  it('is fetched again when more was found without a stamp after it', () => {
    expect(verdict({ ...fetched, changesBy: {} }, [stamped, unstamped])).toBe('fetch');
    expect(verdict({ ...fetched, rounds: 3 }, [stamped, unstamped])).toBe('unsettled');
  });

  it('is fetched again when something is stamped after it was made', () => {
    const changesBy = { 'bank-transfers': 1, invoices: 1 };
    expect(verdict({ ...fetched, changesBy }, [{ ...stamped, changedAt: now }, unstamped])).toBe('fetch');
  });
});

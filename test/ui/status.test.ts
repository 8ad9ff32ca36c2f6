/** What state an exporter is said to be in. */
import { describe, expect, it } from 'vitest';
import { isMended, rightAt, statusOf } from '../../shared/ui/status.tsx';
import { exporterView, failedWith, runView } from '../support/views.ts';

describe('statusOf', () => {
  it.each([
    ['ok', exporterView()],
    ['new', exporterView({ lastRun: null, published: null })],
    ['working', exporterView({ activeRun: runView({ status: 'running' }) })],
    ['working', exporterView({ status: 'paused', activeRun: runView({ status: 'queued' }) })],
    ['waiting', exporterView({ activeRun: runView({ status: 'waiting' }) })],
    ['paused', exporterView({ status: 'paused', lastRun: failedWith('INTERNAL') })],
    ['needs-you', exporterView({ status: 'needs-reconnect' })],
    ['needs-you', exporterView({ status: 'needs-file' })],
    ['needs-you', exporterView({ lastRun: failedWith('EMPTY_ANSWER', 'Run anyway') })],
    ['needs-you', exporterView({ lastRun: runView({ status: 'succeeded-with-gaps' }) })],
    ['failed', exporterView({ lastRun: failedWith('INTERNAL') })],
    ['cancelled', exporterView({ lastRun: runView({ status: 'cancelled' }) })],
    ['ready', exporterView({ lastRun: failedWith('NEEDS_RECONNECT', 'Reconnect Xero') })],
  ])('%s', (kind, exporter) => {
    expect(statusOf(exporter)).toBe(kind);
  });

  it('stays with the person while access is still missing', () => {
    const cut = exporterView({
      status: 'needs-reconnect',
      lastRun: failedWith('NEEDS_RECONNECT', 'Reconnect'),
    });
    expect(isMended(cut)).toBe(false);
    expect(statusOf(cut)).toBe('needs-you');
  });
});

describe('rightAt', () => {
  it('is the end of a run that found nothing to write', () => {
    const later = runView({ endedAt: '2026-03-05T06:00:00.000Z' });
    expect(rightAt(exporterView({ lastRun: later }))).toBe('2026-03-05T06:00:00.000Z');
  });
  it('is not moved by a run that failed, nor known before the first rows', () => {
    const failed = { ...failedWith('INTERNAL'), endedAt: '2026-03-05T06:00:00.000Z' };
    expect(rightAt(exporterView({ lastRun: failed }))).toBe('2026-03-04T05:00:03.000Z');
    expect(rightAt(exporterView({ published: null }))).toBeNull();
  });
});

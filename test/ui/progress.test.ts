/** What a run under way is said to be doing. */
import { expect, it } from 'vitest';
import { progressSentence } from '../../shared/ui/progress.tsx';
import { runView } from '../support/views.ts';

const now = new Date('2026-03-04T05:00:00Z');
const running = { status: 'running', endedAt: null } as const;

it.each([
  ['Starting.', { status: 'queued' as const }],
  ['Reading from Xero.', running],
  ['Writing rows.', { ...running, progress: { what: 'Writing rows', done: 0, total: null } }],
  [
    'Reading invoices, 3,000.',
    { ...running, progress: { what: 'Reading invoices', done: 3000, total: null } },
  ],
  [
    'Reading bank transactions, 12,000 of 40,000.',
    { ...running, progress: { what: 'Reading bank transactions', done: 12_000, total: 40_000 } },
  ],
  ['Stopping after the piece of work in hand.', { ...running, isCancelling: true }],
])('%s', (sentence, part) => {
  expect(progressSentence(runView(part), now)).toBe(sentence);
});

it('says what it waits for and until when', () => {
  const waitingFor = { code: 'XERO_DAY_LIMIT', sentence: 'Waiting for Xero’s daily limit.', button: '' };
  const run = runView({ status: 'waiting', waitingFor, dueAt: '2026-03-04T14:20:00.000Z' });
  expect(progressSentence(run, now)).toMatch(
    /^Waiting for Xero’s daily limit\. Resumes to\w+ \d\d:\d\d \(.+\)\.$/,
  );
  expect(progressSentence({ ...run, dueAt: null }, now)).toBe('Waiting for Xero’s daily limit.');
});

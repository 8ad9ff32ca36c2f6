/** Times and counts as people say them. */
import { describe, expect, it } from 'vitest';
import { sayCount, sayWhen, sayWhenWithin } from '../../shared/ui/when.ts';

const now = new Date('2026-03-04T05:00:00Z');

describe('sayWhen', () => {
  it.each([
    ['2026-03-03T17:00:00Z', 'Today 06:00 (Auckland)', 'Pacific/Auckland'],
    ['2026-03-03T05:20:00Z', 'Yesterday 18:20 (Auckland)', 'Pacific/Auckland'],
    ['2026-03-05T05:20:00Z', 'Tomorrow 05:20 (London)', 'Europe/London'],
    ['2026-02-03T09:15:00Z', '3 February 09:15 (London)', 'Europe/London'],
    ['2025-11-30T09:15:00Z', '30 November 2025 09:15 (London)', 'Europe/London'],
    ['2026-03-04T04:00:00Z', 'Yesterday 23:00 (New York)', 'America/New_York'],
  ])('%s is %s', (iso, said, zone) => {
    expect(sayWhen(iso, now, zone)).toBe(said);
  });

  it('takes the day of the zone at the turn of a year', () => {
    expect(sayWhen('2025-12-31T12:00:00Z', new Date('2026-06-01T00:00:00Z'), 'Pacific/Auckland')).toBe(
      '1 January 01:00 (Auckland)',
    );
  });

  it('begins small within a sentence, but for months', () => {
    expect(sayWhenWithin('2026-03-04T04:00:00Z', now, 'UTC')).toBe('today 04:00 (UTC)');
    expect(sayWhenWithin('2026-01-04T04:00:00Z', now, 'UTC')).toBe('4 January 04:00 (UTC)');
  });
});

describe('sayCount', () => {
  it('sets thousands apart and knows one from many', () => {
    expect([
      sayCount(12_000),
      sayCount(1, 'row'),
      sayCount(0, 'row'),
      sayCount(2, 'entry', 'entries'),
    ]).toEqual(['12,000', '1 row', '0 rows', '2 entries']);
  });
});

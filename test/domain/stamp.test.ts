import { describe, expect, test } from 'vitest';
import { stampText, withoutStamp, withStamp } from '../../server/domain/stamp.ts';

const input = {
  at: Date.UTC(2026, 10, 20, 1, 5),
  timeZone: 'Pacific/Auckland',
  rows: 1498,
  organisation: 'Demo Company (NZ)',
  putBack: [],
};

describe('the stamp', () => {
  test('says when, by the clock of the spreadsheet, how many rows, and whose', () => {
    expect(stampText(input)).toBe(
      'Updated by Foliokeep 20 Nov 2026 14:05 (Pacific/Auckland) · 1,498 rows · Demo Company (NZ)',
    );
    expect(stampText({ ...input, rows: 1, organisation: '', timeZone: 'No/Where' })).toBe(
      'Updated by Foliokeep 20 Nov 2026 01:05 (UTC) · 1 row',
    );
  });

  test('names the cells that were put back, the first dozen of them', () => {
    const putBack = Array.from({ length: 15 }, (_, at) => `A${at + 2}`);
    expect(stampText({ ...input, putBack })).toMatch(/while writing: A2, A3, .*A13 and 3 more$/);
  });

  test('takes the place of the last one and leaves what people wrote', () => {
    const stamp = stampText(input);
    expect(withStamp('', stamp)).toBe(stamp);
    expect(withStamp(`mine\n\nmore\n${stamp}`, `${stamp}!`)).toBe(`mine\n\nmore\n${stamp}!`);
    expect(withoutStamp(`mine\n${stamp}`)).toBe('mine');
    expect(withoutStamp('only mine\n')).toBe('only mine\n');
  });
});

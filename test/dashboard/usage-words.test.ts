import { expect, it } from 'vitest';
import { sayBytes, sayUsage } from '../../server/dashboard/usage-words.ts';

it('says calls of the day, with the limit once it is known, and bytes of the month', () => {
  expect(sayUsage({ callsToday: 120, dayLimit: 5_000, bytesThisMonth: 14_200_000 })).toBe(
    '120 of 5,000 Xero calls today · 14 MB this month',
  );
  expect(sayUsage({ callsToday: 1, dayLimit: null, bytesThisMonth: 999 })).toBe(
    '1 Xero call today · 999 bytes this month',
  );
});

it.each([
  [0, '0 bytes'],
  [1_000, '1 KB'],
  [2_340_000, '2.3 MB'],
  [12_600_000, '13 MB'],
  [1_250_000_000, '1.3 GB'],
  [4_000_000_000_000, '4,000 GB'],
])('%i bytes are %s', (bytes, said) => {
  expect(sayBytes(bytes)).toBe(said);
});

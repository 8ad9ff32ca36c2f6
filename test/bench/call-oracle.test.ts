/** The oracle against the tables of performance.md 1.3, 1.4 and 2.1. */
import { describe, expect, test } from 'vitest';
import {
  fewestCalls,
  fewestIncrementalCalls,
  type ListSize,
  latenciesOf,
  pageCalls,
  shortestMs,
  xeroLimits,
} from './call-oracle.ts';

/** Invoices, contacts, payments, bank transactions, credit notes, purchase orders, manual journals, overpayments, prepayments. */
const paged = {
  small: [2_000, 1_000, 2_000, 3_000, 100, 100, 120, 20, 20],
  medium: [40_000, 10_000, 40_000, 40_000, 1_000, 2_000, 600, 200, 200],
  large: [250_000, 50_000, 250_000, 300_000, 5_000, 10_000, 3_000, 1_000, 1_000],
};
const others = { small: [100, 50], medium: [1_000, 500], large: [5_000, 2_000] } as const;
type Size = keyof typeof paged;

function listsOf(size: Size, churn = 0.01): ListSize[] {
  const list = (
    name: string,
    records: number,
    pageSize: number | null,
    hasModifiedSince = true,
  ): ListSize => ({
    name,
    records,
    changed: records * churn,
    pageSize,
    hasModifiedSince,
  });
  const [quotes, linked] = others[size];
  return [
    ...paged[size].map((records, at) => list(`paged ${at}`, records, 1_000)),
    list('quotes', quotes, 100),
    list('linked transactions', linked, 100, false),
    ...Array.from({ length: 13 }, (_, at) => list(`unpaged ${at}`, 50, null)),
  ];
}

describe('the fewest calls', () => {
  test.each([
    ['small', 28, 24, 24],
    ['medium', 164, 28, 28],
    ['large', 953, 49, 43],
  ] as const)('of a %s organisation: %i in full, %i after changes, %i idle', (size, full, changed, idle) => {
    expect(fewestCalls(listsOf(size))).toBe(full);
    expect(fewestIncrementalCalls(listsOf(size))).toBe(changed);
    expect(fewestIncrementalCalls(listsOf(size, 0))).toBe(idle);
  });

  test.each([
    ['small', 13, 17, 92, 95],
    ['medium', 136, 142, 1_349, 1_349],
    ['large', 870, 879, 8_709, 8_709],
  ] as const)('and those of the peers, of a %s organisation', (size, fewest, shortLarge, short, empty) => {
    const calls = (pageSize: number, rule: Parameters<typeof pageCalls>[2]) =>
      paged[size].reduce((total, records) => total + pageCalls(records, pageSize, rule), 0);
    expect(calls(1_000, 'page-count')).toBe(fewest);
    expect(calls(1_000, 'short-page')).toBe(shortLarge);
    expect(calls(100, 'short-page')).toBe(short);
    expect(calls(100, 'empty-page')).toBe(empty);
  });

  test('are one for a list that is empty', () => {
    expect(pageCalls(0, 100, 'page-count')).toBe(1);
    expect(pageCalls(0, 100, 'short-page')).toBe(1);
  });
});

describe('the shortest time', () => {
  const minutes = (size: Size, factor: number, limits = xeroLimits) =>
    shortestMs(latenciesOf(listsOf(size), { baseMs: 350, perRowMs: 3.5, factor }), limits) / 60_000;

  test('of a small organisation is nine seconds', () => {
    expect(minutes('small', 1) * 60).toBeGreaterThan(7.5);
    expect(minutes('small', 1) * 60).toBeLessThan(9.5);
  });

  test.each([
    ['medium', 0.5, 2.0],
    ['medium', 1, 2.1],
    ['medium', 2, 3.6],
    ['medium', 4, 7.2],
    ['large', 0.5, 15.0],
    ['large', 1, 15.0],
    ['large', 2, 23.0],
    ['large', 4, 45.5],
  ] as const)('of a %s organisation, latency times %d, is %d minutes', (size, factor, expected) => {
    // The table leaves out that pages of 1,000 records are left for the last window of a medium organisation.
    expect(Math.abs(minutes(size, factor) - expected)).toBeLessThan(0.15 + expected * 0.01);
  });

  test('is an hour for a large organisation whose calls go one by one', () => {
    expect(minutes('large', 1, { ...xeroLimits, inFlight: 1 })).toBeCloseTo(57, 0);
  });

  test('crosses a day where the calls of a day are used up', () => {
    expect(shortestMs(new Array(8_201).fill(700)) / 3_600_000).toBeGreaterThan(24);
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  claimLease,
  extendLease,
  freeLease,
  isNewest,
  type Lease,
  overtakeLease,
  shortenLease,
} from '../../server/domain/lease.ts';

const claim = (holder: string, now: number, ttlMs = 10) => ({ teamId: 'team', holder, now, ttlMs });
const held = (over: Partial<Lease> = {}): Lease => ({
  v: 1,
  teamId: 'team',
  holder: 'a',
  fencing: 3,
  until: 100,
  ...over,
});

describe('a lease', () => {
  test('is refused to others until its end, and then given with a greater number', () => {
    expect(claimLease(held(), claim('b', 99))).toBeNull();
    expect(claimLease(held(), claim('b', 100))).toEqual(held({ holder: 'b', fencing: 4, until: 110 }));
  });

  test('is the same when the same act claims it twice', () => {
    expect(claimLease(held(), claim('a', 50))).toEqual(held());
  });

  test('that was released is free before its end, and counts on', () => {
    const freed = freeLease(held(), 3);
    expect(freed).toEqual(held({ holder: null, until: 0 }));
    expect(claimLease(freed ?? undefined, claim('b', 5))?.fencing).toBe(4);
  });

  test('is left alone by a holder that was overtaken', () => {
    const next = claimLease(held(), claim('b', 100)) ?? undefined;
    expect(freeLease(next, 3)).toBeNull();
    expect(extendLease(next, 3, 101, 10)).toBeNull();
    expect(isNewest(next, 3)).toBe(false);
  });

  test('past its end is kept by its holder as long as nobody took it', () => {
    expect(isNewest(held(), 3)).toBe(true);
    expect(extendLease(held(), 3, 500, 10)?.until).toBe(510);
  });

  test('never ends earlier by being renewed', () => {
    expect(extendLease(held(), 3, 10, 10)?.until).toBe(100);
  });

  test('that a clock far ahead wrote ends a term from now, and is its holder’s until then', () => {
    const look = (now: number) => shortenLease(held(), { now, ttlMs: 10, slackMs: 20 });
    expect(look(70)).toBeUndefined();
    expect(look(69)).toEqual(held({ until: 79 }));
    expect(isNewest(look(69), 3)).toBe(true);
    expect(claimLease(look(69), claim('b', 78))).toBeNull();
  });

  test('that is overtaken accepts nothing more from its holder', () => {
    const overtaken = overtakeLease(held(), 'team');
    expect(isNewest(overtaken, 3)).toBe(false);
    expect(isNewest(overtaken, 4)).toBe(false);
    expect(overtakeLease(undefined, 'team').fencing).toBe(1);
  });
});

/**
 * Workers whose clocks are hours apart claim, pause, write and release in any order. Whatever happens, the accepted writes
 * carry numbers that never go back, and no two acts ever hold the same number.
 */
test('under any clock drift, accepted effects never go back to an older holder', () => {
  const step = fc.record({
    worker: fc.integer({ min: 0, max: 3 }),
    act: fc.constantFrom('claim' as const, 'write' as const, 'renew' as const, 'release' as const),
    passes: fc.integer({ min: 0, max: 40 }),
  });
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: -10_000_000, max: 10_000_000 }), { minLength: 4, maxLength: 4 }),
      fc.array(step, { maxLength: 80 }),
      (drift, steps) => {
        let lease: Lease | undefined;
        let time = 0;
        let acts = 0;
        const mine = new Map<number, number>();
        const numberOwner = new Map<number, string>();
        const accepted: number[] = [];
        for (const { worker, act, passes } of steps) {
          time += passes;
          const now = time + (drift[worker] ?? 0);
          const fencing = mine.get(worker) ?? 0;
          if (act === 'claim') {
            const holder = `act-${acts++}`;
            const next = claimLease(lease, { teamId: 'team', holder, now, ttlMs: 30 });
            if (next) {
              expect(numberOwner.has(next.fencing)).toBe(false);
              numberOwner.set(next.fencing, holder);
              mine.set(worker, next.fencing);
              lease = next;
            }
          } else if (act === 'write') {
            if (isNewest(lease, fencing)) accepted.push(fencing);
          } else {
            const next = act === 'renew' ? extendLease(lease, fencing, now, 30) : freeLease(lease, fencing);
            if (next) {
              expect(next.fencing).toBe(lease?.fencing);
              lease = next;
            }
          }
        }
        expect(accepted).toEqual([...accepted].sort((a, b) => a - b));
      },
    ),
    { numRuns: 500 },
  );
});

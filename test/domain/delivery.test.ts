/** A delivery in any hands, at any time: one worker at once, one end, no try too many. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  claimed,
  claimMs,
  type Delivery,
  deliveryIdOf,
  mayJoin,
  mostAttempts,
  newDelivery,
  type Outcome,
  recorded,
} from '../../server/domain/delivery.ts';

const fresh = (): Delivery =>
  newDelivery(
    'team',
    { kind: 'mail', userId: 'amelia' },
    { kind: 'notices', noticeIds: ['n1'] },
    { now: 0, dueAt: 0 },
  );
const failed: Outcome = { kind: 'failed', problem: 'no' };

type Step = { act: 'claim' | 'die' } | { act: 'record'; outcome: Outcome } | { act: 'wait'; ms: number };
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    fc.constant<Step>({ act: 'claim' }),
    fc.constant<Step>({ act: 'die' }),
    fc.record({
      act: fc.constant('record' as const),
      outcome: fc.constantFrom<Outcome>(
        failed,
        failed,
        failed,
        { kind: 'sent' },
        { kind: 'dropped' },
        { kind: 'refused', problem: 'never' },
      ),
    }),
    fc.record({ act: fc.constant('wait' as const), ms: fc.integer({ min: 0, max: 30 * 3_600_000 }) }),
  ),
  { maxLength: 80 },
);

describe('a delivery', () => {
  it('is in one pair of hands, ends once, and is tried no more often than is promised', () => {
    fc.assert(
      fc.property(steps, (all) => {
        let delivery = fresh();
        let now = 0;
        let tries = 0;
        /** Who is at it: the try that they claimed and until when nobody else may. */
        let holder: { attempts: number; until: number } | undefined;
        for (const step of all) {
          const before = delivery;
          if (step.act === 'wait') now += step.ms;
          if (step.act === 'die') holder = undefined;
          if (step.act === 'claim') {
            const taken = claimed(delivery, now);
            if (taken !== undefined) {
              if (holder !== undefined) expect(now).toBeGreaterThanOrEqual(holder.until);
              delivery = taken;
              if (taken.status === 'open') {
                tries += 1;
                holder = { attempts: taken.attempts, until: now + claimMs };
              }
            }
          }
          if (step.act === 'record' && holder !== undefined) {
            delivery = recorded(delivery, holder.attempts, step.outcome, now) ?? delivery;
            holder = undefined;
          }
          expect(tries).toBeLessThanOrEqual(mostAttempts);
          expect(delivery.attempts).toBe(tries);
          expect(delivery.dueAt === null).toBe(delivery.status !== 'open');
          expect(delivery.endedAt === null).toBe(delivery.status === 'open');
          if (before.status !== 'open') expect(delivery).toBe(before);
          if (tries > 0) expect(mayJoin(delivery)).toBe(false);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('is left alone by who comes back from a try that another has taken over', () => {
    const first = claimed(fresh(), 0);
    const second = first && claimed(first, claimMs);
    expect(second?.attempts).toBe(2);
    if (second) expect(recorded(second, 1, { kind: 'sent' }, claimMs)).toBeUndefined();
  });

  it('that is interrupted each time is given up as well', () => {
    let delivery: Delivery = fresh();
    for (let time = 0; time <= mostAttempts; time += 1) {
      const now: number = (delivery.dueAt ?? 0) + 1;
      delivery = claimed(delivery, now) ?? delivery;
    }
    expect(delivery).toMatchObject({ status: 'given-up', problem: 'every try was interrupted' });
  });

  it('has an id that differs wherever its words do', () => {
    const ids = [['a', 'b'], ['ab'], ['a', 'b', ''], ['b', 'a'], ['a', 1], ['a', '1']].map((words) =>
      deliveryIdOf(...words),
    );
    expect(new Set(ids).size).toBe(ids.length);
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type AllowanceRules,
  blockAllowance,
  grant,
  newAllowance,
  takeTurn,
} from '../../server/domain/allowance.ts';
import { seededNumbers } from '../support/seeded-random.ts';

const rules: AllowanceRules = {
  limit: 300,
  spanMs: 500,
  lateMs: 1_500,
  kept: { manual: 0, scheduled: 0.02, backup: 0.1 },
  burstMs: 5_000,
};
const START = Date.UTC(2026, 10, 21, 6);
const minute = 60_000;

/** Takes all it can for so long, asking again when it is told to; answers when each call was counted at the other side. */
function busy(seed: number, spanMs: number): number[] {
  const random = seededNumbers(seed);
  const counted: number[] = [];
  let allowance = newAllowance;
  let now = START + random() * 1_000;
  for (const end = now + spanMs; now < end; ) {
    const asked = grant(rules, allowance, {
      calls: 1 + Math.floor(random() * 20),
      priority: 'manual',
      now,
    });
    allowance = asked.allowance;
    if (asked.kind === 'wait') {
      expect(asked.untilAt).toBeGreaterThan(now);
      now = asked.untilAt;
      continue;
    }
    for (let call = 0; call < asked.calls; call += 1) counted.push(now + random() * rules.lateMs);
    now += random() < 0.3 ? random() * 3_000 : 0;
  }
  return counted.sort((a, b) => a - b);
}

describe('an allowance', () => {
  test('never lets more than the limit into any minute, wherever that begins', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const counted = busy(seed, 5 * minute);
        counted.forEach((at, index) => {
          const later = counted[index + rules.limit];
          if (later !== undefined) expect(later - at).toBeGreaterThanOrEqual(minute);
        });
      }),
      { numRuns: 60 },
    );
  });

  test('lets nearly all of the limit through, minute after minute', () => {
    let allowance = newAllowance;
    let calls = 0;
    for (let now = START; now < START + 20 * minute; now += 100) {
      const asked = grant(rules, allowance, { calls: 5, priority: 'scheduled', now });
      allowance = asked.allowance;
      calls += asked.kind === 'granted' ? asked.calls : 0;
    }
    expect(calls / 20).toBeGreaterThan(0.93 * rules.limit);
  });

  test('keeps a share for people that schedules and backups do not touch', () => {
    const take = (priority: 'manual' | 'scheduled' | 'backup', from = newAllowance) =>
      grant(rules, from, { calls: 1_000, priority, now: START });
    expect(take('backup')).toMatchObject({ calls: 270 });
    const scheduled = take('scheduled');
    expect(scheduled).toMatchObject({ calls: 294 });
    expect(take('scheduled', scheduled.allowance)).toMatchObject({ kind: 'wait' });
    expect(take('manual', scheduled.allowance)).toMatchObject({ calls: 6 });
  });

  test('says when there will be a call again, and then there is one', () => {
    const { allowance } = grant(rules, newAllowance, { calls: 300, priority: 'manual', now: START });
    const refused = grant(rules, allowance, { calls: 1, priority: 'manual', now: START + 10 });
    expect(refused).toMatchObject({ kind: 'wait' });
    const at = refused.kind === 'wait' ? refused.untilAt : 0;
    expect(at - START).toBeLessThan(minute + 3_000);
    expect(grant(rules, allowance, { calls: 1, priority: 'manual', now: at - 1 }).kind).toBe('wait');
    expect(grant(rules, allowance, { calls: 1, priority: 'manual', now: at })).toMatchObject({ calls: 1 });
  });

  test('gives nothing before the end of a refusal', () => {
    const blocked = blockAllowance(newAllowance, START + 30_000);
    const asked = { calls: 1, priority: 'manual' as const, now: START };
    expect(grant(rules, blocked, asked)).toMatchObject({ kind: 'wait', untilAt: START + 30_000 });
    expect(grant(rules, blocked, { ...asked, now: START + 30_000 }).kind).toBe('granted');
    expect(blockAllowance(blocked, START)).toBe(blocked);
  });

  test('goes on after the clock was set back by a day', () => {
    const { allowance } = grant(rules, newAllowance, { calls: 300, priority: 'manual', now: START });
    const lined = takeTurn(rules, allowance, { calls: 50, now: START }).allowance;
    const back = START - 25 * 60 * minute;
    expect(grant(rules, lined, { calls: 1, priority: 'manual', now: back })).toMatchObject({ kind: 'wait' });
    expect(grant(rules, lined, { calls: 1, priority: 'manual', now: back + 2 * minute }).kind).toBe('wait');
    expect(takeTurn(rules, lined, { calls: 1, now: back }).at).toBe(back);
  });
});

describe('turns in the line', () => {
  test('spread those who come at once at the pace of the limit, the first few at once', () => {
    let allowance = newAllowance;
    const turns = Array.from({ length: 500 }, () => {
      const turn = takeTurn(rules, allowance, { calls: 4, now: START });
      allowance = turn.allowance;
      return turn.at - START;
    });
    expect(turns.filter((at) => at === 0).length).toBeLessThan(10);
    const last = turns.at(-1) ?? 0;
    const bound = ((500 * 4) / rules.limit) * minute;
    expect(last).toBeLessThan(1.08 * bound);
    expect(last).toBeGreaterThan(bound);
    expect(turns).toEqual(turns.toSorted((a, b) => a - b));
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Budget,
  type BudgetRules,
  block,
  meterOf,
  newBudget,
  organisationRules,
  type Reserved,
  reserve,
  settle,
  transitMs,
} from '../../server/domain/budget.ts';
import { seededNumbers } from '../support/seeded-random.ts';

const minute = 60_000;
const day = 24 * 60 * minute;
const ask = (id: string, now: number, calls = 5) => ({ id, calls, priority: 'manual' as const, now });

const take = (budget: Budget, id: string, now: number, calls = 5): Budget => {
  const reserved = reserve(organisationRules, budget, ask(id, now, calls));
  expect(reserved.kind).toBe('reserved');
  return reserved.budget;
};
const end = (
  budget: Budget,
  id: string,
  now: number,
  remaining: { minute?: number; day?: number } = {},
  calls = 5,
): Budget => settle(budget, { id, ended: calls, sent: calls, remaining, now });

describe('a budget', () => {
  test('gives five calls at most, and none while five are open', () => {
    const budget = take(newBudget(organisationRules, 0), 'a', 0, 9);
    expect(budget.reservations[0]?.calls).toBe(5);
    expect(reserve(organisationRules, budget, ask('b', 0))).toMatchObject({ kind: 'wait', by: 'freed' });
    expect(reserve(organisationRules, end(budget, 'a', 1), ask('b', 1))).toMatchObject({ calls: 5 });
  });

  test('frees the calls of a holder that died at the end of its reservation, and counts them as spent', () => {
    const budget = take(newBudget(organisationRules, 0), 'a', 0);
    const until = organisationRules.reservedForMs;
    expect(reserve(organisationRules, budget, ask('b', until - 1)).kind).toBe('wait');
    const after = reserve(organisationRules, budget, ask('b', until));
    expect(after).toMatchObject({ kind: 'reserved', calls: 5 });
    expect(after.budget.windows.day?.left).toBe(990);
  });

  test('gives unsent calls back', () => {
    const budget = take(newBudget(organisationRules, 0), 'a', 0);
    expect(settle(budget, { id: 'a', ended: 5, sent: 2, remaining: {}, now: 1 }).windows.minute.left).toBe(
      58,
    );
  });

  test('is the same when a reservation, a settlement or a refusal is applied twice', () => {
    const once = take(newBudget(organisationRules, 0), 'a', 0);
    expect(take(once, 'a', 0)).toEqual(once);
    const partly = { id: 'a', ended: 2, sent: 1, remaining: { minute: 50, day: 900 }, now: 1 };
    expect(settle(settle(once, partly), partly)).toEqual(settle(once, partly));
    const whole = { id: 'a', ended: 5, sent: 5, remaining: { minute: 50, day: 900 }, now: 1 };
    expect(settle(settle(once, whole), whole)).toEqual(settle(once, whole));
    const blocked = block(once, 'minute', 70_000, 1);
    expect(block(blocked, 'minute', 70_000, 1)).toEqual(blocked);
  });

  test('is lowered by what answers state, and not raised by answers that come late', () => {
    let budget = take(newBudget(organisationRules, 0), 'a', 0);
    budget = end(budget, 'a', 100, { minute: 20, day: 700 });
    expect([budget.windows.minute.left, budget.windows.day?.left]).toEqual([20, 700]);
    budget = take(budget, 'b', 100);
    budget = settle(budget, { id: 'b', ended: 1, sent: 1, remaining: { minute: 19 }, now: 200 });
    expect(budget.windows.minute.left).toBe(15);
  });

  test('learns a larger daily limit from the first answer', () => {
    const budget = end(
      take(newBudget(organisationRules, 0), 'a', 0, 1),
      'a',
      1,
      { minute: 59, day: 4999 },
      1,
    );
    expect(budget.windows.day).toMatchObject({ left: 4999, limit: 4999 });
  });

  test('waits no longer than a refusal says, although an answer was lost before it', () => {
    let budget = take(newBudget(organisationRules, 0), 'a', 0, 1);
    // A 401 has no counts.
    budget = end(budget, 'a', 100, {}, 1);
    budget = take(budget, 'b', 200, 1);
    const dayEnds = 12_000;
    budget = end(block(budget, 'day', dayEnds, 300), 'b', 300, { minute: 50, day: 0 }, 1);
    expect(reserve(organisationRules, budget, ask('c', dayEnds - 1))).toMatchObject({
      kind: 'wait',
      by: 'day',
      untilAt: dayEnds,
    });
    expect(reserve(organisationRules, budget, ask('c', dayEnds)).kind).toBe('reserved');
  });

  test('waits for the end of the minute once it is spent, and then goes on', () => {
    let budget = newBudget(organisationRules, 0);
    for (let round = 0; round < 12; round++) {
      budget = end(take(budget, `${round}`, round), `${round}`, round + 0.5, { minute: 55 - round * 5 });
    }
    const spent = reserve(organisationRules, budget, ask('x', 100));
    expect(spent).toMatchObject({ kind: 'wait', by: 'minute', untilAt: 0.5 + minute });
    expect(reserve(organisationRules, budget, ask('x', 0.5 + minute))).toMatchObject({ calls: 5 });
  });

  test.each([
    ['minute', 30_000],
    ['day', 60_000_000],
    ['concurrent', 900],
  ] as const)('gives nothing until the end that a 429 for %s stated, then goes on', (by, untilAt) => {
    const budget = block(newBudget(organisationRules, 0), by, untilAt, 0);
    expect(reserve(organisationRules, budget, ask('a', untilAt - 1))).toMatchObject({
      kind: 'wait',
      by,
      untilAt,
    });
    expect(reserve(organisationRules, budget, ask('a', untilAt))).toMatchObject({ calls: 5 });
  });

  test('keeps a share for people that schedules and backups do not touch', () => {
    let budget = newBudget(organisationRules, 0);
    budget = end(take(budget, 'a', 0, 1), 'a', 1, { minute: 3, day: 190 }, 1);
    const outcome = (priority: 'manual' | 'scheduled' | 'backup', minuteLeft: number): Reserved =>
      reserve(
        organisationRules,
        { ...budget, windows: { ...budget.windows, minute: { ...budget.windows.minute, left: minuteLeft } } },
        { ...ask('b', 2), priority },
      );
    expect(outcome('manual', 3)).toMatchObject({ calls: 3 });
    expect(outcome('scheduled', 3)).toMatchObject({ kind: 'wait', by: 'minute' });
    expect(outcome('scheduled', 30)).toMatchObject({ calls: 5 });
    expect(outcome('backup', 30)).toMatchObject({ kind: 'wait', by: 'day' });
  });
});

/**
 * Several workers share one budget before a Xero whose windows begin when they like. Answers are slow, come out of order,
 * are lost; workers die with calls in flight. Xero must never have to refuse. Prompt: calls come to Xero soon after they were
 * sent, and their answers take long.
 */
function outcomeOf(seed: number, dailyLimit: number, spanMs: number, isPrompt = false) {
  const random = seededNumbers(seed);
  const rules: BudgetRules = { ...organisationRules, windows: { minute: 60, day: 100 } };
  const phase = { minute: random() * minute, day: random() * day };
  const lossRate = [0, 0, random() * 0.3, random(), 1][Math.floor(random() * 5)] ?? 0;
  const deathRate = [0, 0.02, 0.3][Math.floor(random() * 3)] ?? 0;
  const pause = random() < 0.5 ? 0 : 40_000;
  const slow = random() < 0.3 ? 50_000 : 3_000;
  const used = new Map<string, number>();
  const worst = { minute: 0, day: 0, inFlight: 0 };
  let atXero = 0;
  let calls = 0;
  let budget = newBudget(rules, 0);
  let now = 0;
  let ids = 0;
  const events: Array<{ at: number; act: () => void }> = [];
  const later = (ms: number, act: () => void) => events.push({ at: now + ms, act });

  const countAtXero = () => {
    calls++;
    const remaining = { minute: 0, day: 0 };
    for (const [name, length, limit] of [
      ['minute', minute, 60],
      ['day', day, dailyLimit],
    ] as const) {
      const key = `${name}${Math.floor((now + phase[name]) / length)}`;
      const count = (used.get(key) ?? 0) + 1;
      used.set(key, count);
      remaining[name] = limit - count;
      worst[name] = Math.max(worst[name], count);
    }
    return remaining;
  };

  const work = () => {
    const id = `r${ids++}`;
    const reserved = reserve(rules, budget, ask(id, now, 1 + Math.floor(random() * 6)));
    budget = reserved.budget;
    if (reserved.kind === 'wait') {
      later(reserved.by === 'freed' ? 300 : Math.max(1, reserved.untilAt - now), work);
      return;
    }
    const total = reserved.calls;
    const reservedAt = now;
    const dies = random() < deathRate;
    let ended = 0;
    for (let call = 0; call < total; call++) {
      const outMs = isPrompt ? random() * transitMs : random() * slow;
      const backMs = isPrompt ? random() * slow : random() * slow * 0.1;
      const isLost = random() < lossRate;
      atXero++;
      worst.inFlight = Math.max(worst.inFlight, atXero);
      later(outMs, () => {
        const remaining = countAtXero();
        later(backMs, () => {
          atXero--;
          if (dies) return;
          const done = (stated: typeof remaining | undefined) => {
            ended++;
            const sentAt = isPrompt ? reservedAt : undefined;
            budget = settle(budget, { id, ended, sent: ended, remaining: stated ?? {}, sentAt, now });
            if (ended === total) later(random() * pause, work);
          };
          if (isLost) later(Math.min(1_000, slow), () => done(undefined));
          else done(remaining);
        });
      });
    }
    if (dies) later(random() * 200_000, work);
  };

  const workers = 1 + Math.floor(random() * 4);
  for (let worker = 0; worker < workers; worker++) later(random() * 1_000, work);
  while (now < spanMs && events.length > 0) {
    let next = 0;
    for (let index = 1; index < events.length; index++) {
      if ((events[index]?.at ?? 0) < (events[next]?.at ?? 0)) next = index;
    }
    const [event] = events.splice(next, 1);
    now = event?.at ?? now;
    event?.act();
  }
  return { worst, calls };
}

test('never has Xero refuse a minute or a fifth-and-one call, whatever workers, clocks and answers do', () => {
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      const { worst } = outcomeOf(seed, 100_000, 8 * minute);
      expect(worst.inFlight).toBeLessThanOrEqual(5);
      expect(worst.minute).toBeLessThanOrEqual(60);
    }),
    { numRuns: 400 },
  );
});

test('never has Xero refuse a minute when it trusts that calls come to Xero soon after they were sent', () => {
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      const { worst } = outcomeOf(seed, 100_000, 8 * minute, true);
      expect(worst.inFlight).toBeLessThanOrEqual(5);
      expect(worst.minute).toBeLessThanOrEqual(60);
    }),
    { numRuns: 400 },
  );
});

test('counts a window from when its first call was sent, not from when that was answered', () => {
  let budget = take(newBudget(organisationRules, 0), 'a', 0, 1);
  budget = settle(budget, { id: 'a', ended: 1, sent: 1, remaining: { minute: 59 }, sentAt: 0, now: 15_000 });
  expect(budget.windows.minute.seenAt).toBe(transitMs);
});

describe('the meter of an organisation', () => {
  const at = Date.UTC(2026, 10, 30, 23, 0);
  const read = (budget: Budget, id: string, now: number, bytes: number, day: number): Budget =>
    settle(take(budget, id, now, 1), { id, ended: 1, sent: 1, bytes, remaining: { minute: 59, day }, now });

  test('counts calls as Xero does and bytes by the month, each once however often it is settled', () => {
    let budget = newBudget(organisationRules, at);
    expect(meterOf(budget, at)).toEqual({ callsToday: 0, dayLimit: null, bytesThisMonth: 0 });
    budget = read(budget, 'a', at, 700, 4_999);
    expect(meterOf(budget, at)).toEqual({ callsToday: 1, dayLimit: 5_000, bytesThisMonth: 700 });
    const two = take(budget, 'b', at, 2);
    const first = { id: 'b', ended: 1, sent: 1, bytes: 50, remaining: { day: 4_998 }, now: at };
    const both = { id: 'b', ended: 2, sent: 2, bytes: 80, remaining: { day: 4_997 }, now: at };
    budget = settle(settle(settle(settle(two, first), first), both), both);
    expect(meterOf(budget, at)).toEqual({ callsToday: 3, dayLimit: 5_000, bytesThisMonth: 780 });
  });

  test('begins anew with the month and with the day window', () => {
    const budget = read(newBudget(organisationRules, at), 'a', at, 700, 4_000);
    expect(meterOf(budget, at + 2 * 60 * minute)).toMatchObject({ callsToday: 1_000, bytesThisMonth: 0 });
    expect(meterOf(budget, at + 25 * 60 * minute).callsToday).toBe(0);
    const december = read(budget, 'b', at + 2 * 60 * minute, 5, 3_999);
    expect(meterOf(december, at + 2 * 60 * minute).bytesThisMonth).toBe(5);
  });

  test('knows nothing of an organisation that was never read', () => {
    expect(meterOf(undefined, at)).toEqual({ callsToday: 0, dayLimit: null, bytesThisMonth: 0 });
  });
});

test('never has Xero refuse a day, over days', () => {
  fc.assert(
    fc.property(fc.integer(), fc.constantFrom(100, 130, 400), (seed, dailyLimit) => {
      expect(outcomeOf(seed, dailyLimit, 3 * day).worst.day).toBeLessThanOrEqual(dailyLimit);
    }),
    { numRuns: 150 },
  );
});

test('uses nearly all of the minute when answers come', () => {
  const totals = Array.from({ length: 60 }, (_, seed) => outcomeOf(seed, 100_000, 10 * minute).calls);
  expect(Math.max(...totals)).toBeGreaterThan(560);
});

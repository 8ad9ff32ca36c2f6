/** The line before one budget in this process: people first, then schedules, then backups; each gets a call to spend. */
import {
  type Budget,
  type BudgetRules,
  block,
  longestCallMs,
  newBudget,
  type Priority,
  type Reserved,
  reserve,
  settle,
} from '../../domain/budget.ts';
import { FoliokeepError } from '../../errors.ts';
import type { Ports } from '../../ports.ts';
import { priorityLine, type Waiting } from './priority-line.ts';

export type LinePorts = Pick<Ports, 'store' | 'clock' | 'random' | 'ids' | 'log'>;
type Remaining = { minute?: number | undefined; day?: number | undefined };

export interface Permit {
  /** Exactly once, after the answer; `sent` false gives the call back. `sentAt`: when it was handed to the network. `bytes`: of the answer. */
  settle(sent: boolean, remaining: Remaining, sentAt?: number, bytes?: number): Promise<void>;
}

export interface CallLine {
  /** Rejects with what `refusal` makes of a wait that is too long to stand here for. */
  take(priority: Priority): Promise<Permit>;
  /** After a 429. */
  block(by: 'minute' | 'day' | 'concurrent', untilAt: number): Promise<void>;
}

export interface LineOptions {
  /** Id of the budget's document. */
  id: string;
  rules: BudgetRules;
  refusal: (wait: Extract<Reserved, { kind: 'wait' }>) => Error;
}

interface Held {
  id: string;
  calls: number;
  until: number;
  given: number;
  ended: number;
  sent: number;
  bytes: number;
  /** Of the answers that are not settled yet. */
  lowest: Remaining;
  sentAt: number | undefined;
}

/** In place no longer than this: longer waits are stored by whoever asked. */
const patienceMs = 5_000;
/** For a place among the five in flight. */
const freedPatienceMs = 30_000;

export function callLine(ports: LinePorts, { id, rules, refusal }: LineOptions): CallLine {
  let held: Held[] = [];
  let wake = new AbortController();

  const change = <T>(act: (budget: Budget) => { budget: Budget; value: T }): Promise<T> =>
    ports.store.transaction(async (tx) => {
      const budget = (await tx.get('budgets', id))?.data ?? newBudget(rules, ports.clock.now());
      const changed = act(budget);
      if (changed.budget !== budget) tx.set('budgets', id, changed.budget);
      return changed.value;
    });

  const settleHeld = async (one: Held): Promise<void> => {
    const now = ports.clock.now();
    const { lowest: remaining, sentAt } = one;
    one.lowest = {};
    one.sentAt = undefined;
    if (one.ended === one.calls) held = held.filter((other) => other !== one);
    try {
      const { id: reservation, ended, sent, bytes } = one;
      await change((budget) => ({
        budget: settle(budget, { id: reservation, ended, sent, bytes, remaining, sentAt, now }),
        value: undefined,
      }));
    } catch (error) {
      if (!(error instanceof FoliokeepError)) throw error;
      ports.log.warn('a reservation was left to end by itself', { budget: id, code: error.code });
    }
  };

  const permitOf = (one: Held): Permit => ({
    async settle(sent, remaining, sentAt, bytes = 0) {
      one.sentAt = Math.max(one.sentAt ?? 0, sentAt ?? ports.clock.now());
      one.ended += 1;
      one.sent += sent ? 1 : 0;
      one.bytes += bytes;
      one.lowest = {
        minute: lower(one.lowest.minute, remaining.minute),
        day: lower(one.lowest.day, remaining.day),
      };
      await settleHeld(one);
      wake.abort();
    },
  });

  const giveBack = async (one: Held): Promise<void> => {
    if (one.given === one.calls) return;
    one.ended += one.calls - one.given;
    one.given = one.calls;
    await settleHeld(one);
  };

  /** From what is reserved already, as long as a call that begins now would end before its reservation. */
  const handOut = async (waiting: Waiting<Permit>): Promise<void> => {
    for (const one of [...held]) {
      if (ports.clock.now() + longestCallMs > one.until) await giveBack(one);
      while (one.given < one.calls && waiting.first() !== undefined) {
        one.given += 1;
        waiting.give(permitOf(one));
      }
    }
  };

  const line = priorityLine<Permit>(ports.clock, async (waiting) => {
    for (;;) {
      await handOut(waiting);
      const first = waiting.first();
      if (first === undefined) return;
      const { priority, since } = first;
      wake = new AbortController();
      const asked = { id: ports.ids.next(), calls: waiting.count(priority), priority };
      const now = ports.clock.now();
      const outcome = await change((budget) => {
        const value = reserve(rules, budget, { ...asked, now });
        return { budget: value.kind === 'reserved' ? value.budget : budget, value };
      });
      if (outcome.kind === 'reserved') {
        const { calls, until } = outcome;
        const begun = { given: 0, ended: 0, sent: 0, bytes: 0, lowest: {}, sentAt: undefined };
        held.push({ id: asked.id, calls, until, ...begun });
        continue;
      }
      const isFreed = outcome.by === 'freed';
      const pauseMs = isFreed ? 100 + (ports.random.bytes(1)[0] ?? 0) : Math.max(1, outcome.untilAt - now);
      const isTooLong = isFreed ? now - since > freedPatienceMs : now + pauseMs > since + patienceMs;
      // Those who came while the store was asked too: whoever leaves the line is answered.
      if (isTooLong) waiting.refuse(priority, refusal(outcome));
      else await ports.clock.sleep(pauseMs, isFreed ? wake.signal : undefined);
    }
  });

  return {
    take: line.take,
    async block(by, untilAt) {
      const now = ports.clock.now();
      // What is reserved but not begun stops too. Another process that holds a block learns it by a 429 of its own.
      for (const one of [...held]) await giveBack(one);
      await change((budget) => ({ budget: block(budget, by, untilAt, now), value: undefined }));
    },
  };
}

const lower = (a: number | undefined, b: number | undefined): number | undefined =>
  a === undefined || b === undefined ? (a ?? b) : Math.min(a, b);

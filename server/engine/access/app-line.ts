/**
 * The line before the limit that Xero sets the app over all organisations: people first, then schedules, then backups. The
 * limit lies in several documents of the store, each with its share, and is handed out in blocks that are used at once, so that
 * no document is written often however many workers there are.
 */
import { type AllowanceRules, blockAllowance, grant, newAllowance } from '../../domain/allowance.ts';
import type { Priority } from '../../domain/budget.ts';
import { WaitError } from '../../errors.ts';
import type { Ports } from '../../ports.ts';
import { priorityLine, rankOf } from './priority-line.ts';

export interface AppLine {
  /** Resolves when one call may be sent, within moments. WaitError `XERO_APP_LIMIT` when that would take longer than seconds. */
  take(priority: Priority): Promise<void>;
  /** What an answer said is left of the minute, for all who use the app. */
  note(remaining: number | undefined): void;
  /** After a 429 for the app. */
  block(untilAt: number): Promise<void>;
}

type Needs = Pick<Ports, 'store' | 'clock' | 'random'>;

/** xero-api.md section 2 (2026-11-20). */
const callsPerMinute = 10_000;
const shards = 8;
/** A block is given up after this, used or not. */
const blockMs = 500;
const mostPerBlock = 50;
/** In place no longer than this: longer waits are stored by whoever asked. */
const patienceMs = 5_000;
/** So little is left that others must be using the app too: each worker goes on by a look a second. */
const fewLeft = 50;
const lookAgainMs = 1_000;

export const appRules: AllowanceRules = {
  limit: callsPerMinute / shards,
  spanMs: 250,
  // The block's life, and the way of its last call to Xero (transitMs of budget.ts).
  lateMs: blockMs + 500,
  kept: { manual: 0, scheduled: 0.01, backup: 0.05 },
  burstMs: 0,
};

export const appAllowance = (shard: number): string => `xero-app.${shard}`;

export function appLine({ store, clock, random }: Needs): AppLine {
  let block = { left: 0, until: 0, priority: 0 };
  /** How many were sent since the present block's predecessor began: how many the next will need. */
  let recent: number[] = [];
  let pausedUntil = 0;
  let next = random.bytes(1)[0] ?? 0;

  const askShard = (shard: number, calls: number, priority: Priority) =>
    store.transaction(async (tx) => {
      const id = appAllowance(shard);
      const now = clock.now();
      const stored = (await tx.get('allowances', id))?.data ?? newAllowance;
      const asked = grant(appRules, stored, { calls, priority, now });
      if (asked.kind === 'granted') tx.set('allowances', id, asked.allowance);
      return asked;
    });

  /** Undefined: there is a block now. Else when there will be one, by the shard that is free first. */
  const refill = async (priority: Priority, waiters: number): Promise<number | undefined> => {
    const now = clock.now();
    recent = recent.filter((at) => at > now - blockMs);
    const calls = Math.min(mostPerBlock, Math.max(waiters, recent.length));
    let untilAt = Number.POSITIVE_INFINITY;
    for (let tried = 0; tried < shards; tried += 1) {
      next = (next + 1) % shards;
      const asked = await askShard(next, calls, priority);
      if (asked.kind === 'granted') {
        // A store that takes longer than a block lives: what it gave is spent.
        if (clock.now() > now + blockMs) return clock.now() + lookAgainMs;
        block = { left: asked.calls, until: now + blockMs, priority: rankOf(priority) };
        return undefined;
      }
      untilAt = Math.min(untilAt, asked.untilAt);
    }
    return untilAt;
  };

  const line = priorityLine<void>(clock, async (waiting) => {
    for (let first = waiting.first(); first !== undefined; first = waiting.first()) {
      const { priority, since } = first;
      const now = clock.now();
      const isGood = block.left > 0 && now <= block.until && rankOf(priority) <= block.priority;
      const isPaused = now < pausedUntil;
      const untilAt = isPaused ? pausedUntil : isGood ? undefined : await refill(priority, waiting.count());
      if (untilAt === undefined) {
        // Whoever came first while the store was asked: people may have.
        const served = waiting.first();
        if (served === undefined || rankOf(served.priority) > block.priority) continue;
        block.left -= 1;
        recent.push(clock.now());
        waiting.give();
      } else if (untilAt > since + patienceMs)
        waiting.refuse(priority, new WaitError('XERO_APP_LIMIT', untilAt));
      else await clock.sleep(Math.max(1, untilAt - now));
    }
  });

  return {
    take: line.take,
    note(remaining) {
      if (remaining !== undefined && remaining < fewLeft) pausedUntil = clock.now() + lookAgainMs;
    },
    async block(untilAt) {
      block = { left: 0, until: 0, priority: 0 };
      await store.transaction(async (tx) => {
        const ids = Array.from({ length: shards }, (_, shard) => appAllowance(shard));
        const stored = await Promise.all(ids.map((id) => tx.get('allowances', id)));
        for (const [shard, id] of ids.entries())
          tx.set('allowances', id, blockAllowance(stored[shard]?.data ?? newAllowance, untilAt));
      });
    },
  };
}

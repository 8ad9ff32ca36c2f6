/**
 * A delivery: one message on its way to one recipient, and how often it was tried.
 *
 * open: due at `dueAt`. A worker claims it by moving `dueAt` past the longest try and counting the attempt, so that nobody
 * else tries meanwhile and a worker's death costs a repetition at most, under the same id. sent, dropped (nobody is there any
 * more) and given-up (refused for good, or tried for three days) are ends. Before the first attempt more notices may join.
 */
import { createHash } from 'node:crypto';
import { z } from 'zod';

export const recipientSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('mail'), userId: z.string() }),
  z.object({ kind: z.literal('channel'), channelId: z.string() }),
]);
export type Recipient = z.infer<typeof recipientSchema>;

export const deliverySchema = z.object({
  v: z.literal(1),
  teamId: z.string(),
  to: recipientSchema,
  about: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('notices'), noticeIds: z.array(z.string()) }),
    /** What happened from one instant to another, over all organisations. */
    z.object({ kind: z.literal('digest'), from: z.number(), to: z.number() }),
  ]),
  status: z.enum(['open', 'sent', 'dropped', 'given-up']),
  createdAt: z.number(),
  /** Null once it has ended. */
  dueAt: z.number().nullable(),
  attempts: z.int(),
  endedAt: z.number().nullable(),
  /** When it is deleted; null while it is open. */
  forgetAt: z.number().nullable(),
  /** What went wrong with the newest try, in words; '' when nothing did. */
  problem: z.string(),
});
export type Delivery = z.infer<typeof deliverySchema>;

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
/** Pauses after each failed try; after the last of them one more try, then it is given up: three days in all. */
const pausesMs = [
  minuteMs,
  5 * minuteMs,
  30 * minuteMs,
  2 * hourMs,
  6 * hourMs,
  12 * hourMs,
  24 * hourMs,
  27 * hourMs,
] as const;
export const mostAttempts = pausesMs.length + 1;
/** Longer than any try: while it lasts the delivery is its worker's. */
export const claimMs = 5 * minuteMs;
/** From a delivery's beginning to its first try, so that what happens together is told together. */
export const lingerMs = 15_000;
/** Told in one message at most; a storm of failures becomes a few. */
export const mostTogether = 500;

/** The same for the same words, wherever it is computed. */
export const deliveryIdOf = (...words: Array<string | number>): string =>
  createHash('sha256').update(JSON.stringify(words)).digest('hex').slice(0, 32);

export const newDelivery = (
  teamId: string,
  to: Recipient,
  about: Delivery['about'],
  at: { now: number; dueAt: number },
): Delivery => ({
  v: 1,
  teamId,
  to,
  about,
  status: 'open',
  createdAt: at.now,
  dueAt: at.dueAt,
  attempts: 0,
  endedAt: null,
  forgetAt: null,
  problem: '',
});

/** Whether this notice may still join it. */
export const mayJoin = ({ status, attempts, about }: Delivery): boolean =>
  status === 'open' && attempts === 0 && about.kind === 'notices' && about.noticeIds.length < mostTogether;

/** The delivery in the hands of a worker; undefined when it is not due. One that was interrupted too often is given up. */
export function claimed(delivery: Delivery, now: number): Delivery | undefined {
  if (delivery.status !== 'open' || delivery.dueAt === null || delivery.dueAt > now) return undefined;
  if (delivery.attempts >= mostAttempts)
    return ended(delivery, 'given-up', now, delivery.problem || 'every try was interrupted');
  return { ...delivery, attempts: delivery.attempts + 1, dueAt: now + claimMs };
}

export type Outcome =
  | { kind: 'sent' }
  /** Nobody is there any more: the person has left, the channel was removed. */
  | { kind: 'dropped' }
  /** Tried again later. */
  | { kind: 'failed'; problem: string }
  /** For good. */
  | { kind: 'refused'; problem: string };

/** After the try that `attempts` counted; undefined when another worker has claimed it since, or it has ended. */
export function recorded(
  delivery: Delivery,
  attempts: number,
  outcome: Outcome,
  now: number,
): Delivery | undefined {
  if (delivery.status !== 'open' || delivery.attempts !== attempts) return undefined;
  switch (outcome.kind) {
    case 'sent':
    case 'dropped':
      return ended(delivery, outcome.kind, now, '');
    case 'refused':
      return ended(delivery, 'given-up', now, outcome.problem);
    case 'failed': {
      const pauseMs = pausesMs[attempts - 1];
      if (pauseMs === undefined) return ended(delivery, 'given-up', now, outcome.problem);
      return { ...delivery, dueAt: now + pauseMs, problem: outcome.problem };
    }
  }
}

const ended = (
  delivery: Delivery,
  status: 'sent' | 'dropped' | 'given-up',
  now: number,
  problem: string,
): Delivery => ({
  ...delivery,
  status,
  dueAt: null,
  endedAt: now,
  forgetAt: now + (status === 'given-up' ? 30 : 3) * 24 * hourMs,
  problem,
});

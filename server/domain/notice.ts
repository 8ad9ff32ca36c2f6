/**
 * A notice: something that a team must hear once, with the one thing that helps.
 *
 * It is raised when a state begins, under an id that names this beginning, so that whatever meets the state again raises
 * nothing. Open while the state lasts, closed when it has ended; what only happened (`recovered`, `done`, `new-in-xero`) is
 * closed from the start. While `dueAt` is set its recipients are still to be found; while `checkAt` is set it is looked at
 * again, whether its state has ended.
 */
import { z } from 'zod';
import type { NoticeChoice } from '../../shared/contract/channel.ts';
import { type NoticeKind, noticeKindSchema } from '../../shared/contract/notice.ts';
import { runErrorSchema } from './run.ts';

export type { NoticeChoice } from '../../shared/contract/channel.ts';
export type { NoticeKind } from '../../shared/contract/notice.ts';

/** Whose id `subject` is, and so whose exporters say who hears it. */
export const noticeScopeSchema = z.enum(['exporter', 'connection', 'organisation', 'grant']);
export type NoticeScope = z.infer<typeof noticeScopeSchema>;

export const noticeSchema = z.object({
  v: z.literal(1),
  teamId: z.string(),
  kind: noticeKindSchema,
  /** An exporter's, connection's, organisation's or grant's id, as `scope` says. */
  subject: z.string(),
  /** What it is about, by name: an exporter, an organisation or an account. */
  name: z.string(),
  createdAt: z.number(),
  /** Of before 2026-11-21, when a notice was seen by the whole team at once. */
  seenAt: z.number().nullable(),
  // All below: since 2026-11-21. A notice of before was shown only; it is sent to nobody now.
  scope: noticeScopeSchema.optional(),
  status: z.enum(['open', 'closed']).optional(),
  closedAt: z.number().nullable().optional(),
  dueAt: z.number().nullable().optional(),
  checkAt: z.number().nullable().optional(),
  /** When it is deleted; null while it is open. */
  forgetAt: z.number().nullable().optional(),
  /** Of an exporter's notice. */
  organisation: z.string().optional(),
  runId: z.string().optional(),
  /** Why, as a row of the error table. */
  cause: runErrorSchema.optional(),
  /** When work goes on, or when access ends. */
  until: z.number().optional(),
  /** Of access that ends. */
  provider: z.enum(['xero', 'google']).optional(),
  /** Gaps, or new things, by number. */
  count: z.int().optional(),
});
export type Notice = z.infer<typeof noticeSchema>;

/** What whoever raises one says of it. */
export interface NewNotice {
  /**
   * Names the event and not the moment: the same event met twice is the same id. Letters, digits, `.`, `_` and `-`, 200 at
   * most.
   */
  id: string;
  teamId: string;
  kind: NoticeKind;
  scope: NoticeScope;
  subject: string;
  name: string;
  organisation?: string;
  runId?: string;
  cause?: { code: string; details: Record<string, string | number> };
  /** Ms since the epoch. */
  until?: number;
  provider?: 'xero' | 'google';
  count?: number;
}

/** What people turn on and off, by kind. */
export const choiceOf: Readonly<Record<NoticeKind, NoticeChoice>> = {
  failed: 'failed',
  gaps: 'failed',
  recovered: 'recovered',
  'needs-reconnect': 'access',
  'needs-google': 'access',
  'consent-expiring': 'access',
  'day-limit': 'waiting',
  done: 'done',
  'new-in-xero': 'news',
};

const events: readonly NoticeKind[] = ['recovered', 'done', 'new-in-xero'];
const dayMs = 86_400_000;
/** Runs that end well are many, and soon of no interest. */
const keptMs = (kind: NoticeKind): number => (kind === 'done' ? 7 : 180) * dayMs;
/** Between looks at an open notice. */
export const checkEveryMs = 5 * 60_000;

export function noticeOf({ id: _, ...said }: NewNotice, now: number): Notice {
  const isEvent = events.includes(said.kind);
  return {
    v: 1,
    ...said,
    createdAt: now,
    seenAt: null,
    status: isEvent ? 'closed' : 'open',
    closedAt: isEvent ? now : null,
    dueAt: now,
    checkAt: isEvent ? null : now + checkEveryMs,
    forgetAt: isEvent ? now + keptMs(said.kind) : null,
  };
}

export const closed = (notice: Notice, now: number): Notice => ({
  ...notice,
  status: 'closed',
  closedAt: notice.closedAt ?? now,
  checkAt: null,
  forgetAt: now + keptMs(notice.kind),
});

/** Warned of access that ends, this many days before. */
export const consentWarningDays = [14, 7, 1] as const;

/** One for each of 14, 7 and 1 days before this very end: a grant that was renewed has another end. */
export const consentExpiringNotice = (
  grant: { id: string; teamId: string; email: string; provider: 'xero' | 'google' },
  endsAt: number,
  days: (typeof consentWarningDays)[number],
): NewNotice => ({
  id: `consent.${grant.id}.${Math.floor(endsAt / 86_400_000)}.${days}`,
  teamId: grant.teamId,
  kind: 'consent-expiring',
  scope: 'grant',
  subject: grant.id,
  name: grant.email,
  provider: grant.provider,
  until: endsAt,
  count: days,
});

/** One for an organisation and the day on which its calls come back, however many of its runs wait. */
export const dayLimitNotice = (
  organisation: { teamId: string; organisationId: string; name: string },
  until: number,
): NewNotice => ({
  id: `day-limit.${organisation.teamId}.${organisation.organisationId}.${Math.floor(until / 86_400_000)}`,
  teamId: organisation.teamId,
  kind: 'day-limit',
  scope: 'organisation',
  subject: organisation.organisationId,
  name: organisation.name,
  until,
});

/** Notices, who hears them and how, on the wire. */
import { z } from 'zod';

export const noticeKindSchema = z.enum([
  'failed',
  'gaps',
  'recovered',
  'needs-reconnect',
  'needs-google',
  'consent-expiring',
  'day-limit',
  'done',
  'new-in-xero',
]);
export type NoticeKind = z.infer<typeof noticeKindSchema>;

/** What people turn on and off. `access`: it ended, or soon will; `waiting`: for Xero's limit of a day. */
export const noticeChoiceSchema = z.enum(['failed', 'recovered', 'access', 'waiting', 'done', 'news']);
export type NoticeChoice = z.infer<typeof noticeChoiceSchema>;

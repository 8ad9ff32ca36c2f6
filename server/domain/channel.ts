/** Ways to people besides their mail: webhooks and chat spaces of a team; and what each person chose for themselves. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { usualWishes, wishesViewSchema } from '../../shared/contract/channel.ts';

export { usualWishes } from '../../shared/contract/channel.ts';

/** What a recipient wants to hear, by choice. */
export const wishesSchema = z.object(wishesViewSchema.shape);
export type Wishes = z.infer<typeof wishesSchema>;

/** Of an exporter. */
export const exporterNoticesSchema = z.object({
  /** Members of the team who get mail; null: who made the exporter. */
  people: z.array(z.string()).nullable(),
  /** Channels that hear of it besides those that hear of all exporters. */
  channels: z.array(z.string()),
  on: wishesSchema,
});
export type ExporterNotices = z.infer<typeof exporterNoticesSchema>;

export const usualNotices: ExporterNotices = { people: null, channels: [], on: usualWishes };

export const channelSchema = z.object({
  v: z.literal(1),
  teamId: z.string(),
  kind: z.enum(['webhook', 'chat']),
  name: z.string(),
  /** Sealed: a chat space's address is its key, and a webhook's may hold one. */
  sealedUrl: z.string(),
  /** Shown to people: the host, without path or query. */
  host: z.string(),
  /** Of a webhook: signs every message. Shown once. */
  sealedSecret: z.string().nullable(),
  /** Signs beside the new one for a day after a rotation. */
  formerSecret: z.object({ sealed: z.string(), until: z.number() }).nullable(),
  /** Hears of every exporter of the team what `on` says; else of those that name it. */
  isForAll: z.boolean(),
  on: wishesSchema,
  /** `isForAll && on.done`, to be asked for. */
  wantsDone: z.boolean(),
  createdBy: z.string(),
  createdAt: z.number(),
  /** How the newest try went. */
  last: z
    .object({ at: z.number(), outcome: z.enum(['taken', 'failed', 'given-up']), problem: z.string() })
    .nullable(),
});
export type Channel = z.infer<typeof channelSchema>;

export const channelContext = (channelId: string, field: 'url' | 'secret'): string =>
  `channels/${channelId}/${field}`;

/** Of a person in a team. */
export const personNoticesSchema = z.object({
  v: z.literal(1),
  teamId: z.string(),
  userId: z.string(),
  /** False: no mail at all from this team, but the digest if it is on. */
  hasMail: z.boolean(),
  digest: z.object({ isOn: z.boolean(), time: z.string(), timeZone: z.string() }),
  /** When the next digest is due; null when it is off. */
  digestAt: z.number().nullable(),
  /** Notices up to here were seen. */
  seenUntil: z.number(),
});
export type PersonNotices = z.infer<typeof personNoticesSchema>;

export const personNoticesId = (teamId: string, userId: string): string =>
  createHash('sha256')
    .update(JSON.stringify([teamId, userId]))
    .digest('hex')
    .slice(0, 32);

export const newPersonNotices = (teamId: string, userId: string): PersonNotices => ({
  v: 1,
  teamId,
  userId,
  hasMail: true,
  digest: { isOn: false, time: '08:00', timeZone: 'Etc/UTC' },
  digestAt: null,
  seenUntil: 0,
});

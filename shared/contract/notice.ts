/** Notices, who hears them and how, on the wire. */
import { z } from 'zod';
import { testOutcomeSchema, wishesViewSchema } from './channel.ts';
import { route } from './route.ts';
import { idSchema } from './run.ts';

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

export const noticeViewSchema = z
  .object({
    id: z.string(),
    kind: noticeKindSchema,
    scope: z.enum(['exporter', 'connection', 'organisation', 'grant']),
    /** Id of what it is about, as `scope` says. */
    subject: z.string(),
    name: z.string(),
    organisation: z.string(),
    /** Whose access ends. */
    provider: z.enum(['xero', 'google']),
    /** Why, as a sentence; '' when there is nothing to add. */
    cause: z.string(),
    /** A code of the error table, or ''. */
    code: z.string(),
    until: z.iso.datetime().nullable(),
    count: z.int().nullable(),
    createdAt: z.iso.datetime(),
    /** Its state lasts. */
    isOpen: z.boolean(),
    /** By the person who asks. */
    isSeen: z.boolean(),
  })
  .meta({ id: 'Notice' });
export type NoticeView = z.infer<typeof noticeViewSchema>;

/** A message that did not arrive. */
export const undeliveredSchema = z
  .object({
    id: z.string(),
    /** An address or a channel, by name. */
    to: z.string(),
    problem: z.string(),
    since: z.iso.datetime(),
    /** When it is tried again; null: no more. */
    nextAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'Undelivered' });
export type Undelivered = z.infer<typeof undeliveredSchema>;

const timeSchema = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'is not a time such as 08:00');

export const ownNoticesSchema = z
  .object({
    email: z.string(),
    hasMail: z.boolean(),
    digest: z.object({ isOn: z.boolean(), time: z.string(), timeZone: z.string() }),
    nextDigestAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'OwnNotices' });
export type OwnNotices = z.infer<typeof ownNoticesSchema>;

export const exporterNoticesViewSchema = z
  .object({
    /** The team's members, chosen or not. */
    people: z.array(
      z.object({ userId: idSchema, name: z.string(), email: z.string(), isChosen: z.boolean() }),
    ),
    channels: z.array(
      z.object({
        id: idSchema,
        name: z.string(),
        kind: z.enum(['webhook', 'chat']),
        isForAll: z.boolean(),
        isChosen: z.boolean(),
      }),
    ),
    on: wishesViewSchema,
  })
  .meta({ id: 'ExporterNotices' });
export type ExporterNoticesView = z.infer<typeof exporterNoticesViewSchema>;

const exporterIdParams = z.strictObject({ exporterId: idSchema });
export const noticeRoutes = {
  listNotices: route({
    id: 'listNotices',
    method: 'GET',
    path: '/api/v1/notices',
    summary: 'The team’s notices, newest first, and messages about them that did not arrive.',
    params: null,
    query: z.strictObject({
      limit: z.coerce.number().int().min(1).max(100).default(30),
      /** `next` of the page before. */
      after: z.string().max(400).optional(),
    }),
    body: null,
    answer: z.object({
      notices: z.array(noticeViewSchema),
      /** Of this person; at most 100 are counted. */
      unseen: z.int(),
      undelivered: z.array(undeliveredSchema),
      next: z.string().nullable(),
    }),
    status: 200,
  }),
  seeNotices: route({
    id: 'seeNotices',
    method: 'POST',
    path: '/api/v1/notices/seen',
    summary: 'This person has seen all notices up to an instant.',
    params: null,
    query: null,
    body: z.strictObject({ until: z.iso.datetime() }),
    answer: null,
    status: 204,
  }),
  getOwnNotices: route({
    id: 'getOwnNotices',
    method: 'GET',
    path: '/api/v1/me/notices',
    summary: 'Whether this person gets mail from the team, and their daily digest.',
    params: null,
    query: null,
    body: null,
    answer: ownNoticesSchema,
    status: 200,
  }),
  editOwnNotices: route({
    id: 'editOwnNotices',
    method: 'PATCH',
    path: '/api/v1/me/notices',
    summary: 'Turn mail from the team, or the daily digest, on or off for this person.',
    params: null,
    query: null,
    body: z.strictObject({
      hasMail: z.boolean().optional(),
      digest: z
        .strictObject({ isOn: z.boolean(), time: timeSchema, timeZone: z.string().min(1).max(60) })
        .optional(),
    }),
    answer: ownNoticesSchema,
    status: 200,
  }),
  testMail: route({
    id: 'testMail',
    method: 'POST',
    path: '/api/v1/me/notices/test',
    summary: 'Send this person a mail now, to see whether it arrives.',
    params: null,
    query: null,
    body: null,
    answer: testOutcomeSchema,
    status: 200,
  }),
  getExporterNotices: route({
    id: 'getExporterNotices',
    method: 'GET',
    path: '/api/v1/exporters/{exporterId}/notices',
    summary: 'Who hears of an exporter, and what.',
    params: exporterIdParams,
    query: null,
    body: null,
    answer: exporterNoticesViewSchema,
    status: 200,
  }),
  editExporterNotices: route({
    id: 'editExporterNotices',
    method: 'PATCH',
    path: '/api/v1/exporters/{exporterId}/notices',
    summary: 'Choose who hears of an exporter, and what.',
    params: exporterIdParams,
    query: null,
    body: z.strictObject({
      /** Ids of members who get mail; null: who made the exporter. */
      people: z.array(idSchema).max(100).nullable().optional(),
      /** Ids of channels, besides those that hear of every exporter. */
      channels: z.array(idSchema).max(20).optional(),
      on: wishesViewSchema.optional(),
    }),
    answer: exporterNoticesViewSchema,
    status: 200,
  }),
} as const;

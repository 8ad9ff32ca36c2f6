/** Notices, who hears them and how, on the wire. */
import { z } from 'zod';
import { nameSchema } from './exporter.ts';
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

/** What people turn on and off. `access`: it ended, or soon will; `waiting`: for Xero's limit of a day. */
export const noticeChoiceSchema = z.enum(['failed', 'recovered', 'access', 'waiting', 'done', 'news']);
export type NoticeChoice = z.infer<typeof noticeChoiceSchema>;

export const wishesViewSchema = z.strictObject({
  failed: z.boolean(),
  recovered: z.boolean(),
  access: z.boolean(),
  waiting: z.boolean(),
  done: z.boolean(),
  news: z.boolean(),
});
export type WishesView = z.infer<typeof wishesViewSchema>;

export const noticeViewSchema = z
  .object({
    id: z.string(),
    kind: noticeKindSchema,
    scope: z.enum(['exporter', 'connection', 'organisation', 'grant']),
    /** Id of what it is about, as `scope` says. */
    subject: z.string(),
    name: z.string(),
    organisation: z.string(),
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

export const channelViewSchema = z
  .object({
    id: idSchema,
    kind: z.enum(['webhook', 'chat']),
    name: z.string(),
    host: z.string(),
    /** Hears of every exporter what `on` says; else only of those that name it. */
    isForAll: z.boolean(),
    on: wishesViewSchema,
    /** How the newest try went; null before the first. */
    last: z
      .object({
        at: z.iso.datetime(),
        outcome: z.enum(['taken', 'failed', 'given-up']),
        problem: z.string(),
      })
      .nullable(),
  })
  .meta({ id: 'Channel' });
export type ChannelView = z.infer<typeof channelViewSchema>;

/** How a test went. */
export const testOutcomeSchema = z
  .object({ isTaken: z.boolean(), problem: z.string() })
  .meta({ id: 'TestOutcome' });
export type TestOutcome = z.infer<typeof testOutcomeSchema>;

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

const channelIdParams = z.strictObject({ channelId: idSchema });
const exporterIdParams = z.strictObject({ exporterId: idSchema });
const addressSchema = z
  .url({ protocol: /^https?$/, error: 'is not an address that begins with https://' })
  .max(2_000, 'is longer than 2,000 characters');

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
  listChannels: route({
    id: 'listChannels',
    method: 'GET',
    path: '/api/v1/channels',
    summary: 'The team’s webhooks and chat spaces, and how their newest message went.',
    params: null,
    query: null,
    body: null,
    answer: z.object({ channels: z.array(channelViewSchema) }),
    status: 200,
  }),
  addChannel: route({
    id: 'addChannel',
    method: 'POST',
    path: '/api/v1/channels',
    summary:
      'Add a webhook or a chat space. The secret that signs a webhook is in this answer and nowhere else.',
    params: null,
    query: null,
    body: z.strictObject({
      kind: z.enum(['webhook', 'chat']),
      name: nameSchema(80),
      url: addressSchema,
      isForAll: z.boolean().default(true),
      on: wishesViewSchema.optional(),
    }),
    answer: z.object({ channel: channelViewSchema, secret: z.string().nullable() }),
    status: 201,
  }),
  editChannel: route({
    id: 'editChannel',
    method: 'PATCH',
    path: '/api/v1/channels/{channelId}',
    summary: 'Change the name of a channel and what it hears.',
    params: channelIdParams,
    query: null,
    body: z.strictObject({
      name: nameSchema(80).optional(),
      isForAll: z.boolean().optional(),
      on: wishesViewSchema.optional(),
    }),
    answer: channelViewSchema,
    status: 200,
  }),
  testChannel: route({
    id: 'testChannel',
    method: 'POST',
    path: '/api/v1/channels/{channelId}/test',
    summary: 'Send a test message now.',
    params: channelIdParams,
    query: null,
    body: null,
    answer: testOutcomeSchema,
    status: 200,
  }),
  rotateSecret: route({
    id: 'rotateSecret',
    method: 'POST',
    path: '/api/v1/channels/{channelId}/secret',
    summary: 'A new secret for a webhook. For a day messages are signed with the former one as well.',
    params: channelIdParams,
    query: null,
    body: null,
    answer: z.object({ secret: z.string() }),
    status: 200,
  }),
  removeChannel: route({
    id: 'removeChannel',
    method: 'DELETE',
    path: '/api/v1/channels/{channelId}',
    summary: 'Remove a channel. It hears nothing more.',
    params: channelIdParams,
    query: null,
    body: null,
    answer: null,
    status: 204,
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

/** A team's webhooks and chat spaces, on the wire. */
import { z } from 'zod';
import { nameSchema } from './exporter.ts';
import { route } from './route.ts';
import { idSchema } from './run.ts';

/** What people turn on and off. `access`: it ended, or soon will; `waiting`: for Xero's limit of a day. */
export const noticeChoiceSchema = z.enum(['failed', 'recovered', 'access', 'waiting', 'done', 'news']);
export type NoticeChoice = z.infer<typeof noticeChoiceSchema>;

const yesOrNo = z.boolean();
export const wishesViewSchema = z.strictObject({
  failed: yesOrNo,
  recovered: yesOrNo,
  access: yesOrNo,
  waiting: yesOrNo,
  done: yesOrNo,
  news: yesOrNo,
} satisfies Record<NoticeChoice, typeof yesOrNo>);
export type WishesView = z.infer<typeof wishesViewSchema>;

/** Of whoever chose nothing: what is wrong, and when it is right again. */
export const usualWishes: WishesView = {
  failed: true,
  recovered: true,
  access: true,
  waiting: true,
  done: false,
  news: false,
};

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

const channelIdParams = z.strictObject({ channelId: idSchema });
const addressSchema = z
  .url({ protocol: /^https?$/, error: 'is not an address that begins with https://' })
  .max(2_000, 'is longer than 2,000 characters');

export const channelRoutes = {
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
} as const;

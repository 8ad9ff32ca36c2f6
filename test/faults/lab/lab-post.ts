/** Mail servers, webhooks and a chat space as notices meet them: some fail, refuse, dawdle, or take a message and lose the answer. */
import { channelContext, usualWishes, type Wishes } from '../../../server/domain/channel.ts';
import type { HttpRequest, HttpResponse } from '../../../server/domain/http-message.ts';
import { postRound } from '../../../server/engine/notices/post-round.ts';
import { wakePostSoon, withPostTasks } from '../../../server/engine/notices/post-tasks.ts';
import { RetryError, UserError } from '../../../server/errors.ts';
import type { Mail, Network, Ports, Task } from '../../../server/ports.ts';
import { sealText } from '../../../server/wrappers/seal-text.ts';
import { seededRandom } from '../../support/seeded-random.ts';
import type { Wire } from './lab-network.ts';
import type { LabWorld } from './lab-world.ts';
import type { Life } from './life.ts';
import type { Setting } from './setting.ts';

/** Everything that the outside took. */
export interface LabPost {
  /** Deliveries by id, in the order in which they were taken. */
  taken: Array<{ id: string; to: string; at: number }>;
  /** By id: how often the outside took it and did not get to say so. */
  lost: Map<string, number>;
  /** Deliveries that were refused for good. */
  refused: Set<string>;
  onTaken?: (id: string) => void;
  mail(life: Life): Mail;
  outside(life: Life): Network;
  /** The network of a life, with the chat space on it. */
  wire(wire: Wire): Wire;
}

const chatOrigin = 'https://chat.googleapis.com';
const webhook = 'https://hooks.harbourbooks.example/foliokeep';
const publicUrl = 'http://localhost:8080';
type Fate = 'taken' | 'failed' | 'refused' | 'lost';

export function labPost({ scheduler, plan, watch, extras: { dice } }: LabWorld): LabPost {
  const fateOf = (): { fate: Fate; ms: number } => {
    if (plan.isCalm()) return { fate: 'taken', ms: 20 };
    const fate = dice.one<Fate>(['taken', 'taken', 'taken', 'taken', 'failed', 'failed', 'lost']);
    return {
      fate: dice.chance(0.02) ? 'refused' : fate,
      ms: dice.one([20, 20, 20, 2_000, 14_000, 100_000]),
    };
  };
  const add = (id: string): void => void post.lost.set(id, (post.lost.get(id) ?? 0) + 1);
  const take = (id: string, to: string): void => {
    post.taken.push({ id, to, at: scheduler.now() });
    watch.event(`${to} took ${id}`);
    post.onTaken?.(id);
  };
  const answer = (status: number): HttpResponse => ({ status, headers: {}, body: new Uint8Array() });
  /** A message to an address, with what became of it. */
  const receive = async (id: string, to: string, timeoutMs: number, life: Life): Promise<HttpResponse> => {
    const { fate, ms } = fateOf();
    await scheduler.sleepUntil(scheduler.now() + Math.min(ms, timeoutMs), life);
    if (fate === 'refused') {
      post.refused.add(id);
      return answer(410);
    }
    if (fate !== 'failed') take(id, to);
    if (ms >= timeoutMs || fate === 'lost') {
      if (fate !== 'failed') add(id);
      throw new RetryError('NETWORK', { problem: 'timeout' });
    }
    return answer(fate === 'failed' ? dice.one([500, 503, 404, 429]) : 204);
  };
  const post: LabPost = {
    taken: [],
    lost: new Map(),
    refused: new Set(),
    mail: (life) => ({
      async send({ to, id = '' }) {
        const { fate, ms } = fateOf();
        const deliveryId = id.split('@')[0] ?? '';
        await scheduler.sleepUntil(scheduler.now() + ms, life);
        if (fate === 'refused') {
          post.refused.add(deliveryId);
          throw new UserError('DELIVERY_REFUSED', { recipient: to, problem: 'no such mailbox' });
        }
        if (fate !== 'failed') take(deliveryId, to);
        if (fate === 'lost') add(deliveryId);
        if (fate !== 'taken')
          throw new RetryError('DELIVERY_FAILED', { recipient: to, problem: 'the line was cut' });
      },
    }),
    outside: (life) => ({
      request: ({ url, headers }, { timeoutMs }) =>
        receive((headers['webhook-id'] ?? '').replace(/^msg_/, ''), new URL(url).host, timeoutMs, life),
    }),
    wire: (wire) => ({
      ...wire,
      exchange(request: HttpRequest, life: Life) {
        if (!request.url.startsWith(`${chatOrigin}/`)) return wire.exchange(request, life);
        const { searchParams } = new URL(request.url);
        return receive(searchParams.get('threadKey') ?? '', 'the chat space', 15_000, life);
      },
    }),
  };
  return post;
}

/** Tasks of post go to its rounds, as the worker of the product gives them. */
export function takerOf(ports: Ports, handle: (task: Task) => Promise<void>): (task: Task) => Promise<void> {
  let take: (task: Task, attempt: number) => Promise<void> = handle;
  withPostTasks(
    {
      consume(own) {
        take = own;
        return { stop: async () => undefined };
      },
    },
    ports.clock,
    async (lane, stop) => {
      await postRound(ports, { publicUrl }, lane, stop);
      await wakePostSoon(ports);
    },
  ).consume((task) => handle(task));
  return (task) => take(task, 1);
}

/** Who hears of everything: the person who made the exporters, a webhook of the first team, a chat space that wants it all. */
export async function givenRecipients(world: LabWorld, { teams }: Setting): Promise<void> {
  const { store, keys, clock, seed, extras } = world;
  const ports = { keys, random: seededRandom(seed + 1) };
  const createdAt = clock.now();
  await store.create('users', 'user', {
    v: 1,
    googleSub: '104512670381120044871',
    email: 'amelia@harbourbooks.example',
    name: 'Amelia Hart',
    personalTeamId: 'team',
    createdAt,
  });
  for (const { teamId } of teams)
    await store.create('teams', teamId, {
      v: 1,
      teamId,
      name: teamId,
      members: [{ userId: 'user', role: 'owner', joinedAt: createdAt }],
      createdAt,
    });
  const all: Wishes = { failed: true, recovered: true, access: true, waiting: true, done: true, news: true };
  const channels = [
    { id: 'hook', kind: 'webhook', url: webhook, on: extras.dice.one([usualWishes, all]) },
    {
      id: 'space',
      kind: 'chat',
      url: `${chatOrigin}/v1/spaces/AAAA/messages?key=k&token=t`,
      on: extras.dice.one([usualWishes, all]),
    },
  ] as const;
  for (const { id, kind, url, on } of channels)
    await store.create('channels', id, {
      v: 1,
      teamId: 'team',
      kind,
      name: id,
      sealedUrl: await sealText(ports, channelContext(id, 'url'), url),
      host: new URL(url).host,
      sealedSecret:
        kind === 'webhook'
          ? await sealText(ports, channelContext(id, 'secret'), 'whsec_MfKQ9r8GKYqrTwjU')
          : null,
      formerSecret: null,
      isForAll: true,
      on,
      wantsDone: on.done,
      createdBy: 'user',
      createdAt,
      last: null,
    });
}

/** A team's webhooks and chat spaces: added, changed, tested, removed. Addresses and secrets are sealed, and shown once or never. */
import type { ChannelView, TestOutcome } from '../../shared/contract/channel.ts';
import { type Channel, channelContext, usualWishes, type Wishes } from '../domain/channel.ts';
import type { Actor } from '../domain/team.ts';
import { webhookSecret } from '../domain/webhook-signature.ts';
import { type ChannelPorts, sendToChannel } from '../engine/notices/channel-message.ts';
import { channelsOf } from '../engine/notices/recipients.ts';
import { UserError } from '../errors.ts';
import type { Ports, Reader, Stored } from '../ports.ts';
import { sealText } from '../wrappers/seal-text.ts';
import { mustBeOwner } from './own.ts';

export interface NewChannel {
  kind: Channel['kind'];
  name: string;
  url: string;
  isForAll: boolean;
  on?: Wishes | undefined;
}

type Needs = Pick<Ports, 'store' | 'clock' | 'ids' | 'keys' | 'random'>;

const mostChannels = 20;
/** A receiver has so long to take up a new secret. */
const overlapMs = 86_400_000;

/** By name. */
export async function listChannels(
  ports: Pick<Ports, 'store'>,
  actor: Actor,
): Promise<{ channels: ChannelView[] }> {
  const found = await channelsOf(ports, actor.teamId);
  return { channels: found.map(viewOf).sort((a, b) => a.name.localeCompare(b.name, 'en')) };
}

/** FORBIDDEN but for owners; INVALID_INPUT for an address that can be no channel's. The secret is answered once. Twice adds two. */
export async function addChannel(
  ports: Needs,
  actor: Actor,
  { kind, name, url, isForAll, on = usualWishes }: NewChannel,
): Promise<{ channel: ChannelView; secret: string | null }> {
  mustBeOwner(actor);
  assertAddress(kind, url);
  if ((await channelsOf(ports, actor.teamId)).length >= mostChannels)
    throw new UserError('INVALID_INPUT', {
      field: 'name',
      problem: `would be more than ${mostChannels} channels`,
    });
  const id = ports.ids.next();
  const secret = kind === 'webhook' ? webhookSecret(ports.random.bytes(32)) : null;
  const stored = await ports.store.create('channels', id, {
    v: 1,
    teamId: actor.teamId,
    kind,
    name,
    sealedUrl: await sealText(ports, channelContext(id, 'url'), url),
    host: new URL(url).hostname,
    sealedSecret: secret === null ? null : await sealText(ports, channelContext(id, 'secret'), secret),
    formerSecret: null,
    isForAll,
    on,
    wantsDone: isForAll && on.done,
    createdBy: actor.userId,
    createdAt: ports.clock.now(),
    last: null,
  });
  return { channel: viewOf(stored), secret };
}

export async function editChannel(
  ports: Pick<Ports, 'store'>,
  actor: Actor,
  channelId: string,
  edit: { name?: string | undefined; isForAll?: boolean | undefined; on?: Wishes | undefined },
): Promise<ChannelView> {
  mustBeOwner(actor);
  return ports.store.transaction(async (tx) => {
    const { data } = await ownChannel(tx, actor, channelId);
    const isForAll = edit.isForAll ?? data.isForAll;
    const on = edit.on ?? data.on;
    const after = { ...data, name: edit.name ?? data.name, isForAll, on, wantsDone: isForAll && on.done };
    tx.set('channels', channelId, after);
    return viewOf({ id: channelId, data: after });
  });
}

/** Removed already: NOT_FOUND, as for one that never was. */
export async function removeChannel(
  ports: Pick<Ports, 'store'>,
  actor: Actor,
  channelId: string,
): Promise<void> {
  mustBeOwner(actor);
  await ports.store.transaction(async (tx) => {
    await ownChannel(tx, actor, channelId);
    tx.delete('channels', channelId);
  });
}

/** Sends a test now, says how that went, and keeps it as the channel's newest. Twice sends two. */
export async function testChannel(
  ports: Needs & ChannelPorts,
  actor: Actor,
  channelId: string,
  publicUrl: string,
): Promise<TestOutcome> {
  mustBeOwner(actor);
  const { data } = await ownChannel(ports.store, actor, channelId);
  const id = ports.ids.next();
  const text = `A test from Foliokeep. Notices for “${data.name}” arrive here.`;
  const timestamp = new Date(ports.clock.now()).toISOString();
  const body =
    data.kind === 'chat'
      ? `${text.replace(/[<>*_~`]/g, '')}\n${publicUrl}/#notices`
      : JSON.stringify({ type: 'test', timestamp, data: { sentence: text, url: `${publicUrl}/#notices` } });
  const outcome = await sendToChannel(ports, channelId, data, { id, body });
  const problem = 'problem' in outcome ? outcome.problem : '';
  const last = {
    at: ports.clock.now(),
    outcome: lastOutcomes[outcome.kind],
    problem,
  };
  await ports.store.transaction(async (tx) => {
    const present = (await tx.get('channels', channelId))?.data;
    if (present !== undefined) tx.set('channels', channelId, { ...present, last });
  });
  return { isTaken: problem === '', problem };
}

/** A new secret; for a day messages carry a signature of the former one as well. INVALID_INPUT for a chat space. */
export async function rotateSecret(
  ports: Needs,
  actor: Actor,
  channelId: string,
): Promise<{ secret: string }> {
  mustBeOwner(actor);
  const secret = webhookSecret(ports.random.bytes(32));
  const sealedSecret = await sealText(ports, channelContext(channelId, 'secret'), secret);
  const until = ports.clock.now() + overlapMs;
  await ports.store.transaction(async (tx) => {
    const { data } = await ownChannel(tx, actor, channelId);
    if (data.sealedSecret === null)
      throw new UserError('INVALID_INPUT', {
        field: 'channelId',
        problem: 'is a chat space, which has no secret',
      });
    // A repeated commit finds its own secret and keeps the one before.
    const formerSecret =
      data.sealedSecret === sealedSecret ? data.formerSecret : { sealed: data.sealedSecret, until };
    tx.set('channels', channelId, { ...data, sealedSecret, formerSecret });
  });
  return { secret };
}

const lastOutcomes = { sent: 'taken', dropped: 'taken', failed: 'failed', refused: 'given-up' } as const;

async function ownChannel(reader: Reader, actor: Actor, id: string): Promise<Stored<'channels'>> {
  const found = await reader.get('channels', id);
  if (found === undefined || found.data.teamId !== actor.teamId)
    throw new UserError('NOT_FOUND', { what: 'channel' });
  return found;
}

/** A chat space's address is Google's and nobody else's; a webhook's is looked at again whenever it is connected to. */
function assertAddress(kind: Channel['kind'], text: string): void {
  const url = new URL(text);
  const refuse = (problem: string): never => {
    throw new UserError('INVALID_INPUT', { field: 'url', problem });
  };
  if (kind === 'webhook') {
    const isHere = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
    if (url.protocol !== 'https:' && !isHere) refuse('does not begin with https://');
    if (url.username !== '' || url.password !== '') refuse('has a name or password in it');
    return;
  }
  const isSpace =
    url.origin === 'https://chat.googleapis.com' &&
    /^\/v1\/spaces\/[A-Za-z0-9_-]{1,100}\/messages$/.test(url.pathname) &&
    (url.searchParams.get('key') ?? '') !== '' &&
    (url.searchParams.get('token') ?? '') !== '';
  if (!isSpace || url.username !== '') refuse('is not the webhook address of a Google Chat space');
}

const viewOf = ({ id, data }: Pick<Stored<'channels'>, 'id' | 'data'>): ChannelView => ({
  id,
  kind: data.kind,
  name: data.name,
  host: data.host,
  isForAll: data.isForAll,
  on: data.on,
  last: data.last && { ...data.last, at: new Date(data.last.at).toISOString() },
});

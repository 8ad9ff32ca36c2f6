/** One try of one delivery: claimed first, recorded after, so that a worker's death costs a repetition under the same id at most. */
import type { Channel } from '../../domain/channel.ts';
import { claimed, type Delivery, type Outcome, recorded } from '../../domain/delivery.ts';
import { FoliokeepError, UserError } from '../../errors.ts';
import type { Ports } from '../../ports.ts';
import { type ChannelPorts, sendToChannel } from './channel-message.ts';
import { digestMail } from './digest-text.ts';
import { chatOf, mailOf, type Told, webhookOf } from './notice-text.ts';

export type SendPorts = ChannelPorts & Pick<Ports, 'store' | 'mail' | 'log'>;

export interface PostOptions {
  /** Where people reach the dashboard: links and the ids of mail are of it. */
  publicUrl: string;
}

/** False when it was not due: another worker has it, or it has ended. */
export async function sendDelivery(
  ports: SendPorts,
  { publicUrl }: PostOptions,
  id: string,
  signal?: AbortSignal,
): Promise<boolean> {
  const taken = await move(ports, id, (delivery) => claimed(delivery, ports.clock.now()));
  if (taken?.status !== 'open') return taken !== undefined;
  const outcome = await attempt(ports, publicUrl, id, taken, signal);
  const now = ports.clock.now();
  await move(ports, id, (delivery) => recorded(delivery, taken.attempts, outcome, now));
  const said = { deliveryId: id, attempts: taken.attempts, outcome: outcome.kind };
  if (outcome.kind === 'sent' || outcome.kind === 'dropped') ports.log.info('A message was delivered', said);
  else ports.log.warn('A message was not delivered', { ...said, problem: outcome.problem });
  return true;
}

/** Stores what `decide` answers, and with it how the channel stands. Undefined: nothing is stored. */
async function move(
  { store, clock }: SendPorts,
  id: string,
  decide: (delivery: Delivery) => Delivery | undefined,
): Promise<Delivery | undefined> {
  const now = clock.now();
  return store.transaction(async (tx) => {
    const before = (await tx.get('deliveries', id))?.data;
    const after = before && decide(before);
    if (before === undefined || after === undefined) return undefined;
    const { to } = after;
    const channel = to.kind === 'channel' ? (await tx.get('channels', to.channelId))?.data : undefined;
    const last = lastOf(after, before.problem, now);
    tx.set('deliveries', id, after);
    if (to.kind === 'channel' && channel !== undefined && last !== undefined)
      tx.set('channels', to.channelId, { ...channel, last });
    return after;
  });
}

/** What people see of it beside the channel; undefined while nothing is known. */
function lastOf({ status, problem }: Delivery, before: string, at: number): Channel['last'] | undefined {
  if (status === 'sent') return { at, outcome: 'taken', problem: '' };
  if (status === 'given-up') return { at, outcome: 'given-up', problem };
  return status === 'open' && problem !== '' && problem !== before
    ? { at, outcome: 'failed', problem }
    : undefined;
}

async function attempt(
  ports: SendPorts,
  publicUrl: string,
  id: string,
  delivery: Delivery,
  signal: AbortSignal | undefined,
): Promise<Outcome> {
  const { to } = delivery;
  if (to.kind === 'mail') return sendMail(ports, publicUrl, id, delivery, to.userId, signal);
  const channel = (await ports.store.get('channels', to.channelId))?.data;
  const told = await toldOf(ports, delivery);
  const [first] = told;
  if (channel === undefined || first === undefined) return { kind: 'dropped' };
  const body = channel.kind === 'webhook' ? webhookOf(first, publicUrl) : chatOf(told, publicUrl);
  return sendToChannel(ports, to.channelId, channel, { id, body }, signal);
}

async function sendMail(
  ports: SendPorts,
  publicUrl: string,
  id: string,
  delivery: Delivery,
  userId: string,
  signal: AbortSignal | undefined,
): Promise<Outcome> {
  const [user, team] = await Promise.all([
    ports.store.get('users', userId),
    ports.store.get('teams', delivery.teamId),
  ]);
  // Who left the team in the meantime hears nothing more of it.
  const isMember = team?.data.members.some((member) => member.userId === userId) === true;
  if (user === undefined || !isMember) return { kind: 'dropped' };
  const mail =
    delivery.about.kind === 'digest'
      ? await digestMail(ports, delivery.teamId, team.data.name, delivery.about, publicUrl)
      : await noticeMail(ports, delivery, publicUrl);
  if (mail === undefined) return { kind: 'dropped' };
  const settingsUrl = `${publicUrl}/#notices`;
  try {
    await ports.mail.send(
      { to: user.data.email, ...mail, id: `${id}@${new URL(publicUrl).hostname}`, settingsUrl },
      signal,
    );
    return { kind: 'sent' };
  } catch (error) {
    if (!(error instanceof FoliokeepError)) throw error;
    const problem = String(error.details['problem'] ?? error.message);
    return { kind: error instanceof UserError ? 'refused' : 'failed', problem };
  }
}

async function noticeMail(ports: SendPorts, delivery: Delivery, publicUrl: string) {
  const told = await toldOf(ports, delivery);
  return told.length === 0 ? undefined : mailOf(told, publicUrl);
}

/** In the order in which they joined; one that was deleted since is left out. */
async function toldOf({ store }: SendPorts, { about }: Delivery): Promise<Told[]> {
  if (about.kind !== 'notices') return [];
  const found = await Promise.all(about.noticeIds.map((id) => store.get('notices', id)));
  return found.flatMap((stored) => (stored === undefined ? [] : [{ id: stored.id, notice: stored.data }]));
}

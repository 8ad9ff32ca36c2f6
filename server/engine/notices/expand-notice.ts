/** A notice becomes deliveries, one for each recipient: those to people and chats take up what happens at the same time. */
import { deliveryIdOf, lingerMs, mayJoin, newDelivery, type Recipient } from '../../domain/delivery.ts';
import type { Notice } from '../../domain/notice.ts';
import type { Ports, Transaction } from '../../ports.ts';
import { recipientKey, recipientsOf } from './recipients.ts';

type Needs = Pick<Ports, 'store' | 'clock'>;

/** Notices that begin within one of these may be told together. */
const bucketMs = 10 * 60_000;
/**
 * A notice that finds its recipients later than this, as after a laptop's week in a drawer, is told alone: deliveries of its bucket
 * may have been forgotten (delivery.ts), and what receives them would take another message under the same id for the same.
 */
const togetherForMs = 2 * 24 * 60 * 60_000;

/** Stopped anywhere and begun again: each recipient has it once, for the ids of deliveries are made of what they tell. */
export async function expandNotice(ports: Needs, noticeId: string, notice: Notice): Promise<void> {
  const { people, channels } = await recipientsOf(ports, notice);
  for (const userId of people) await tellTogether(ports, noticeId, notice, { kind: 'mail', userId });
  for (const { id, channel } of channels) {
    const to: Recipient = { kind: 'channel', channelId: id };
    if (channel.kind === 'chat') await tellTogether(ports, noticeId, notice, to);
    else await tellAlone(ports, noticeId, notice, to);
  }
  await ports.store.transaction(async (tx) => {
    const present = (await tx.get('notices', noticeId))?.data;
    if (present?.dueAt != null) tx.set('notices', noticeId, { ...present, dueAt: null });
  });
}

/** For machines: one event, one message. */
async function tellAlone(ports: Needs, noticeId: string, notice: Notice, to: Recipient): Promise<void> {
  const now = ports.clock.now();
  await ports.store.transaction((tx) => addAlone(tx, noticeId, notice, to, now));
}

async function addAlone(
  tx: Transaction,
  noticeId: string,
  notice: Notice,
  to: Recipient,
  now: number,
): Promise<void> {
  const id = deliveryIdOf('one', recipientKey(to), noticeId);
  if ((await tx.get('deliveries', id)) !== undefined) return;
  const about = { kind: 'notices' as const, noticeIds: [noticeId] };
  tx.set('deliveries', id, newDelivery(notice.teamId, to, about, { now, dueAt: now }));
}

async function tellTogether(ports: Needs, noticeId: string, notice: Notice, to: Recipient): Promise<void> {
  const now = ports.clock.now();
  const bucket = Math.floor(notice.createdAt / bucketMs);
  await ports.store.transaction(async (tx) => {
    // The first that still takes it in, or that has it already; those before are full or under way.
    for (let number = 0; ; number += 1) {
      const id = deliveryIdOf('together', notice.teamId, recipientKey(to), bucket, number);
      const present = (await tx.get('deliveries', id))?.data;
      if (present === undefined) {
        if (now - notice.createdAt > togetherForMs) return addAlone(tx, noticeId, notice, to, now);
        const about = { kind: 'notices' as const, noticeIds: [noticeId] };
        tx.set('deliveries', id, newDelivery(notice.teamId, to, about, { now, dueAt: now + lingerMs }));
        return;
      }
      if (present.about.kind !== 'notices' || present.about.noticeIds.includes(noticeId)) return;
      if (!mayJoin(present)) continue;
      const about = { ...present.about, noticeIds: [...present.about.noticeIds, noticeId] };
      tx.set('deliveries', id, { ...present, about });
      return;
    }
  });
}

/**
 * A round of post: what was raised finds its recipients, what is due is sent. The store says what there is to do; a round is
 * only woken, so that one that is lost, doubled or cut short is made good by the next.
 */
import { setImmediate } from 'node:timers/promises';
import type { Notice } from '../../domain/notice.ts';
import type { Ports } from '../../ports.ts';
import { describeError } from '../describe-error.ts';
import { makeDigests } from './digests.ts';
import { expandNotice } from './expand-notice.ts';
import { forgetOldPost } from './forget-old-post.ts';
import { type PostOptions, type SendPorts, sendDelivery } from './send-delivery.ts';
import { settleNotices } from './settle-notices.ts';

export type PostPorts = SendPorts & Pick<Ports, 'queue'>;

/** A round begins nothing new after this; the next one goes on. */
const roundMs = 40_000;
/** Of each kind in one round. */
const most = 100;
/** As many as can come between two rounds, where every run of thousands is told. */
const mostForgotten = 1_000;
const postponedMs = 10 * 60_000;

/** Several at once are safe. `lane` 0 does what one is enough for; the others only send. */
export async function postRound(
  ports: PostPorts,
  options: PostOptions,
  lane: number,
  stop: AbortSignal,
): Promise<void> {
  const endAt = ports.clock.now() + roundMs;
  const isOver = (): boolean => stop.aborted || ports.clock.now() >= endAt;
  if (lane === 0) {
    await settleNotices(ports, most);
    await makeDigests(ports, most);
    await forgetOldPost(ports, mostForgotten);
    await expandDue(ports, isOver);
  }
  await sendDue(ports, options, lane, isOver, stop);
}

async function expandDue(ports: PostPorts, isOver: () => boolean): Promise<void> {
  while (!isOver()) {
    const due = await ports.store.query('notices', {
      where: [{ field: 'dueAt', op: '<=', value: ports.clock.now() }],
      orderBy: { field: 'dueAt', direction: 'asc' },
      limit: most,
    });
    for (const { id, data } of due) {
      if (isOver()) return;
      await expandOrPostpone(ports, id, data);
      // A storm of them would keep everything else of this process waiting.
      await setImmediate();
    }
    if (due.length < most) return;
  }
}

/** One whose recipients cannot be found keeps no other waiting. */
async function expandOrPostpone(ports: PostPorts, id: string, notice: Notice): Promise<void> {
  try {
    await expandNotice(ports, id, notice);
  } catch (error) {
    ports.log.error('The recipients of a notice could not be found', {
      noticeId: id,
      error: describeError(error),
    });
    await ports.store.transaction(async (tx) => {
      const present = (await tx.get('notices', id))?.data;
      if (present?.dueAt != null)
        tx.set('notices', id, { ...present, dueAt: ports.clock.now() + postponedMs });
    });
  }
}

async function sendDue(
  ports: PostPorts,
  options: PostOptions,
  lane: number,
  isOver: () => boolean,
  stop: AbortSignal,
): Promise<void> {
  const failed = new Set<string>();
  while (!isOver()) {
    const due = await ports.store.query('deliveries', {
      where: [{ field: 'dueAt', op: '<=', value: ports.clock.now() }],
      orderBy: { field: 'dueAt', direction: 'asc' },
      limit: most,
    });
    // Each lane from its own end, so that they meet seldom.
    const mine = lane % 2 === 0 ? due : due.toReversed();
    let sent = 0;
    for (const { id } of mine) {
      if (isOver()) return;
      if (failed.has(id)) continue;
      try {
        if (await sendDelivery(ports, options, id, stop)) sent += 1;
      } catch (error) {
        // One message that cannot be made keeps no other: it is claimed, and comes again until it is given up. Where the store
        // takes nothing it could not be claimed and is still due: once in a round is enough.
        ports.log.error('A message could not be made', { deliveryId: id, error: describeError(error) });
        failed.add(id);
      }
    }
    if (sent === 0) return;
  }
}

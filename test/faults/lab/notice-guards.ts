/** What holds of notices: one for each state and not for each failure, each told to all who hear it, repeated only when an answer was lost. */
import { usualWishes } from '../../../server/domain/channel.ts';
import type { Delivery } from '../../../server/domain/delivery.ts';
import type { Document } from '../../../server/domain/documents.ts';
import type { Exporter } from '../../../server/domain/exporter.ts';
import { choiceOf, type Notice } from '../../../server/domain/notice.ts';
import { hasEnded, type Run } from '../../../server/domain/run.ts';
import type { LabPost } from './lab-post.ts';
import type { LabWorld } from './lab-world.ts';
import { isFairTo } from './plan.ts';

export interface NoticeGuards {
  /** Once everything is calm and nothing more is due. */
  check(): Promise<void>;
}

/** Of one exporter, from its runs alone: since when it is broken or has gaps, and what was told since. */
interface Stretch {
  isBroken: boolean;
  hasGaps: boolean;
  mended: boolean;
  /** Told since it broke, and how often it came to need its person since. */
  failed: number;
  worse: number;
  gaps: number;
}

export function guardNotices(world: LabWorld, post: LabPost): NoticeGuards {
  const { watch, store } = world;
  const notices = new Map<string, Notice>();
  const deliveries = new Map<string, Delivery>();
  const stretches = new Map<string, Stretch>();
  const ended = new Set<string>();
  const health = new Map<string, string>();
  /** Connections and grants that lived since their end was last told. */
  const isDead = new Set<string>();
  const stretchOf = (id: string): Stretch => {
    const known = stretches.get(id) ?? {
      ...{ isBroken: false, hasGaps: false, mended: false, failed: 0, worse: 0, gaps: 0 },
    };
    stretches.set(id, known);
    return known;
  };

  const seeRun = (id: string, run: Run): void => {
    if (!hasEnded(run) || ended.has(id)) return;
    ended.add(id);
    const stretch = stretchOf(run.exporterId);
    if (run.status === 'cancelled') return;
    const isBroken = run.status === 'failed';
    const hasGaps = run.status === 'succeeded-with-gaps';
    if (isBroken && !stretch.isBroken) Object.assign(stretch, { failed: 0, worse: 0 });
    if (hasGaps && !stretch.hasGaps) stretch.gaps = 0;
    Object.assign(stretch, { mended: stretch.isBroken && !isBroken, isBroken, hasGaps });
  };
  const seeExporter = (id: string, { health: now }: Exporter): void => {
    const state = now?.state ?? 'well';
    if (state === 'needs-you' && health.get(id) === 'failing') stretchOf(id).worse += 1;
    health.set(id, state);
  };
  const seeNotice = (id: string, notice: Notice): void => {
    const before = notices.get(id);
    notices.set(id, notice);
    if (before !== undefined) {
      if (before.dueAt === null && typeof notice.dueAt === 'number')
        watch.violate('G31', `notice ${id} is told again`);
      return;
    }
    const { subject, kind } = notice;
    const wrong = (why: string): void => watch.violate('G31', `${kind} of ${subject}: ${why}`);
    const stretch = stretchOf(subject);
    switch (kind) {
      case 'failed':
        stretch.failed += 1;
        if (!stretch.isBroken) wrong('told, though no run had failed');
        if (stretch.failed > 1 + stretch.worse) wrong(`told ${stretch.failed} times of one state`);
        return;
      case 'gaps':
        stretch.gaps += 1;
        if (stretch.gaps > 1) wrong('told again of the same state');
        return;
      case 'recovered':
        if (notice.scope === 'exporter' && !stretch.mended) wrong('told, though nothing had been wrong');
        return;
      case 'needs-reconnect':
      case 'needs-google':
        if (isDead.has(subject)) wrong('told again, though nobody had given it back');
        isDead.add(subject);
        return;
      default:
    }
  };

  watch.onStored((_life, collection, id, data) => {
    if (collection === 'runs') seeRun(id, data as Run);
    if (collection === 'exporters') seeExporter(id, data as Exporter);
    if (collection === 'notices') seeNotice(id, data as Notice);
    if (collection === 'deliveries') deliveries.set(id, data as Delivery);
    if (collection === 'grants' || collection === 'connections')
      if ((data as Document<'grants'> | Document<'connections'>).status === 'active') isDead.delete(id);
  });

  const { skewMs } = world.plan.habits;
  const isFair = isFairTo(world.plan.habits);
  post.onTaken = (id) => {
    const delivery = deliveries.get(id);
    const count = post.taken.filter((one) => one.id === id).length;
    if (delivery === undefined) return watch.violate('I15', `message ${id} is of no delivery`);
    if (delivery.status === 'sent')
      watch.violate('I15', `message ${id} was sent again after it was recorded`);
    if (count > delivery.attempts)
      watch.violate('I15', `message ${id} was taken ${count} times in ${delivery.attempts} attempts`);
    // The chat space's answers pass a network that loses them as well.
    const lost = post.lost.get(id) ?? 0;
    const isChat = delivery.to.kind === 'channel' && delivery.to.channelId === 'space';
    const most = 1 + lost + (isFair ? 0 : watch.disturbances());
    if (skewMs === 0 && !isChat && count > most)
      watch.violate('I15', `message ${id} was taken ${count} times, with ${lost} answers lost`);
  };

  return {
    async check() {
      const channels = await store.query('channels', { limit: 10 });
      const told = new Map<string, Set<string>>();
      for (const [id, { to, about, status, attempts }] of deliveries) {
        if (status === 'open') watch.violate('G31', `delivery ${id} is open after ${attempts} attempts`);
        if (status === 'given-up' && !post.refused.has(id) && attempts < 9)
          watch.violate('G31', `delivery ${id} was given up after ${attempts} attempts`);
        const who = to.kind === 'mail' ? 'user' : to.channelId;
        if (about.kind === 'notices')
          for (const noticeId of about.noticeIds) {
            const heard = told.get(noticeId) ?? new Set();
            if (heard.has(who)) watch.violate('G31', `notice ${noticeId} is in two messages to ${who}`);
            told.set(noticeId, heard.add(who));
          }
      }
      for (const [id, { kind, scope, teamId, forgetAt, dueAt }] of notices) {
        // Nobody ticked in the days that were left out: what people need not hear any more was forgotten.
        if (typeof dueAt === 'number' && typeof forgetAt === 'number' && forgetAt <= world.scheduler.now())
          continue;
        const choice = choiceOf[kind];
        // An organisation may have nobody who exports it.
        const hasHearers = scope === 'exporter' || choice === 'access';
        const hearers = channels
          .filter(({ data }) => data.teamId === teamId && data.on[choice])
          .map((channel) => channel.id);
        if (hasHearers && usualWishes[choice]) hearers.push('user');
        for (const who of hearers)
          if (told.get(id)?.has(who) !== true) watch.violate('G31', `notice ${id} was never told to ${who}`);
      }
    },
  };
}

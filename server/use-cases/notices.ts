/** Notices as people see them: what the team was told, whether it still holds, and what did not arrive. */
import type { NoticeView, Undelivered } from '../../shared/contract/notice.ts';
import { newPersonNotices, personNoticesId } from '../domain/channel.ts';
import type { Actor } from '../domain/team.ts';
import { causeOf } from '../engine/notices/notice-text.ts';
import { stateOf } from '../engine/notices/settle-notices.ts';
import type { Ports, Stored } from '../ports.ts';
import { cursorText, readCursor } from './page-cursor.ts';

export interface NoticePage {
  notices: NoticeView[];
  unseen: number;
  undelivered: Undelivered[];
  next: string | null;
}

type Needs = Pick<Ports, 'store' | 'clock'>;

const mostCounted = 100;
const mostUndelivered = 20;
/** What was given up is shown for so long. */
const shownMs = 3 * 86_400_000;

/** Newest first. An open notice whose state has ended shows as closed at once, before the next round of post says so. */
export async function listNotices(
  ports: Needs,
  actor: Actor,
  page: { limit: number; after?: string | undefined },
): Promise<NoticePage> {
  const after = readCursor(page.after);
  const own = (await ports.store.get('personNotices', personNoticesId(actor.teamId, actor.userId)))?.data;
  const seenUntil = own?.seenUntil ?? 0;
  const [found, unseen, undelivered] = await Promise.all([
    ports.store.query('notices', {
      where: [{ field: 'teamId', op: '==', value: actor.teamId }],
      orderBy: { field: 'createdAt', direction: 'desc' },
      limit: page.limit + 1,
      ...(after === undefined ? {} : { after }),
    }),
    ports.store.query('notices', {
      where: [
        { field: 'teamId', op: '==', value: actor.teamId },
        { field: 'createdAt', op: '>', value: seenUntil },
      ],
      limit: mostCounted,
    }),
    undeliveredOf(ports, actor.teamId),
  ]);
  const shown = found.slice(0, page.limit);
  const last = shown.at(-1);
  return {
    notices: await Promise.all(shown.map((stored) => viewOf(ports, stored, seenUntil))),
    unseen: unseen.length,
    undelivered,
    next: found.length > page.limit && last ? cursorText({ id: last.id, value: last.data.createdAt }) : null,
  };
}

/** Never goes back: seen is seen. Twice: nothing happens. */
export async function seeNotices(ports: Needs, actor: Actor, until: string): Promise<void> {
  const id = personNoticesId(actor.teamId, actor.userId);
  // A clock of the browser's that is ahead would hide what is still to come.
  const seenUntil = Math.min(Date.parse(until), ports.clock.now());
  await ports.store.transaction(async (tx) => {
    const present = (await tx.get('personNotices', id))?.data ?? newPersonNotices(actor.teamId, actor.userId);
    if (seenUntil > present.seenUntil) tx.set('personNotices', id, { ...present, seenUntil });
  });
}

async function viewOf(ports: Needs, { id, data }: Stored<'notices'>, seenUntil: number): Promise<NoticeView> {
  const isOpen =
    data.status === 'open' && (await stateOf(ports.store, id, data, ports.clock.now())) === 'lasts';
  return {
    id,
    kind: data.kind,
    scope: data.scope ?? 'grant',
    subject: data.subject,
    name: data.name,
    organisation: data.organisation ?? '',
    provider: data.provider ?? 'xero',
    cause: causeOf(data.cause),
    code: data.cause?.code ?? '',
    until: data.until === undefined ? null : new Date(data.until).toISOString(),
    count: data.count ?? null,
    createdAt: new Date(data.createdAt).toISOString(),
    isOpen,
    isSeen: data.createdAt <= seenUntil || data.seenAt !== null,
  };
}

/** What was given up of late, and what is being tried again. */
async function undeliveredOf(ports: Needs, teamId: string): Promise<Undelivered[]> {
  const found = await Promise.all(
    (['given-up', 'open'] as const).map((status) =>
      ports.store.query('deliveries', {
        where: [
          { field: 'teamId', op: '==', value: teamId },
          { field: 'status', op: '==', value: status },
        ],
        orderBy: { field: 'createdAt', direction: 'desc' },
        limit: mostUndelivered,
      }),
    ),
  );
  const since = ports.clock.now() - shownMs;
  const failed = found
    .flat()
    .filter(({ data }) => data.problem !== '' && (data.endedAt === null || data.endedAt > since));
  return Promise.all(
    failed.map(async ({ id, data }) => ({
      id,
      to: await nameOf(ports, data.to),
      problem: data.problem,
      since: new Date(data.createdAt).toISOString(),
      nextAt: data.dueAt === null ? null : new Date(data.dueAt).toISOString(),
    })),
  );
}

async function nameOf(
  { store }: Needs,
  to: { kind: 'mail'; userId: string } | { kind: 'channel'; channelId: string },
): Promise<string> {
  if (to.kind === 'mail') return (await store.get('users', to.userId))?.data.email ?? 'somebody who left';
  return (await store.get('channels', to.channelId))?.data.name ?? 'a channel that was removed';
}

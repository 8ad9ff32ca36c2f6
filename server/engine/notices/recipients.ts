/** Who hears a notice: what the exporters it is about say, and the channels that hear of all of them. */
import { type Channel, personNoticesId, usualNotices } from '../../domain/channel.ts';
import type { Recipient } from '../../domain/delivery.ts';
import { choiceOf, type Notice, type NoticeScope } from '../../domain/notice.ts';
import type { Ports, Query, Stored } from '../../ports.ts';

export interface Recipients {
  people: string[];
  channels: Array<{ id: string; channel: Channel }>;
}

type Needs = Pick<Ports, 'store'>;

const pageSize = 200;

/**
 * Each once, however many exporters name it. Only members of the team as it is now, and nobody who turned mail off. Of access
 * that ended and that no exporter speaks for, the owners hear.
 */
export async function recipientsOf(ports: Needs, notice: Notice): Promise<Recipients> {
  const choice = choiceOf[notice.kind];
  const people = new Set<string>();
  const named = new Set<string>();
  for await (const page of exportersOf(ports, notice)) {
    for (const { data } of page) {
      if (data.status === 'deleted') continue;
      const { people: chosen, channels, on } = data.notices ?? usualNotices;
      if (!on[choice]) continue;
      for (const userId of chosen ?? [data.createdBy]) people.add(userId);
      for (const channelId of channels) named.add(channelId);
    }
  }
  const members = (await ports.store.get('teams', notice.teamId))?.data.members ?? [];
  if (people.size === 0 && choice === 'access')
    for (const { userId, role } of members) if (role === 'owner') people.add(userId);
  const channels = (await channelsOf(ports, notice.teamId)).filter(
    ({ id, data }) => named.has(id) || (data.isForAll && data.on[choice]),
  );
  const present = members.filter(({ userId }) => people.has(userId));
  const isWilling = await Promise.all(
    present.map(async ({ userId }) => {
      const chosen = await ports.store.get('personNotices', personNoticesId(notice.teamId, userId));
      return chosen?.data.hasMail ?? true;
    }),
  );
  return {
    people: present.filter((_, at) => isWilling[at]).map(({ userId }) => userId),
    channels: channels.map(({ id, data }) => ({ id, channel: data })),
  };
}

/** One text for one recipient, in every id that is made of it. */
export const recipientKey = (to: Recipient): string =>
  to.kind === 'mail' ? `mail.${to.userId}` : `channel.${to.channelId}`;

/** A team has a few; the use-case that adds them sees to that. */
export const channelsOf = ({ store }: Needs, teamId: string): Promise<Array<Stored<'channels'>>> =>
  store.query('channels', { where: [{ field: 'teamId', op: '==', value: teamId }], limit: 100 });

type Pages = AsyncGenerator<Array<Stored<'exporters'>>>;

/** The exporters that a notice is about, page by page. */
const exportersOf = (ports: Needs, notice: Notice): Pages => scopes[notice.scope ?? 'grant'](ports, notice);

const scopes: Readonly<Record<NoticeScope, (ports: Needs, notice: Notice) => Pages>> = {
  async *exporter(ports, { subject }) {
    const exporter = await ports.store.get('exporters', subject);
    if (exporter !== undefined) yield [exporter];
  },
  connection: (ports, { subject }) =>
    pagesOf(ports, 'exporters', [{ field: 'connectionId', op: '==', value: subject }]),
  organisation: (ports, { teamId, subject }) =>
    pagesOf(ports, 'exporters', [
      { field: 'teamId', op: '==', value: teamId },
      { field: 'organisationId', op: '==', value: subject },
    ]),
  async *grant(ports, { teamId, subject }) {
    const grant = (await ports.store.get('grants', subject))?.data;
    if (grant?.provider !== 'google') return yield* exportersOfGrant(ports, subject);
    for await (const page of pagesOf(ports, 'exporters', [{ field: 'teamId', op: '==', value: teamId }]))
      yield page.filter(({ data }) => data.destination.googleGrantId === subject);
  },
};

async function* exportersOfGrant(ports: Needs, grantId: string): AsyncGenerator<Array<Stored<'exporters'>>> {
  for await (const page of pagesOf(ports, 'connections', [{ field: 'grantId', op: '==', value: grantId }]))
    for (const { id } of page)
      yield* pagesOf(ports, 'exporters', [{ field: 'connectionId', op: '==', value: id }]);
}

export async function* pagesOf<C extends 'exporters' | 'connections'>(
  { store }: Needs,
  collection: C,
  where: NonNullable<Query<C>['where']>,
  limit = pageSize,
): AsyncGenerator<Array<Stored<C>>> {
  for (let after: string | undefined; ; ) {
    const page: Array<Stored<C>> = await store.query(collection, {
      where,
      limit,
      ...(after === undefined ? {} : { after: { id: after } }),
    });
    yield page;
    after = page.at(-1)?.id;
    if (page.length < limit || after === undefined) return;
  }
}

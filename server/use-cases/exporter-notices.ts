/** Who hears of an exporter, and what. */
import type { ExporterNoticesView } from '../../shared/contract/notice.ts';
import { type ExporterNotices, usualNotices, type Wishes } from '../domain/channel.ts';
import type { Exporter } from '../domain/exporter.ts';
import type { Actor } from '../domain/team.ts';
import { channelsOf } from '../engine/notices/recipients.ts';
import { UserError } from '../errors.ts';
import type { Ports } from '../ports.ts';
import { mustEdit, ownExporter } from './own.ts';

type Needs = Pick<Ports, 'store'>;

/** The team's members and channels, each with whether it was chosen; NOT_FOUND for another team's exporter. */
export async function viewExporterNotices(
  ports: Needs,
  actor: Actor,
  exporterId: string,
): Promise<ExporterNoticesView> {
  const { data } = await ownExporter(ports.store, actor, exporterId);
  return viewOf(ports, actor, data);
}

/** INVALID_INPUT for somebody who is no member, or a channel that the team does not have. Twice: the same. */
export async function editExporterNotices(
  ports: Needs,
  actor: Actor,
  exporterId: string,
  edit: { people?: string[] | null | undefined; channels?: string[] | undefined; on?: Wishes | undefined },
): Promise<ExporterNoticesView> {
  mustEdit(actor);
  await ownExporter(ports.store, actor, exporterId);
  const members = (await ports.store.get('teams', actor.teamId))?.data.members ?? [];
  mustBeAmong(
    edit.people ?? [],
    members.map(({ userId }) => userId),
    'people',
    'is no member of this team',
  );
  const channels = edit.channels === undefined ? [] : await channelsOf(ports, actor.teamId);
  mustBeAmong(
    edit.channels ?? [],
    channels.map(({ id }) => id),
    'channels',
    'is no channel of this team',
  );
  const changed = await ports.store.transaction(async (tx) => {
    const { data } = await ownExporter(tx, actor, exporterId);
    const before = data.notices ?? usualNotices;
    const notices: ExporterNotices = {
      people: edit.people === undefined ? before.people : edit.people && [...new Set(edit.people)],
      channels: edit.channels === undefined ? before.channels : [...new Set(edit.channels)],
      on: edit.on ?? before.on,
    };
    const after = { ...data, notices };
    tx.set('exporters', exporterId, after);
    return after;
  });
  return viewOf(ports, actor, changed);
}

function mustBeAmong(
  chosen: readonly string[],
  known: readonly string[],
  field: string,
  problem: string,
): void {
  const stranger = chosen.findIndex((id) => !known.includes(id));
  if (stranger >= 0) throw new UserError('INVALID_INPUT', { field: `${field}.${stranger}`, problem });
}

async function viewOf(ports: Needs, actor: Actor, exporter: Exporter): Promise<ExporterNoticesView> {
  const { people: chosen, channels: named, on } = exporter.notices ?? usualNotices;
  const members = (await ports.store.get('teams', actor.teamId))?.data.members ?? [];
  const people = await Promise.all(
    members.map(async ({ userId }) => {
      const user = (await ports.store.get('users', userId))?.data;
      const isChosen = (chosen ?? [exporter.createdBy]).includes(userId);
      return { userId, name: user?.name ?? '', email: user?.email ?? '', isChosen };
    }),
  );
  const channels = await channelsOf(ports, actor.teamId);
  return {
    people: people.sort((a, b) => a.name.localeCompare(b.name, 'en')),
    channels: channels
      .map(({ id, data: { name, kind, isForAll } }) => ({
        id,
        name,
        kind,
        isForAll,
        isChosen: named.includes(id),
      }))
      .sort((a, b) => a.name.localeCompare(b.name, 'en')),
    on,
  };
}

/** What a person gets by mail from a team: notices at all, and the daily digest. */
import type { TestOutcome } from '../../shared/contract/channel.ts';
import type { OwnNotices } from '../../shared/contract/notice.ts';
import { newPersonNotices, type PersonNotices, personNoticesId } from '../domain/channel.ts';
import { isTimeZone, nextDigestAt } from '../domain/digest-time.ts';
import type { Actor } from '../domain/team.ts';
import { FoliokeepError, UserError } from '../errors.ts';
import type { Ports } from '../ports.ts';

type Needs = Pick<Ports, 'store' | 'clock'>;

export async function viewOwnNotices(ports: Needs, actor: Actor): Promise<OwnNotices> {
  const id = personNoticesId(actor.teamId, actor.userId);
  const own = (await ports.store.get('personNotices', id))?.data;
  return viewOf(ports, actor, own ?? newPersonNotices(actor.teamId, actor.userId));
}

/** INVALID_INPUT for a time zone that is none. Twice: the same. */
export async function editOwnNotices(
  ports: Needs,
  actor: Actor,
  edit: { hasMail?: boolean | undefined; digest?: PersonNotices['digest'] | undefined },
): Promise<OwnNotices> {
  if (edit.digest !== undefined && !isTimeZone(edit.digest.timeZone))
    throw new UserError('INVALID_INPUT', { field: 'digest.timeZone', problem: 'is not a time zone' });
  const id = personNoticesId(actor.teamId, actor.userId);
  const now = ports.clock.now();
  const own = await ports.store.transaction(async (tx) => {
    const before = (await tx.get('personNotices', id))?.data ?? newPersonNotices(actor.teamId, actor.userId);
    const digest = edit.digest ?? before.digest;
    const digestAt =
      edit.digest === undefined
        ? before.digestAt
        : digest.isOn
          ? nextDigestAt(digest.time, digest.timeZone, now)
          : null;
    const after = { ...before, hasMail: edit.hasMail ?? before.hasMail, digest, digestAt };
    tx.set('personNotices', id, after);
    return after;
  });
  return viewOf(ports, actor, own);
}

/** Sends a mail now and says how that went. Twice sends two. */
export async function testMail(
  ports: Needs & Pick<Ports, 'mail' | 'ids'>,
  actor: Actor,
  publicUrl: string,
): Promise<TestOutcome> {
  const user = (await ports.store.get('users', actor.userId))?.data;
  if (user === undefined) throw new UserError('NOT_SIGNED_IN');
  try {
    await ports.mail.send({
      to: user.email,
      subject: 'A test from Foliokeep',
      text: `Mail from Foliokeep reaches you.\n\nWhat you hear of, and how: ${publicUrl}/#notices\n`,
      id: `${ports.ids.next()}@${new URL(publicUrl).hostname}`,
    });
    return { isTaken: true, problem: '' };
  } catch (error) {
    if (!(error instanceof FoliokeepError)) throw error;
    return { isTaken: false, problem: String(error.details['problem'] ?? error.message) };
  }
}

async function viewOf(
  { store }: Needs,
  actor: Actor,
  { hasMail, digest, digestAt }: PersonNotices,
): Promise<OwnNotices> {
  return {
    email: (await store.get('users', actor.userId))?.data.email ?? '',
    hasMail,
    digest,
    nextDigestAt: digestAt === null ? null : new Date(digestAt).toISOString(),
  };
}

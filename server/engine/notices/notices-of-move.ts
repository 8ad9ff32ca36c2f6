/** What a move of a run is to people: read in the transaction of the move, written with it. */
import type { Exporter } from '../../domain/exporter.ts';
import { healthAfter } from '../../domain/exporter-health.ts';
import { closed, dayLimitNotice, type NewNotice, type NoticeKind } from '../../domain/notice.ts';
import { hasEnded, type Run } from '../../domain/run.ts';
import type { ErrorCode } from '../../errors.ts';
import type { Stored, Transaction } from '../../ports.ts';
import { raiseWithin } from './raise-notice.ts';

export interface Told {
  /** The exporter with its health; the same when nothing of it changed. */
  exporter: Exporter;
  /** Makes the notices' writes. Call it once, after all reads of the transaction. */
  write(): void;
}

/**
 * `after` is about to be stored in the place of `before`. A repeated commit finds the run moved already and comes here no
 * more, so that each notice is raised once, with the move, or not at all. The time is the run's own: no clock is asked.
 */
export async function noticesOfMove(
  tx: Transaction,
  runId: string,
  before: Run,
  after: Run,
  exporter: Stored<'exporters'>,
): Promise<Told> {
  if (hasEnded(after)) return noticesOfEnd(tx, runId, after, exporter);
  const until = after.dueAt;
  if (!isNews(before, after) || until === null) return silent(exporter.data);
  const { teamId, organisationId, connectionId } = exporter.data;
  const name = (await tx.get('connections', connectionId))?.data.name ?? exporter.data.name;
  const notice = dayLimitNotice({ teamId, organisationId, name }, until);
  if ((await tx.get('notices', notice.id)) !== undefined) return silent(exporter.data);
  const now = after.heartbeatAt ?? after.requestedAt;
  return { exporter: exporter.data, write: () => raiseWithin(tx, notice, now) };
}

/** Of moves that are no end: the limit of a day is met. */
export const isNews = (before: Run, after: Run): boolean => isDayLimit(after) && !isDayLimit(before);

async function noticesOfEnd(
  tx: Transaction,
  runId: string,
  run: Run,
  exporter: Stored<'exporters'>,
): Promise<Told> {
  const { data } = exporter;
  const now = run.endedAt ?? 0;
  const idOf = (kind: NoticeKind): string => `${kind}.${runId}`;
  const moved = healthAfter(data.health, run, idOf);
  if (moved === undefined || data.status === 'deleted') return silent(data);
  const kinds: NoticeKind[] = moved.raise === null ? [] : [moved.raise];
  const isGood = run.status === 'succeeded' || run.status === 'succeeded-with-gaps';
  if (isGood && (await wantsDone(tx, data))) kinds.push('done');
  if ((run.news ?? []).length > 0) kinds.push('new-in-xero');
  const over = moved.closes === null ? undefined : await tx.get('notices', moved.closes);
  const organisation =
    kinds.length === 0 ? undefined : (await tx.get('connections', data.connectionId))?.data.name;
  const noticeOf = (kind: NoticeKind): NewNotice => ({
    id: idOf(kind),
    teamId: data.teamId,
    kind,
    scope: 'exporter',
    subject: exporter.id,
    name: data.name,
    runId,
    ...(organisation === undefined ? {} : { organisation }),
    ...(kind === 'failed' && run.error !== null ? { cause: run.error } : {}),
    ...(kind === 'gaps' ? { count: run.gaps.length } : {}),
    ...(kind === 'new-in-xero' ? { count: run.news?.length ?? 0 } : {}),
    ...(kind === 'done' ? { count: run.counters.rows } : {}),
  });
  return {
    exporter: { ...data, health: moved.health },
    write() {
      for (const kind of kinds) raiseWithin(tx, noticeOf(kind), now);
      if (over?.data.status === 'open') tx.set('notices', over.id, closed(over.data, now));
    },
  };
}

const silent = (exporter: Exporter): Told => ({ exporter, write: () => undefined });

/** Its people asked for it, or a channel of the team did for all exporters. */
async function wantsDone(tx: Transaction, exporter: Exporter): Promise<boolean> {
  if (exporter.notices?.on.done === true) return true;
  const channels = await tx.query('channels', {
    where: [
      { field: 'teamId', op: '==', value: exporter.teamId },
      { field: 'wantsDone', op: '==', value: true },
    ],
    limit: 1,
  });
  return channels.length > 0;
}

const isDayLimit = ({ status, waitingFor }: Run): boolean =>
  status === 'waiting' && waitingFor?.code === ('XERO_DAY_LIMIT' satisfies ErrorCode);

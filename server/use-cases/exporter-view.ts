/** An exporter as people see it: with its connection's name, its runs, and its schedule in words. */
import type { ExporterView } from '../../shared/contract/exporter.ts';
import type { RunView } from '../../shared/contract/run.ts';
import type { Schedule, ScheduleView } from '../../shared/contract/schedule.ts';
import { datasetById } from '../datasets/index.ts';
import type { Exporter } from '../domain/exporter.ts';
import { dueOf } from '../domain/exporter-slots.ts';
import { nextSlots } from '../domain/schedule.ts';
import { scheduleWords, slotWords } from '../domain/schedule-words.ts';
import { zoneOf } from '../domain/time-zones.ts';
import type { Reader, Stored } from '../ports.ts';
import { viewOfRun } from './run-view.ts';

export async function viewOfExporter(
  reader: Reader,
  { id, data }: Pick<Stored<'exporters'>, 'id' | 'data'>,
  now: number,
): Promise<ExporterView> {
  const [connection, activeRun, lastRun] = await Promise.all([
    reader.get('connections', data.connectionId),
    runView(reader, data.activeRunId),
    runView(reader, data.lastRunId),
  ]);
  const { schedule } = data;
  const writerLeft = data.status === 'needs-file' ? await whoLeft(reader, data) : undefined;
  const next = schedule === null ? [] : comingSlots(data, schedule, now);
  return {
    id,
    name: data.name,
    connectionId: data.connectionId,
    organisation: connection?.data.name ?? '',
    timeZone: zoneOf(connection?.data),
    dataset: datasetById(data.dataset).id,
    params: data.params,
    columns: data.columns,
    filters: data.filters,
    spreadsheetId: data.destination.spreadsheetId,
    tabTitle: data.destination.tabTitle,
    sheetId: data.published?.sheetId ?? null,
    status: data.status === 'deleted' ? 'paused' : data.status,
    ...(writerLeft === undefined ? {} : { writerLeft }),
    schedule: schedule && viewOfSchedule(schedule, next),
    nextDueAt: next[0] === undefined ? null : isoOf(next[0]),
    pausedAt: data.status === 'paused' && data.pausedAt !== null ? isoOf(data.pausedAt) : null,
    createdAt: isoOf(data.createdAt),
    activeRun,
    lastRun,
    published:
      data.published === null ? null : { rows: data.published.rows, at: isoOf(data.published.stampedAt) },
  };
}

/** The address of the person whose access wrote it, when they have left the team. */
async function whoLeft(reader: Reader, { destination }: Exporter): Promise<string | undefined> {
  const grant = (await reader.get('grants', destination.googleGrantId))?.data;
  return grant?.leftAt === undefined ? undefined : grant.email;
}

export const viewOfSchedule = (rule: Schedule, slots: readonly number[]): ScheduleView => ({
  rule,
  words: scheduleWords(rule),
  next: slots.map((slot) => ({ at: isoOf(slot), words: slotWords(slot, rule.zone) })),
});

/** What the tick will take: the slot that is due or comes, and two after it. What is overdue is made up for by one run. */
function comingSlots(exporter: Exporter, schedule: Schedule, now: number): number[] {
  const due = exporter.status === 'active' ? dueOf(exporter) : null;
  return due === null ? [] : [due, ...nextSlots(schedule, Math.max(due, now), 2)];
}

const isoOf = (at: number): string => new Date(at).toISOString();

async function runView(reader: Reader, runId: string | null): Promise<RunView | null> {
  const run = runId === null ? undefined : await reader.get('runs', runId);
  return run === undefined ? null : viewOfRun(run.id, run.data);
}

/** Exporters as people make, see, change and delete them. */
import type { ExporterView, Filter } from '../../shared/contract/exporter.ts';
import type { RunView } from '../../shared/contract/run.ts';
import { datasetById } from '../datasets/index.ts';
import type { Exporter } from '../domain/exporter.ts';
import type { Actor } from '../domain/team.ts';
import { type EngineOptions, engineDefaults } from '../engine/options.ts';
import { requestRunCancel } from '../engine/request-cancel.ts';
import { UserError } from '../errors.ts';
import type { Ports, Reader, Stored } from '../ports.ts';
import { checkChoice, type ExporterChoice } from './exporter-choice.ts';
import { mustEdit, ownConnection, ownExporter, ownGoogleGrant } from './own.ts';
import { cursorText, readCursor } from './page-cursor.ts';
import { viewOfRun } from './run-view.ts';

export interface NewExporter extends ExporterChoice {
  name: string;
  connectionId: string;
  destination: { spreadsheetId: string; tabTitle?: string | undefined };
}

/**
 * Saves an exporter after a probe that this person's grant reaches the spreadsheet. Errors: INVALID_INPUT with the field,
 * NOT_FOUND for the connection, NEEDS_RECONNECT, NEEDS_GOOGLE, NEEDS_FILE. Twice makes two.
 */
export async function createExporter(
  ports: Pick<Ports, 'store' | 'clock' | 'ids' | 'drive'>,
  actor: Actor,
  input: NewExporter,
): Promise<ExporterView> {
  mustEdit(actor);
  const checked = checkChoice(input);
  const connection = await ownConnection(ports.store, actor, input.connectionId);
  if (connection.data.status !== 'active')
    throw new UserError('NEEDS_RECONNECT', { organisation: connection.data.name });
  const googleGrantId = await ownGoogleGrant(ports.store, actor);
  await ports.drive.version(googleGrantId, input.destination.spreadsheetId);
  const stored = await ports.store.create('exporters', ports.ids.next(), {
    v: 1,
    teamId: actor.teamId,
    name: input.name,
    createdBy: actor.userId,
    createdAt: ports.clock.now(),
    connectionId: connection.id,
    organisationId: connection.data.organisationId,
    dataset: checked.dataset.id,
    params: checked.params,
    columns: input.columns === null ? null : [...input.columns],
    filters: checked.filters,
    destination: {
      spreadsheetId: input.destination.spreadsheetId,
      googleGrantId,
      tabTitle: input.destination.tabTitle ?? checked.dataset.label,
    },
    status: 'active',
    activeRunId: null,
    lastRunId: null,
    published: null,
    schedule: null,
    nextDueAt: null,
    slotsTakenUntil: null,
    lastSlotAt: null,
    missedSlotAt: null,
    pausedAt: null,
  });
  return viewOf(ports.store, stored);
}

export async function getExporter(
  ports: Pick<Ports, 'store'>,
  actor: Actor,
  id: string,
): Promise<ExporterView> {
  return viewOf(ports.store, await ownExporter(ports.store, actor, id));
}

export interface ExporterPage {
  exporters: ExporterView[];
  next: string | null;
}

/** Oldest first. A page may hold fewer than asked when exporters of other spreadsheets lie between. */
export async function listExporters(
  ports: Pick<Ports, 'store'>,
  actor: Actor,
  page: { spreadsheetId?: string | undefined; limit: number; after?: string | undefined },
): Promise<ExporterPage> {
  const after = readCursor(page.after);
  const found = await ports.store.query('exporters', {
    where: [
      { field: 'teamId', op: '==', value: actor.teamId },
      { field: 'status', op: 'in', value: ['active', 'paused', 'needs-reconnect', 'needs-file'] },
    ],
    orderBy: { field: 'createdAt', direction: 'asc' },
    limit: page.limit,
    ...(after === undefined ? {} : { after }),
  });
  const wanted = found.filter(
    (one) => page.spreadsheetId === undefined || one.data.destination.spreadsheetId === page.spreadsheetId,
  );
  const last = found.at(-1);
  return {
    exporters: await Promise.all(wanted.map((one) => viewOf(ports.store, one))),
    next:
      found.length < page.limit || last === undefined
        ? null
        : cursorText({ id: last.id, value: last.data.createdAt }),
  };
}

export interface ExporterEdit {
  name?: string | undefined;
  params?: Record<string, string> | undefined;
  columns?: string[] | null | undefined;
  filters?: Filter[] | undefined;
  status?: 'active' | 'paused' | undefined;
}

/** Changes what is given. `active` takes up an exporter that needed its person, once its connection is well again. */
export async function editExporter(
  ports: Pick<Ports, 'store'>,
  actor: Actor,
  id: string,
  edit: ExporterEdit,
): Promise<ExporterView> {
  mustEdit(actor);
  const stored = await ports.store.transaction(async (tx) => {
    const { data } = await ownExporter(tx, actor, id);
    const connection = await tx.get('connections', data.connectionId);
    if (edit.status === 'active' && connection?.data.status !== 'active')
      throw new UserError('NEEDS_RECONNECT', { organisation: connection?.data.name ?? 'The organisation' });
    const checked = checkChoice({
      dataset: data.dataset,
      params: edit.params ?? data.params,
      columns: edit.columns === undefined ? data.columns : edit.columns,
      filters: edit.filters ?? data.filters,
    });
    const changed: Exporter = {
      ...data,
      name: edit.name ?? data.name,
      params: checked.params,
      columns: edit.columns === undefined ? data.columns : edit.columns,
      filters: checked.filters,
      status: edit.status ?? data.status,
    };
    tx.set('exporters', id, changed);
    return { id, data: changed };
  });
  return viewOf(ports.store, stored);
}

/** Cancels what runs and forgets the exporter; its tab stays. Deleted already: NOT_FOUND, as if it never was. */
export async function deleteExporter(
  ports: Pick<Ports, 'store' | 'clock'>,
  actor: Actor,
  id: string,
  options: EngineOptions = engineDefaults,
): Promise<void> {
  mustEdit(actor);
  const activeRunId = await ports.store.transaction(async (tx) => {
    const { data } = await ownExporter(tx, actor, id);
    tx.set('exporters', id, { ...data, status: 'deleted' });
    return data.activeRunId;
  });
  if (activeRunId !== null) await requestRunCancel(ports, activeRunId, options);
}

async function viewOf(
  reader: Reader,
  { id, data }: Pick<Stored<'exporters'>, 'id' | 'data'>,
): Promise<ExporterView> {
  const [connection, activeRun, lastRun] = await Promise.all([
    reader.get('connections', data.connectionId),
    runView(reader, data.activeRunId),
    runView(reader, data.lastRunId),
  ]);
  return {
    id,
    name: data.name,
    connectionId: data.connectionId,
    organisation: connection?.data.name ?? '',
    dataset: datasetById(data.dataset).id,
    params: data.params,
    columns: data.columns,
    filters: data.filters,
    spreadsheetId: data.destination.spreadsheetId,
    tabTitle: data.destination.tabTitle,
    sheetId: data.published?.sheetId ?? null,
    status: data.status === 'deleted' ? 'paused' : data.status,
    createdAt: new Date(data.createdAt).toISOString(),
    activeRun,
    lastRun,
    published:
      data.published === null
        ? null
        : { rows: data.published.rows, at: new Date(data.published.stampedAt).toISOString() },
  };
}

async function runView(reader: Reader, runId: string | null): Promise<RunView | null> {
  const run = runId === null ? undefined : await reader.get('runs', runId);
  return run === undefined ? null : viewOfRun(run.id, run.data);
}

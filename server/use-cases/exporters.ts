/** Exporters as people make, see, change and delete them. */
import type { ExporterView, Filter } from '../../shared/contract/exporter.ts';
import type { Schedule } from '../../shared/contract/schedule.ts';
import { checkSchedule } from '../domain/check-schedule.ts';
import type { Exporter } from '../domain/exporter.ts';
import { withSchedule } from '../domain/exporter-slots.ts';
import type { Actor } from '../domain/team.ts';
import { auditIn } from '../engine/audit/append-audit.ts';
import { type EngineOptions, engineDefaults } from '../engine/options.ts';
import { requestRunCancel } from '../engine/request-cancel.ts';
import { UserError } from '../errors.ts';
import type { Ports } from '../ports.ts';
import { checkChoice, type ExporterChoice } from './exporter-choice.ts';
import { viewOfExporter } from './exporter-view.ts';
import { noteOf } from './note-of.ts';
import { mustEdit, ownConnection, ownExporter, ownGoogleGrant } from './own.ts';
import { cursorText, readCursor } from './page-cursor.ts';

export interface NewExporter extends ExporterChoice {
  name: string;
  connectionId: string;
  destination: { spreadsheetId: string; tabTitle?: string | undefined };
  schedule: Schedule | null;
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
  const now = ports.clock.now();
  const checked = checkChoice(input);
  const schedule = input.schedule && checkSchedule(input.schedule, now);
  const connection = await ownConnection(ports.store, actor, input.connectionId);
  if (connection.data.status !== 'active')
    throw new UserError('NEEDS_RECONNECT', { organisation: connection.data.name });
  const googleGrantId = await ownGoogleGrant(ports.store, actor);
  await ports.drive.version(googleGrantId, input.destination.spreadsheetId);
  const unscheduled: Exporter = {
    v: 1,
    teamId: actor.teamId,
    name: input.name,
    createdBy: actor.userId,
    createdAt: now,
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
  };
  const id = ports.ids.next();
  const data = withSchedule(unscheduled, schedule, now);
  await ports.store.transaction(async (tx) => {
    const note = await auditIn(tx, actor.teamId);
    tx.set('exporters', id, data);
    note(noteOf(actor, 'create-exporter', { kind: 'exporter', id }, now));
  });
  return viewOfExporter(ports.store, { id, data }, now);
}

export async function getExporter(
  ports: Pick<Ports, 'store' | 'clock'>,
  actor: Actor,
  id: string,
): Promise<ExporterView> {
  return viewOfExporter(ports.store, await ownExporter(ports.store, actor, id), ports.clock.now());
}

export interface ExporterPage {
  exporters: ExporterView[];
  next: string | null;
}

/** Oldest first. A page may hold fewer than asked when exporters of other spreadsheets lie between. */
export async function listExporters(
  ports: Pick<Ports, 'store' | 'clock'>,
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
    exporters: await Promise.all(wanted.map((one) => viewOfExporter(ports.store, one, ports.clock.now()))),
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
  schedule?: Schedule | null | undefined;
}

/** Changes what is given. The slots of another schedule count from now. */
export async function editExporter(
  ports: Pick<Ports, 'store' | 'clock'>,
  actor: Actor,
  id: string,
  edit: ExporterEdit,
): Promise<ExporterView> {
  mustEdit(actor);
  const now = ports.clock.now();
  const schedule = edit.schedule && checkSchedule(edit.schedule, now);
  const stored = await ports.store.transaction(async (tx) => {
    const { data } = await ownExporter(tx, actor, id);
    const note = await auditIn(tx, actor.teamId);
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
    };
    const scheduled = schedule === undefined ? changed : withSchedule(changed, schedule, now);
    tx.set('exporters', id, scheduled);
    note(noteOf(actor, 'edit-exporter', { kind: 'exporter', id }, now));
    return { id, data: scheduled };
  });
  return viewOfExporter(ports.store, stored, now);
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
    const note = await auditIn(tx, actor.teamId);
    tx.set('exporters', id, { ...data, status: 'deleted' });
    note(noteOf(actor, 'delete-exporter', { kind: 'exporter', id }, ports.clock.now()));
    return data.activeRunId;
  });
  if (activeRunId !== null) await requestRunCancel(ports, activeRunId, options);
}

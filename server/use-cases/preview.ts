/** The first rows that an exporter would write, from what the mirror holds now: no Xero calls, nothing written. */
import { rowsOf } from '../datasets/rows-of.ts';
import { mirrorIdOf } from '../domain/mirror-pointer.ts';
import type { Actor } from '../domain/team.ts';
import { mustBeKept } from '../engine/access/kept-data.ts';
import type { Cell, Mirror } from '../mirror/mirror.ts';
import type { Ports } from '../ports.ts';
import { checkChoice, type ExporterChoice } from './exporter-choice.ts';
import { ownConnection } from './own.ts';

export interface Preview {
  columns: Array<{ key: string; label: string; type: string }>;
  rows: Cell[][];
  /** False when the mirror has not read this yet. */
  isRead: boolean;
}

export interface PreviewPorts extends Pick<Ports, 'store' | 'clock'> {
  openMirror(which: { teamId: string; organisationId: string; pullerConnectionId: string }): Promise<Mirror>;
}

export async function previewRows(
  ports: PreviewPorts,
  actor: Actor,
  input: ExporterChoice & { connectionId: string; limit: number },
): Promise<Preview> {
  const checked = checkChoice(input);
  const connection = await ownConnection(ports.store, actor, input.connectionId);
  const { organisationId } = connection.data;
  await mustBeKept(ports.store, { teamId: actor.teamId, organisationId });
  const columnsShown = shown(checked.columns);
  // Opening makes a mirror that is not there yet, and looking makes nothing.
  const mirrorId = mirrorIdOf(actor.teamId, organisationId);
  const isMade = (await ports.store.get('mirrors', mirrorId)) !== undefined;
  if (!isMade) return { columns: columnsShown, rows: [], isRead: false };
  const mirror = await ports.openMirror({
    teamId: actor.teamId,
    organisationId,
    pullerConnectionId: connection.id,
  });
  const { resources } = await mirror.index();
  const isRead = checked.dataset.needs.resources.every((name) => resources[name] !== undefined);
  if (!isRead) return { columns: columnsShown, rows: [], isRead };
  const { columns, batches } = await rowsOf(mirror, checked.dataset, {
    params: checked.params,
    columns: input.columns,
    filters: checked.filters,
    at: ports.clock.now(),
  });
  const rows: Cell[][] = [];
  for await (const batch of batches) {
    rows.push(...batch.rows.slice(0, input.limit - rows.length));
    if (rows.length >= input.limit) break;
  }
  return { columns: shown(columns), rows, isRead };
}

const shown = (columns: readonly Preview['columns'][number][]): Preview['columns'] =>
  columns.map(({ key, label, type }) => ({ key, label, type }));

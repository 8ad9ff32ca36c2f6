/** The catalogue as people choose from it. */
import type { ColumnView, DatasetView } from '../../shared/contract/catalogue.ts';
import type { Dataset } from '../datasets/dataset.ts';
import { catalogue } from '../datasets/index.ts';
import { newColumns } from '../datasets/new-columns.ts';
import { mirrorIdOf } from '../domain/mirror-pointer.ts';
import type { Actor } from '../domain/team.ts';
import type { MirrorIndex } from '../mirror/mirror.ts';
import type { Column } from '../resources/resource.ts';
import { ownConnection } from './own.ts';
import type { PreviewPorts } from './preview.ts';

/** With a connection, also what was new in its organisation's records. NOT_FOUND for a connection of others. */
export async function viewCatalogue(
  ports: Pick<PreviewPorts, 'store' | 'openMirror'>,
  actor: Actor,
  { connectionId }: { connectionId?: string | undefined },
): Promise<DatasetView[]> {
  const known = connectionId === undefined ? undefined : await indexOf(ports, actor, connectionId);
  return catalogue.map((dataset) => viewOf(dataset, known));
}

const viewOf = (dataset: Dataset, known: Pick<MirrorIndex, 'resources'> | undefined): DatasetView => ({
  id: dataset.id,
  label: dataset.label,
  group: dataset.group,
  description: dataset.description,
  key: dataset.key === null ? null : [...dataset.key],
  columns: [
    ...dataset.columns.map(columnView),
    ...(known === undefined ? [] : newColumns(dataset, known)).map((column) => ({
      ...columnView(column),
      isNew: true as const,
    })),
  ],
  params: dataset.params.map((param) => ({
    name: param.name,
    label: param.label,
    options: param.options.map(({ value, label }) => ({ value, label })),
    default: param.options[0].value,
  })),
});

const columnView = ({ key, label, type, isDefault }: Column): ColumnView => ({ key, label, type, isDefault });

/** Of the mirror as it is; nothing is made by looking. */
async function indexOf(
  ports: Pick<PreviewPorts, 'store' | 'openMirror'>,
  actor: Actor,
  connectionId: string,
): Promise<MirrorIndex | undefined> {
  const { id, data } = await ownConnection(ports.store, actor, connectionId);
  const isMade =
    (await ports.store.get('mirrors', mirrorIdOf(actor.teamId, data.organisationId))) !== undefined;
  if (!isMade) return undefined;
  const which = { teamId: actor.teamId, organisationId: data.organisationId, pullerConnectionId: id };
  return (await ports.openMirror(which)).index();
}

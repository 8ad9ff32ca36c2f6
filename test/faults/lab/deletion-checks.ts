/** What must be left of an organisation whose data was deleted: one receipt, and in the spreadsheets every cell. */
import { type Collection, collections } from '../../../server/domain/documents.ts';
import type { Exporter } from '../../../server/domain/exporter.ts';
import type { Actor } from '../../../server/domain/team.ts';
import { folderOf } from '../../../server/mirror/erase.ts';
import { blockIn } from './books-and-tabs.ts';
import type { LabWorld } from './lab-world.ts';

export interface Doomed {
  actor: Actor;
  teamId: string;
  organisationId: string;
  connectionId: string;
  mirrorId: string;
  exporters: string[];
  /** The organisation's, as people confirm it. */
  name: string;
  /** Somebody tried to connect it again, and gave their consent at Xero for it. */
  isConnectedAgain: boolean;
}

/** What was there before, of it and of others. */
export interface Before {
  blocks: Array<{ id: string; exporter: Exporter; rows: string }>;
  /** Of other teams: documents by collection and id, and blobs. */
  others: string[];
  receipts: number;
}

/** What says that something was, and for whom nobody can be told any more. */
const mayName = new Set<Collection>(['receipts', 'audit', 'auditHeads', 'budgets', 'leases', 'deliveries']);
const names = (Object.keys(collections) as Collection[]).filter((name) => !mayName.has(name));

export async function stateOf(world: LabWorld, doomed: Doomed): Promise<Before> {
  const { store, blobs, google } = world;
  const blocks: Before['blocks'] = [];
  for (const id of doomed.exporters) {
    const exporter = (await store.get('exporters', id))?.data;
    if (exporter === undefined) continue;
    const dump = google.control.dump(exporter.destination.spreadsheetId);
    blocks.push({ id, exporter, rows: JSON.stringify(blockIn(dump, id, exporter)?.inOrder) });
  }
  const others: string[] = [];
  for (const name of ['exporters', 'connections', 'mirrors', 'pulls'] as const)
    for (const { id, data } of await store.query(name, { limit: 300 }))
      if (data.teamId !== doomed.teamId) others.push(`${name}/${id}`);
  const paths = await blobs.list('mirrors/', { limit: 10_000 });
  others.push(...paths.filter((path) => !path.startsWith(folderOf(doomed.mirrorId))));
  return { blocks, others, receipts: (await store.query('receipts', { limit: 100 })).length };
}

export async function checkErased(world: LabWorld, doomed: Doomed, before: Before): Promise<void> {
  const { store, blobs, google, watch } = world;
  const { teamId, organisationId, mirrorId } = doomed;
  const wrong = (what: string): void => watch.violate('G27', what);
  for (const name of names)
    for (const { id, data } of await store.query(name, { limit: 300 })) {
      const text = `${id} ${JSON.stringify(data)}`;
      const isTheirs = 'teamId' in data && data.teamId !== teamId;
      const isOfIt =
        text.includes(organisationId) || doomed.exporters.some((exporter) => text.includes(`"${exporter}"`));
      if (isOfIt && !isTheirs) wrong(`${name}/${id} is left: ${text.slice(0, 200)}`);
    }
  const left = await blobs.list(folderOf(mirrorId), { limit: 10 });
  if (left.length > 0) wrong(`blobs are left: ${left}`);
  const receipts = await store.query('receipts', { limit: 100 });
  if (receipts.length !== before.receipts + 1)
    wrong(`${receipts.length} receipts, ${before.receipts} before`);
  const mine = receipts.filter(
    ({ data }) => data.organisationId === organisationId && data.teamId === teamId,
  );
  for (const { data } of mine)
    if (data.erased.exporters !== doomed.exporters.length)
      wrong(`the receipt names ${data.erased.exporters} exporters of ${doomed.exporters.length}`);
  const isThere = async (what: string): Promise<boolean> => {
    if (what.startsWith('mirrors/') && what.split('/').length > 2)
      return (await blobs.size(what)) !== undefined;
    const [name = '', id = ''] = what.split('/');
    return (await store.get(name as Collection, id)) !== undefined;
  };
  for (const what of before.others) if (!(await isThere(what))) wrong(`${what} of others is gone`);
  for (const { id, exporter, rows } of before.blocks) {
    const now = blockIn(google.control.dump(exporter.destination.spreadsheetId), id, exporter);
    if (JSON.stringify(now?.inOrder) !== rows)
      watch.violate('I4', `the block of ${id} changed, though its data was only deleted`);
  }
}

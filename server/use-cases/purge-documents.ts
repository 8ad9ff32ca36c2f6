/** Removes every document that speaks of a team's organisation; its budget, which Xero counts for all teams, has nothing of it. */
import type { Deletion } from '../domain/deletion.ts';
import { leave } from '../domain/gathering.ts';
import { grantLease } from '../domain/grant.ts';
import { quietLease } from '../engine/upkeep/quiet-mirror.ts';
import type { Ports } from '../ports.ts';
import { organisationConnections, organisationExporters } from './organisation-belongings.ts';

type Store = Ports['store'];

/** Whether nothing is left. Runs go before their exporter, exporters before their connection: what is left names what is to go. */
export async function purgeDocuments(
  store: Store,
  mirrorId: string,
  deletion: Deletion,
  mayGoOn: () => boolean,
): Promise<boolean> {
  const { teamId, organisationId } = deletion;
  await store.delete('pulls', mirrorId);
  for (const name of [quietLease(mirrorId), `tidy:${mirrorId}`]) await store.delete('leases', name);
  const subjects = new Set([organisationId]);
  for await (const { id } of organisationExporters(store, teamId, organisationId, { withDeleted: true })) {
    if (!(await purgeRuns(store, id, mayGoOn))) return false;
    subjects.add(id);
  }
  const connections = await organisationConnections(store, deletion);
  for (const { id } of connections) subjects.add(id);
  if (!(await purgeNotices(store, teamId, subjects, mayGoOn))) return false;
  if (!(await purgeGatherings(store, teamId, subjects, mayGoOn))) return false;
  for await (const { id } of organisationExporters(store, teamId, organisationId, { withDeleted: true })) {
    if (!mayGoOn()) return false;
    await store.delete('exporters', id);
  }
  for (const { id, data } of connections) {
    if (!mayGoOn()) return false;
    await store.delete('connections', id);
    await purgeGrant(store, data.grantId);
  }
  return true;
}

async function purgeRuns(store: Store, exporterId: string, mayGoOn: () => boolean): Promise<boolean> {
  for (;;) {
    const found = await store.query('runs', {
      where: [{ field: 'exporterId', op: '==', value: exporterId }],
      limit: 100,
    });
    for (const { id } of found) {
      if (!mayGoOn()) return false;
      await store.delete('runs', id);
    }
    if (found.length < 100) return true;
  }
}

async function purgeNotices(
  store: Store,
  teamId: string,
  subjects: ReadonlySet<string>,
  mayGoOn: () => boolean,
): Promise<boolean> {
  for (let after: string | undefined; ; ) {
    const page = await store.query('notices', {
      where: [{ field: 'teamId', op: '==', value: teamId }],
      limit: 100,
      ...(after === undefined ? {} : { after: { id: after } }),
    });
    for (const { id, data } of page) {
      if (!mayGoOn()) return false;
      if (subjects.has(data.subject)) await store.delete('notices', id);
    }
    if (page.length < 100) return true;
    after = page.at(-1)?.id;
  }
}

/** Places of its exporters before the team's spreadsheets; those of others that share a spreadsheet stay. */
async function purgeGatherings(
  store: Store,
  teamId: string,
  exporterIds: ReadonlySet<string>,
  mayGoOn: () => boolean,
): Promise<boolean> {
  for (let after: string | undefined; ; ) {
    const page = await store.query('gatherings', {
      where: [{ field: 'teamId', op: '==', value: teamId }],
      limit: 100,
      ...(after === undefined ? {} : { after: { id: after } }),
    });
    for (const { id } of page) {
      if (!mayGoOn()) return false;
      await store.transaction(async (tx) => {
        const gathering = (await tx.get('gatherings', id))?.data;
        if (gathering === undefined) return;
        const places = Object.entries(gathering.runs);
        const gone = places.flatMap(([runId, { exporterId }]) =>
          exporterIds.has(exporterId) ? [runId] : [],
        );
        if (gone.length === places.length) tx.delete('gatherings', id);
        else if (gone.length > 0) tx.set('gatherings', id, leave(gathering, gone));
      });
    }
    if (page.length < 100) return true;
    after = page.at(-1)?.id;
  }
}

/** A Xero grant through which nothing is connected any more: who it was of goes as well. */
async function purgeGrant(store: Store, grantId: string): Promise<void> {
  await store.transaction(async (tx) => {
    const grant = (await tx.get('grants', grantId))?.data;
    const isUsed =
      (await tx.query('connections', { where: [{ field: 'grantId', op: '==', value: grantId }], limit: 1 }))
        .length > 0;
    if (grant?.provider !== 'xero' || grant.status !== 'revoked' || isUsed) return;
    tx.delete('grants', grantId);
    tx.delete('leases', grantLease(grantId));
  });
}

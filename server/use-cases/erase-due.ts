/**
 * Erases what was deleted, when its day has come: the chore of every tick, a bounded piece at a time.
 *
 * The order matters (reliability-security.md 3.1b): a tombstone first, after which nothing brings the data back and nothing is
 * begun for it; runs stopped; connections removed at Xero; the mirror's key destroyed, after which nothing that is left can be
 * read; blobs removed; documents purged; the receipt, in the transaction that takes the tombstone away. Each step done again
 * changes nothing, so a stop at any place is made good by the next tick.
 */
import { createHash } from 'node:crypto';
import { ourselves } from '../domain/audit.ts';
import { type Belongings, type Deletion, patienceMs } from '../domain/deletion.ts';
import { auditIn } from '../engine/audit/append-audit.ts';
import { describeError } from '../engine/describe-error.ts';
import { acquireLease, releaseLease } from '../engine/leases.ts';
import { FoliokeepError, WaitError } from '../errors.ts';
import { destroyKey, folderOf, measureMirror, removeRemains } from '../mirror/erase.ts';
import type { Ports, Stored } from '../ports.ts';
import { type DisconnectPorts, removeAtXero } from './disconnect.ts';
import { organisationConnections, organisationExporters, stopRuns } from './organisation-belongings.ts';
import { purgeDocuments } from './purge-documents.ts';

export type ErasePorts = DisconnectPorts & Pick<Ports, 'blobs' | 'ids' | 'log'>;

/** Nothing more is begun in one call after this long. */
const enoughMs = 10_000;
const mostAtOnce = 20;
const leaseMs = 15 * 60_000;

/** Those whose day came first, first. What fails for one is logged and has its turn with the next tick. */
export async function eraseDue(ports: ErasePorts): Promise<void> {
  const now = ports.clock.now();
  const due = await ports.store.query('deletions', {
    where: [{ field: 'dueAt', op: '<=', value: now }],
    orderBy: { field: 'dueAt', direction: 'asc' },
    limit: mostAtOnce,
  });
  for (const deletion of due) {
    if (ports.clock.now() - now >= enoughMs) return;
    await eraseAlone(ports, deletion, now + enoughMs);
  }
}

/** One server at a time: a slow one must not remove what a reconnect after the receipt has begun to make. */
async function eraseAlone(
  ports: ErasePorts,
  { id, data }: Stored<'deletions'>,
  endAt: number,
): Promise<void> {
  const request = { name: `erase:${id}`, teamId: data.teamId, holder: ports.ids.next(), ttlMs: leaseMs };
  try {
    const lease = await acquireLease(ports, request);
    try {
      await erase(ports, id, () => ports.clock.now() < endAt);
    } finally {
      await releaseLease(ports, { name: request.name, fencing: lease.fencing });
    }
  } catch (error) {
    if (error instanceof WaitError) return;
    ports.log.error('Data that is due could not be erased yet', {
      deletion: id,
      error: describeError(error),
    });
  }
}

async function erase(ports: ErasePorts, id: string, mayGoOn: () => boolean): Promise<void> {
  const deletion = await buryAlive(ports, id);
  if (deletion === undefined) return;
  await stopRuns(ports, deletion);
  const leftAtXero = await removeConnections(ports, deletion);
  await destroyKey(ports.store, id);
  if (!(await removeRemains(ports, id, mayGoOn))) return;
  if (!(await purgeDocuments(ports.store, id, deletion, mayGoOn))) return;
  // Whoever was writing while the key went has written by now, or is found with the next tick.
  const isGone =
    (await ports.store.get('mirrors', id)) === undefined &&
    (await ports.blobs.list(folderOf(id), { limit: 1 })).length === 0;
  if (isGone) await certify(ports, id, leftAtXero);
}

/** The tombstone, with what there was. Undefined when it was undone or is done. */
async function buryAlive(ports: ErasePorts, id: string): Promise<Deletion | undefined> {
  const found = (await ports.store.get('deletions', id))?.data;
  if (found === undefined || found.status === 'erasing') return found;
  const { keyId, ...size } = await measureMirror(ports, id);
  const belongings: Belongings = { ...size, ...(await countDocuments(ports, found)) };
  const begunAt = ports.clock.now();
  return ports.store.transaction(async (tx) => {
    const present = (await tx.get('deletions', id))?.data;
    if (present === undefined || present.status === 'erasing') return present;
    const buried: Deletion = { ...present, status: 'erasing', begunAt, belongings, keyId };
    tx.set('deletions', id, buried);
    return buried;
  });
}

async function countDocuments(
  { store }: Pick<Ports, 'store'>,
  { teamId, organisationId }: Deletion,
): Promise<Pick<Belongings, 'exporters' | 'runs'>> {
  const counts = { exporters: 0, runs: 0 };
  const pageSize = 500;
  for await (const { id, data } of organisationExporters(store, teamId, organisationId, {
    withDeleted: true,
  })) {
    if (data.status !== 'deleted') counts.exporters += 1;
    for (let after: string | undefined; ; ) {
      const page = await store.query('runs', {
        where: [{ field: 'exporterId', op: '==', value: id }],
        limit: pageSize,
        ...(after === undefined ? {} : { after: { id: after } }),
      });
      counts.runs += page.length;
      if (page.length < pageSize) break;
      after = page.at(-1)?.id;
    }
  }
  return counts;
}

/** How many could not be removed at Xero. Xero is asked with every tick for a day; then the data goes all the same. */
async function removeConnections(ports: ErasePorts, deletion: Deletion): Promise<number> {
  let left = 0;
  for (const { id } of await organisationConnections(ports.store, deletion)) {
    try {
      await removeAtXero(ports, id);
    } catch (error) {
      if (!(error instanceof FoliokeepError)) throw error;
      if (ports.clock.now() - (deletion.begunAt ?? 0) < patienceMs) throw error;
      left += 1;
    }
  }
  return left;
}

/** The receipt and the end of the tombstone are one: it is issued once. */
async function certify(ports: ErasePorts, id: string, leftAtXero: number): Promise<void> {
  const erasedAt = ports.clock.now();
  await ports.store.transaction(async (tx) => {
    const deletion = (await tx.get('deletions', id))?.data;
    if (deletion?.status !== 'erasing') return;
    const { teamId, organisationId, name, requestedBy, requestedAt, begunAt, belongings, keyId } = deletion;
    const note = await auditIn(tx, teamId);
    const receiptId = createHash('sha256').update(`${id} ${requestedAt}`).digest('hex').slice(0, 32);
    tx.delete('deletions', id);
    tx.set('receipts', receiptId, {
      ...{ v: 1, teamId, organisationId, name, requestedBy, requestedAt, keyId, leftAtXero, erasedAt },
      begunAt: begunAt ?? erasedAt,
      erased: belongings ?? { exporters: 0, runs: 0, snapshots: 0, files: 0, bytes: 0 },
    });
    const object = { kind: 'receipt', id: receiptId };
    note({ actor: ourselves, act: 'erase', object, at: erasedAt, operationId: `erase ${receiptId}` });
  });
}

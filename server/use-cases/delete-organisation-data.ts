/**
 * Deleting a team's own copy of an organisation: said beforehand, asked for, undone for thirty days, and the receipts of what is
 * gone. Another team's copy of the same organisation is its own and stays. The erasing itself: erase-due.ts.
 */
import type { DeletionPreview, ReceiptView } from '../../shared/contract/connection.ts';
import { type Deletion, graceMs } from '../domain/deletion.ts';
import type { Connection } from '../domain/grant.ts';
import { mirrorIdOf } from '../domain/mirror-pointer.ts';
import type { Actor } from '../domain/team.ts';
import { auditIn } from '../engine/audit/append-audit.ts';
import { UserError } from '../errors.ts';
import { measureMirror } from '../mirror/erase.ts';
import type { Ports, Reader } from '../ports.ts';
import { organisationExporters, stopRuns } from './organisation-belongings.ts';
import { mustBeOwner, ownConnection } from './own.ts';
import { receiptText } from './receipt-text.ts';

/** Changes nothing. The day is that of a deletion asked for now, or of the one that is due. */
export async function previewDeletion(
  ports: Pick<Ports, 'store' | 'clock' | 'blobs'>,
  actor: Actor,
  { connectionId }: { connectionId: string },
): Promise<DeletionPreview> {
  mustBeOwner(actor);
  const { data } = await ownConnection(ports.store, actor, connectionId);
  const id = mirrorIdOf(actor.teamId, data.organisationId);
  const due = (await ports.store.get('deletions', id))?.data.dueAt ?? ports.clock.now() + graceMs;
  const exporters: string[] = [];
  for await (const one of organisationExporters(ports.store, actor.teamId, data.organisationId))
    exporters.push(one.data.name);
  const { snapshots, files, bytes } = await measureMirror(ports, id);
  return {
    name: data.name,
    exporters,
    snapshots,
    files,
    bytes,
    dueAt: new Date(due).toISOString(),
    keeps: [
      'Every tab in your spreadsheets stays as it is.',
      `Nothing changes inside Xero; ${data.name} can be connected again afterwards and starts anew.`,
      'The audit keeps who asked for it, without anything of the organisation’s records.',
    ],
  };
}

/**
 * For owners, once no connection of the team to the organisation lives, and with its name typed. From now on nothing of it runs;
 * on its day it is erased. Twice: the same day.
 */
export async function deleteOrganisationData(
  ports: Pick<Ports, 'store' | 'clock' | 'ids'>,
  actor: Actor,
  { connectionId, name }: { connectionId: string; name: string },
): Promise<{ dueAt: string }> {
  mustBeOwner(actor);
  const now = ports.clock.now();
  const operationId = actor.operationId ?? ports.ids.next();
  const { teamId, userId } = actor;
  const deletion = await ports.store.transaction(async (tx): Promise<Deletion> => {
    const { data } = await ownConnection(tx, actor, connectionId);
    // Spaces at the ends cannot be seen in what a person is asked to type.
    if (name.trim() !== data.name.trim()) throw wrong('name', 'is not the name of the organisation');
    if (await isConnected(tx, actor, data)) throw wrong('connectionId', 'disconnect the organisation first');
    const id = mirrorIdOf(teamId, data.organisationId);
    const present = (await tx.get('deletions', id))?.data;
    if (present !== undefined) return present;
    const note = await auditIn(tx, teamId);
    const made: Deletion = {
      v: 1,
      teamId,
      organisationId: data.organisationId,
      name: data.name,
      requestedBy: userId,
      requestedAt: now,
      dueAt: now + graceMs,
      status: 'due',
      begunAt: null,
      belongings: null,
      keyId: null,
      leftAtXero: 0,
    };
    tx.set('deletions', id, made);
    const object = { kind: 'connection', id: connectionId };
    note({ actor: userId, act: 'delete-data', object, details: { dueAt: made.dueAt }, at: now, operationId });
    return made;
  });
  await stopRuns(ports, deletion);
  return { dueAt: new Date(deletion.dueAt).toISOString() };
}

/** Keeps the data after all. UserError `NOT_FOUND` when no deletion is due, `DELETION_DUE` once its day has come. */
export async function undoDeletion(
  ports: Pick<Ports, 'store' | 'clock' | 'ids'>,
  actor: Actor,
  { connectionId }: { connectionId: string },
): Promise<void> {
  mustBeOwner(actor);
  const at = ports.clock.now();
  const operationId = actor.operationId ?? ports.ids.next();
  await ports.store.transaction(async (tx) => {
    const { data } = await ownConnection(tx, actor, connectionId);
    const id = mirrorIdOf(actor.teamId, data.organisationId);
    const deletion = (await tx.get('deletions', id))?.data;
    if (deletion === undefined) throw new UserError('NOT_FOUND', { what: 'deletion' });
    if (deletion.status !== 'due') throw new UserError('DELETION_DUE', { organisation: deletion.name });
    const note = await auditIn(tx, actor.teamId);
    tx.delete('deletions', id);
    const object = { kind: 'connection', id: connectionId };
    note({ actor: actor.userId, act: 'undo-deletion', object, at, operationId });
  });
}

/** Newest first; the newest 200. */
export async function listReceipts(
  ports: Pick<Ports, 'store'>,
  actor: Actor,
): Promise<{ receipts: ReceiptView[] }> {
  mustBeOwner(actor);
  const found = await ports.store.query('receipts', {
    where: [{ field: 'teamId', op: '==', value: actor.teamId }],
    orderBy: { field: 'erasedAt', direction: 'desc' },
    limit: 200,
  });
  const receipts: ReceiptView[] = [];
  for (const { id, data } of found) {
    const requestedBy =
      (await ports.store.get('users', data.requestedBy))?.data.email ?? 'somebody who has left';
    receipts.push({
      id,
      name: data.name,
      requestedBy,
      requestedAt: new Date(data.requestedAt).toISOString(),
      erasedAt: new Date(data.erasedAt).toISOString(),
      text: receiptText(id, data, requestedBy),
    });
  }
  return { receipts };
}

async function isConnected(
  reader: Reader,
  { teamId }: Actor,
  { organisationId }: Connection,
): Promise<boolean> {
  for (const status of ['active', 'needs-reconnect'] as const) {
    const living = await reader.query('connections', {
      where: [
        { field: 'teamId', op: '==', value: teamId },
        { field: 'organisationId', op: '==', value: organisationId },
        { field: 'status', op: '==', value: status },
      ],
      limit: 1,
    });
    if (living.length > 0) return true;
  }
  return false;
}

const wrong = (field: string, problem: string): UserError =>
  new UserError('INVALID_INPUT', { field, problem });

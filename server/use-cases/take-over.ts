/** Hand-over of a spreadsheet: another person of the team writes its tabs, once their own access is proved to reach the file. */
import type { Actor } from '../domain/team.ts';
import { auditIn } from '../engine/audit/append-audit.ts';
import { UserError } from '../errors.ts';
import type { Ports, Stored } from '../ports.ts';
import { mustEdit, ownGoogleGrant } from './own.ts';

/**
 * Names of the exporters that this person writes from now on. Until it succeeds everything stays as it was. NOT_FOUND when the
 * team has no exporter there; `NEEDS_GOOGLE`, or `NEEDS_FILE` until this person has chosen the file at Google. Twice: the same.
 */
export async function takeOver(
  ports: Pick<Ports, 'store' | 'clock' | 'ids' | 'drive'>,
  actor: Actor,
  spreadsheetId: string,
): Promise<{ exporters: string[] }> {
  mustEdit(actor);
  const ids: string[] = [];
  for await (const { id } of exportersIn(ports.store, actor.teamId, spreadsheetId)) ids.push(id);
  if (ids.length === 0) throw new UserError('NOT_FOUND', { what: 'exporter' });
  const grantId = await ownGoogleGrant(ports.store, actor);
  await ports.drive.version(grantId, spreadsheetId);
  const at = ports.clock.now();
  const operationId = actor.operationId ?? ports.ids.next();
  return ports.store.transaction(async (tx) => {
    const exporters: Array<Stored<'exporters'>> = [];
    for (const id of ids) {
      const found = await tx.get('exporters', id);
      if (found !== undefined && isIn(found, actor.teamId, spreadsheetId)) exporters.push(found);
    }
    const isRead = new Map<string, boolean>();
    for (const { data } of exporters)
      if (!isRead.has(data.connectionId))
        isRead.set(
          data.connectionId,
          (await tx.get('connections', data.connectionId))?.data.status === 'active',
        );
    const grant = (await tx.get('grants', grantId))?.data;
    if (grant?.status !== 'active') throw new UserError('NEEDS_GOOGLE', { account: grant?.email ?? '' });
    const note = await auditIn(tx, actor.teamId);
    for (const { id, data } of exporters) {
      const mended = isRead.get(data.connectionId) === true ? 'active' : 'needs-reconnect';
      tx.set('exporters', id, {
        ...data,
        destination: { ...data.destination, googleGrantId: grantId },
        status: data.status === 'needs-file' ? mended : data.status,
      });
    }
    const object = { kind: 'spreadsheet', id: spreadsheetId };
    const details = { exporters: exporters.length };
    note({ actor: actor.userId, act: 'take-over', object, details, at, operationId });
    return { exporters: exporters.map(({ data }) => data.name) };
  });
}

const isIn = ({ data }: Stored<'exporters'>, teamId: string, spreadsheetId: string): boolean =>
  data.teamId === teamId && data.status !== 'deleted' && data.destination.spreadsheetId === spreadsheetId;

async function* exportersIn(
  store: Pick<Ports['store'], 'query'>,
  teamId: string,
  spreadsheetId: string,
): AsyncGenerator<Stored<'exporters'>> {
  const pageSize = 200;
  for (let after: string | undefined; ; ) {
    const page = await store.query('exporters', {
      where: [{ field: 'teamId', op: '==', value: teamId }],
      limit: pageSize,
      ...(after === undefined ? {} : { after: { id: after } }),
    });
    for (const one of page) if (isIn(one, teamId, spreadsheetId)) yield one;
    if (page.length < pageSize) return;
    after = page.at(-1)?.id;
  }
}

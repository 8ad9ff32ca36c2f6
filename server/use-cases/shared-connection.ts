/** Xero knows one connection per user, app and organisation: two teams of one Xero user hold the same one. */
import type { Ports } from '../ports.ts';

/**
 * Whether another living connection of ours, of any team, reads through this connection at Xero; without its id, whether any
 * reads this organisation.
 */
export async function isUsedElsewhere(
  { store }: Pick<Ports, 'store'>,
  own: { id?: string; organisationId: string; xeroConnectionId?: string },
): Promise<boolean> {
  for (let after: string | undefined; ; ) {
    const page = await store.query('connections', {
      where: [{ field: 'organisationId', op: '==', value: own.organisationId }],
      limit: 100,
      ...(after === undefined ? {} : { after: { id: after } }),
    });
    const isUsed = page.some(
      ({ id, data }) =>
        id !== own.id &&
        data.status !== 'disconnected' &&
        (own.xeroConnectionId === undefined || data.xeroConnectionId === own.xeroConnectionId),
    );
    if (isUsed) return true;
    after = page.at(-1)?.id;
    if (page.length < 100) return false;
  }
}

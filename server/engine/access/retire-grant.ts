/** A Xero grant that nothing reads through any more gives up its tokens. */
import { grantLease } from '../../domain/grant.ts';
import type { Ports } from '../../ports.ts';
import { overtake } from '../leases.ts';

/**
 * Does nothing while a connection of the grant lives or still has to be removed at Xero. Not revoked there: that would end the
 * organisations of every team that this person connected (reliability-security.md N12).
 */
export async function retireGrant(ports: Pick<Ports, 'store'>, grantId: string): Promise<void> {
  await ports.store.transaction(async (tx) => {
    const grant = (await tx.get('grants', grantId))?.data;
    if (grant?.provider !== 'xero' || grant.status === 'revoked') return;
    for (const status of ['active', 'needs-reconnect', 'disconnected'] as const) {
      const found = await tx.query('connections', {
        where: [
          { field: 'grantId', op: '==', value: grantId },
          { field: 'status', op: '==', value: status },
        ],
        limit: 300,
      });
      if (found.some(({ data }) => status !== 'disconnected' || data.xeroConnectionId !== '')) return;
    }
    await overtake(tx, { name: grantLease(grantId), teamId: grant.teamId });
    tx.set('grants', grantId, {
      ...grant,
      status: 'revoked',
      sealedAccessToken: '',
      sealedRefreshToken: '',
      accessExpiresAt: 0,
    });
  });
}

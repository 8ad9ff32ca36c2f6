/** The exporters of a connection: halted while it cannot be read, taken up again when it can. */
import type { Exporter } from '../../domain/exporter.ts';
import { goOn } from '../../domain/exporter-slots.ts';
import type { Ports } from '../../ports.ts';

type Needs = Pick<Ports, 'store'>;

/** Active ones wait for a reconnect, and make up for the slots they miss. Paused ones stay as their people left them. Twice: nothing happens. */
export const haltExporters = (ports: Needs, connectionId: string): Promise<void> =>
  moveAll(ports, connectionId, 'active', 'needs-reconnect');

export const resumeExporters = (ports: Needs, connectionId: string): Promise<void> =>
  moveAll(ports, connectionId, 'needs-reconnect', 'active');

/** One transaction each: a firm may have more than one transaction holds, and a stop in the middle is made good by the next call. */
async function moveAll(ports: Needs, connectionId: string, from: Exporter['status'], to: Exporter['status']) {
  const isOvertaken = async (): Promise<boolean> =>
    ((await ports.store.get('connections', connectionId))?.data.status === 'active') !== (to === 'active');
  for (;;) {
    const found = await ports.store.query('exporters', {
      where: [
        { field: 'connectionId', op: '==', value: connectionId },
        { field: 'status', op: '==', value: from },
      ],
      limit: 100,
    });
    for (const { id } of found) {
      await ports.store.transaction(async (tx) => {
        const exporter = (await tx.get('exporters', id))?.data;
        const connection = (await tx.get('connections', connectionId))?.data;
        // A reconnect that came in between wins.
        const isStillSo = (connection?.status === 'active') === (to === 'active');
        if (isStillSo && exporter?.status === from && exporter.connectionId === connectionId) {
          tx.set('exporters', id, to === 'active' ? goOn(exporter) : { ...exporter, status: to });
        }
      });
    }
    if (found.length < 100 || (await isOvertaken())) return;
  }
}

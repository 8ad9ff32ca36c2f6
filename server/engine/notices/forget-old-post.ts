/** Notices and deliveries of long ago are deleted: what is closed for half a year, what was sent a month ago. */
import type { Ports } from '../../ports.ts';

const dayMs = 86_400_000;
const noticesKeptMs = 180 * dayMs;
const deliveriesKeptMs = 30 * dayMs;

/** At most `most` of each. An open notice stays, however old. */
export async function forgetOldPost(ports: Pick<Ports, 'store' | 'clock'>, most: number): Promise<void> {
  const now = ports.clock.now();
  const notices = await ports.store.query('notices', {
    where: [
      { field: 'status', op: '==', value: 'closed' },
      { field: 'createdAt', op: '<=', value: now - noticesKeptMs },
    ],
    orderBy: { field: 'createdAt', direction: 'asc' },
    limit: most,
  });
  for (const { id } of notices) await ports.store.delete('notices', id);
  const deliveries = await ports.store.query('deliveries', {
    where: [{ field: 'createdAt', op: '<=', value: now - deliveriesKeptMs }],
    orderBy: { field: 'createdAt', direction: 'asc' },
    limit: most,
  });
  for (const { id } of deliveries) await ports.store.delete('deliveries', id);
}

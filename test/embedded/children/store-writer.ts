/** Writes transactions of two documents until it is killed, and prints the number of each once it is acknowledged. */
import './end-with-parent.ts';
import { setImmediate } from 'node:timers/promises';
import { sqliteStore } from '../../../server/embedded/sqlite-store.ts';
import { leaseDocument } from '../../support/documents.ts';

const [path = '', worker = ''] = process.argv.slice(2);
const store = sqliteStore(path);
for (let fencing = 1; ; fencing += 1) {
  await store.transaction(async (tx) => {
    const total = await tx.get('leases', 'total');
    tx.set('leases', 'total', leaseDocument({ fencing: (total?.data.fencing ?? 0) + 1 }));
    tx.set('leases', `${worker}-left`, leaseDocument({ fencing, holder: 'x'.repeat(20_000) }));
    tx.set('leases', `${worker}-right`, leaseDocument({ fencing }));
  });
  process.stdout.write(`${fencing}\n`);
  await setImmediate(); // The store answers without a pause: the end of the parent would never be heard.
}

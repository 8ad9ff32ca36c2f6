/** Counts one shared document up a given number of times, then ends. */
import './end-with-parent.ts';
import { sqliteStore } from '../../../server/embedded/sqlite-store.ts';
import { leaseDocument } from '../../support/documents.ts';

const [path = '', times = ''] = process.argv.slice(2);
const store = sqliteStore(path);
await Promise.all(
  Array.from({ length: Number(times) }, () =>
    store.transaction(async (tx) => {
      const counter = await tx.get('leases', 'counter');
      tx.set('leases', 'counter', leaseDocument({ fencing: (counter?.data.fencing ?? 0) + 1 }));
    }),
  ),
);
store.close();
process.stdin.destroy();

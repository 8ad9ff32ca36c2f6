/** The Store's contract over every adapter, bare and wrapped. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sqliteStore } from '../../server/embedded/sqlite-store.ts';
import { storeContract } from './store.contract.ts';

storeContract('sqliteStore(:memory:)', () => {
  const store = sqliteStore(':memory:');
  return { store, close: () => store.close() };
});

storeContract('sqliteStore(file)', () => {
  const folder = mkdtempSync(join(tmpdir(), 'foliokeep-'));
  const store = sqliteStore(join(folder, 'store.sqlite'));
  return {
    store,
    close() {
      store.close();
      rmSync(folder, { recursive: true });
    },
  };
});

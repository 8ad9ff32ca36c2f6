/** The Store's contract over every adapter, bare and wrapped. */
import { join } from 'node:path';
import { sqliteStore } from '../../server/embedded/sqlite-store.ts';
import { temporaryFolders } from '../support/folders.ts';
import { storeContract } from './store.contract.ts';

const newFolder = temporaryFolders();

storeContract('sqliteStore(:memory:)', () => {
  const store = sqliteStore(':memory:');
  return { store, close: () => store.close() };
});

storeContract('sqliteStore(file)', () => {
  const store = sqliteStore(join(newFolder(), 'store.sqlite'));
  return { store, close: () => store.close() };
});

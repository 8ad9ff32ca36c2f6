/** The Store's contract over every adapter, bare and wrapped. */
import { join } from 'node:path';
import { sqliteStore } from '../../server/embedded/sqlite-store.ts';
import { noFaults } from '../../server/wrappers/faults.ts';
import { withFaults } from '../../server/wrappers/with-faults.ts';
import { withLog } from '../../server/wrappers/with-log.ts';
import { withSchemas } from '../../server/wrappers/with-schemas.ts';
import { temporaryFolders } from '../support/folders.ts';
import { recordingLog } from '../support/recording-log.ts';
import { virtualClock } from '../support/virtual-clock.ts';
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

storeContract('sqliteStore in all its wrappers', () => {
  const bare = sqliteStore(':memory:');
  const faultless = withFaults(bare, 'store', noFaults);
  const store = withLog(withSchemas(faultless), 'store', recordingLog(), virtualClock());
  return { store, close: () => bare.close() };
});

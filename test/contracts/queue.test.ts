/** The Queue's contract over every adapter. */
import { join } from 'node:path';
import { sqliteQueue } from '../../server/embedded/sqlite-queue.ts';
import { temporaryFolders } from '../support/folders.ts';
import { recordingLog } from '../support/recording-log.ts';
import { queueContract } from './queue.contract.ts';

const newFolder = temporaryFolders();

queueContract('sqliteQueue(:memory:)', (clock) => {
  const queue = sqliteQueue(':memory:', { clock, log: recordingLog() });
  return { queue, close: () => queue.close() };
});

queueContract('sqliteQueue(file)', (clock) => {
  const queue = sqliteQueue(join(newFolder(), 'queue.sqlite'), { clock, log: recordingLog() });
  return { queue, close: () => queue.close() };
});

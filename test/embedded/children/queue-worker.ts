/** Enqueues tasks and handles them until it is killed: prints `in <name>` when enqueued and `out <name>` when handled. */
import './end-with-parent.ts';
import { sqliteQueue } from '../../../server/embedded/sqlite-queue.ts';
import { systemClock } from '../../../server/embedded/system-clock.ts';
import { recordingLog } from '../../support/recording-log.ts';

const [path = '', worker = ''] = process.argv.slice(2);
const clock = systemClock();
const queue = sqliteQueue(path, { clock, log: recordingLog(), visibilityMs: 400, pollMs: 20 });
queue.consume(async ({ name }) => {
  await clock.sleep(3);
  process.stdout.write(`out ${name}\n`);
});
for (let count = 1; ; count += 1) {
  const name = `${worker}-${count}`;
  await queue.enqueue({ name, dueAt: clock.now(), payload: { count } });
  process.stdout.write(`in ${name}\n`);
  await clock.sleep(1);
}

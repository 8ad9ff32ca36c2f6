/** The demo's server on a clock that skips waits; `FOLIOKEEP_SANDBOX` is the origin of the sandbox whose clock goes with it. */
import { systemClock } from '../embedded/system-clock.ts';
import { serveHere } from '../serve-here.ts';
import type { Home } from '../wire-ports.ts';
import { wrapMethods } from '../wrappers/wrap-methods.ts';
import { skippingClock } from './skipping-clock.ts';

const sandbox = process.env['FOLIOKEEP_SANDBOX'] ?? '';
/** Tasks that have not ended; set once the queue is there. */
let openTasks = (): number => 0;

const clock = skippingClock({
  real: systemClock(),
  hasWork: () => openTasks() > 0,
  async move(ms) {
    const response = await fetch(`${sandbox}/sandbox/control`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ action: 'advanceClock', ms }),
    });
    if (!response.ok) throw new Error(`the sandbox's clock answered ${response.status}`);
  },
});

/** While one of these is under way, somebody works. */
function watched(home: Home): Home {
  const mark = <P extends object>(port: P): P => wrapMethods(port, ({ make }) => clock.during(make()));
  if ('open' in home.queue) openTasks = home.queue.open as () => number;
  return {
    ...home,
    network: mark(home.network),
    blobs: mark(home.blobs),
    query: {
      ...home.query,
      get childPid() {
        return home.query.childPid;
      },
      async *ask(prepare, take) {
        const answers = home.query.ask(prepare, take)[Symbol.asyncIterator]();
        try {
          for (;;) {
            const next = await clock.during(answers.next());
            if (next.done === true) return;
            yield next.value;
          }
        } finally {
          await answers.return?.();
        }
      },
    },
  };
}

// The queue sleeps until its next task is due, so that there is something to skip to.
await serveHere({ environment: process.env, clock, around: watched, pollMs: 3_600_000 });

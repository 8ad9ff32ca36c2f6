/** Rounds of post as tasks of the queue: a second kind beside runs, so that a slow mail server holds up no tick and no run. */
import { z } from 'zod';
import type { Clock, Ports, Query, Task, TaskSource } from '../../ports.ts';

const postTaskSchema = z.strictObject({ post: z.strictObject({ lane: z.int().min(0).max(9) }) });

/** So many rounds at once: all that post takes of a worker's places. */
const lanes = 2;
/** What is due this soon is not left to the next tick. */
const soonMs = 60_000;
/** As long as a lane stands still for a task that came early. */
const patienceMs = 5_000;

type Needs = Pick<Ports, 'store' | 'queue' | 'clock' | 'ids'>;

/** For each tick. Wakes a round in each lane when there is something to do. */
export async function wakePost(ports: Needs): Promise<void> {
  const now = ports.clock.now();
  if (await isAnythingDue(ports, now))
    for (let lane = 0; lane < lanes; lane += 1) await ports.queue.enqueue(postTask(ports, lane, now));
}

/** After a round: the next delivery may be due before the next tick. */
export async function wakePostSoon(ports: Needs): Promise<void> {
  const now = ports.clock.now();
  const [next] = await ports.store.query('deliveries', {
    where: [
      { field: 'dueAt', op: '>', value: now },
      { field: 'dueAt', op: '<=', value: now + soonMs },
    ],
    orderBy: { field: 'dueAt', direction: 'asc' },
    limit: 1,
  });
  const dueAt = next?.data.dueAt ?? null;
  if (dueAt !== null) await ports.queue.enqueue(postTask(ports, 0, dueAt));
}

/**
 * The source without the tasks of post: those go to `round`, which is stopped with it. One round at a time in each lane: a
 * task that finds its lane busy has nothing to wake. Where the queue's clock is ahead of ours a task comes before anything is
 * due by ours, and the next one that its round asks for would come at once too: the lane lets some time go by first.
 */
export const withPostTasks = (
  source: TaskSource,
  clock: Clock,
  round: (lane: number, stop: AbortSignal) => Promise<void>,
): TaskSource => ({
  consume(handle) {
    const stopping = new AbortController();
    const busy = new Set<number>();
    const inLane = async (lane: number, dueAt: number): Promise<void> => {
      if (busy.has(lane)) return;
      busy.add(lane);
      try {
        const earlyMs = Math.min(dueAt - clock.now(), patienceMs);
        if (earlyMs > 0) await clock.sleep(earlyMs, stopping.signal);
        await round(lane, stopping.signal);
      } finally {
        busy.delete(lane);
      }
    };
    const consumer = source.consume(async (task, attempt) => {
      const post = postTaskSchema.safeParse(task.payload);
      if (post.success) await inLane(post.data.post.lane, task.dueAt);
      else await handle(task, attempt);
    });
    return {
      stop() {
        stopping.abort();
        return consumer.stop();
      },
    };
  },
});

// A name of its own each time: one made of the time would be refused for hours after the clock was set back.
const postTask = ({ ids }: Pick<Ports, 'ids'>, lane: number, dueAt: number): Task => ({
  name: `post-${ids.next()}`,
  dueAt,
  payload: { post: { lane } },
});

async function isAnythingDue({ store }: Pick<Ports, 'store'>, now: number): Promise<boolean> {
  const isDue = async <C extends 'notices' | 'deliveries' | 'personNotices'>(
    collection: C,
    where: NonNullable<Query<C>['where']>,
  ): Promise<boolean> => (await store.query(collection, { where, limit: 1 })).length > 0;
  return (
    (await isDue('deliveries', [{ field: 'dueAt', op: '<=', value: now }])) ||
    (await isDue('notices', [{ field: 'dueAt', op: '<=', value: now }])) ||
    (await isDue('notices', [{ field: 'checkAt', op: '<=', value: now }])) ||
    (await isDue('personNotices', [{ field: 'digestAt', op: '<=', value: now }]))
  );
}

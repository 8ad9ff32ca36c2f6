/** Those who wait in this process for one thing, in the order people, schedules, backups, and within each as they came. */
import type { Priority } from '../../domain/budget.ts';
import type { Clock } from '../../ports.ts';

export interface PriorityLine<T> {
  /** Resolves with what `serve` gives, or rejects with what it refuses with. */
  take(priority: Priority): Promise<T>;
}

/** What `serve` sees and does. */
export interface Waiting<T> {
  /** Who is next; undefined when nobody waits. Another may be a moment later: people overtake. */
  first(): { priority: Priority; since: number } | undefined;
  count(priority?: Priority): number;
  /** The next one leaves the line with it. */
  give(value: T): void;
  /** All of one priority leave it. */
  refuse(priority: Priority, error: unknown): void;
}

const order: readonly Priority[] = ['manual', 'scheduled', 'backup'];

/** 0 comes first. */
export const rankOf = (priority: Priority): number => order.indexOf(priority);

/** `serve` is called whenever somebody waits and nobody is being served, one call at a time; what it throws refuses all. */
export function priorityLine<T>(
  clock: Pick<Clock, 'now'>,
  serve: (waiting: Waiting<T>) => Promise<void>,
): PriorityLine<T> {
  let waiters: Array<{
    priority: Priority;
    since: number;
    give(value: T): void;
    refuse(error: unknown): void;
  }> = [];
  let isServing = false;

  const waiting: Waiting<T> = {
    first: () => waiters[0],
    count: (priority) =>
      priority === undefined
        ? waiters.length
        : waiters.filter((waiter) => waiter.priority === priority).length,
    give: (value) => waiters.shift()?.give(value),
    refuse(priority, error) {
      const refused = waiters.filter((waiter) => waiter.priority === priority);
      waiters = waiters.filter((waiter) => waiter.priority !== priority);
      for (const waiter of refused) waiter.refuse(error);
    },
  };

  const start = async (): Promise<void> => {
    if (isServing) return;
    isServing = true;
    try {
      await serve(waiting);
    } catch (error) {
      for (const priority of order) waiting.refuse(priority, error);
    } finally {
      isServing = false;
    }
    // Whoever came between the last look and here.
    if (waiters.length > 0) await start();
  };

  return {
    take: (priority) =>
      new Promise((give, refuse) => {
        waiters.push({ priority, since: clock.now(), give, refuse });
        waiters.sort((a, b) => rankOf(a.priority) - rankOf(b.priority));
        // It never rejects: every failure goes to those who wait.
        void start();
      }),
  };
}

/** Named tasks, delivered at least once: late, twice, in any order, to any server that lives; some are lost after they were taken. */
import type { Queue, Task } from '../../../server/ports.ts';
import type { Dice } from './dice.ts';
import type { FaultPlan } from './plan.ts';
import type { Scheduler } from './scheduler.ts';

export interface LabQueue extends Queue {
  /** Every payload that ever lay in it. */
  payloads(): string[];
  /** Tasks that lie in it now. */
  open(): number;
}

/** A server that lives; `handle` says how the delivery ended. */
export type Deliver = (task: Task) => Promise<'done' | 'failed' | 'gone' | 'nobody'>;

const day = 86_400_000;

export function labQueue(scheduler: Scheduler, plan: FaultPlan, dice: Dice, deliver: Deliver): LabQueue {
  const names = new Set<string>();
  const payloads: string[] = [];
  let open = 0;

  const deliverAll = async (task: Task, copies: number): Promise<void> => {
    const late = dice.next() < plan.habits.late ? dice.one([1_000, 30_000, 200_000]) : 0;
    const dueAt = task.dueAt + late;
    const { prompt } = plan.habits;
    // A sleep of no length would end only when everybody else has nothing left to do.
    if (prompt > 0 && dueAt <= scheduler.now() && dice.next() < prompt) await scheduler.park();
    else await scheduler.sleepUntil(Math.max(dueAt, scheduler.now()));
    for (let attempt = 1; ; attempt += 1) {
      const outcome = await deliver(task);
      if (outcome === 'done') break;
      const again = outcome === 'gone' ? dice.between(20_000, 90_000) : Math.min(5_000 * attempt, 60_000);
      await scheduler.sleepUntil(scheduler.now() + again);
    }
    open -= 1;
    if (copies <= 0) return;
    await scheduler.sleepUntil(scheduler.now() + dice.one([0, 1_000, 60_000, 3_600_000, 2 * day]));
    await deliver(task);
  };

  return {
    payloads: () => payloads,
    open: () => open,
    async enqueue(task) {
      if (names.has(task.name)) return;
      names.add(task.name);
      payloads.push(JSON.stringify(task));
      if (!plan.isCalm() && dice.next() < plan.habits.lost) return;
      open += 1;
      const copies = !plan.isCalm() && dice.next() < plan.habits.doubled ? 1 : 0;
      // Nobody waits for it: the scheduler does.
      void deliverAll(task, copies);
    },
  };
}

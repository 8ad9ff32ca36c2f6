/** The queue gives out nothing for a while (F43), or no server is there for hours (F45): nothing is lost, and one catch-up is enough. */
import type { LabWorld } from './lab-world.ts';

export interface Standstills {
  /** Whether the queue stands still. */
  isQueueStill(): boolean;
  /** A dead server comes back no sooner. */
  awayUntil(): number;
  /** One of them begins. */
  begin(): void;
}

const minute = 60_000;

export function standstills({ scheduler, watch, plan, extras, servers }: LabWorld): Standstills {
  const { dice } = extras;
  let queueUntil = 0;
  let serversUntil = 0;
  return {
    isQueueStill: () => !plan.isCalm() && scheduler.now() < queueUntil,
    awayUntil: () => (plan.isCalm() ? 0 : serversUntil),
    begin() {
      watch.disturbed();
      if (dice.chance(0.5)) {
        const ms = dice.one([5, 40, 130]) * minute;
        queueUntil = scheduler.now() + ms;
        watch.event(`the queue stands still for ${ms / minute} minutes`);
        return;
      }
      const ms = dice.one([20, 180, 1_800]) * minute;
      serversUntil = scheduler.now() + ms;
      watch.event(`no server is there for ${ms / minute} minutes`);
      for (const server of servers) {
        // Each may lose the unit it was at.
        watch.disturbed();
        server.life().kill();
      }
    },
  };
}

/** The queue gives out nothing for a while (F43), or no server is there for hours (F45): nothing is lost, and one catch-up is enough. */
import type { Absence } from './graces.ts';
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

export function standstills({ scheduler, watch, plan, extras, servers, graces }: LabWorld): Standstills {
  const { dice } = extras;
  let queueUntil = 0;
  let serversAway: Absence = { from: 0, until: 0 };
  return {
    isQueueStill: () => !plan.isCalm() && scheduler.now() < queueUntil,
    awayUntil() {
      if (plan.isCalm()) serversAway.until = Math.min(serversAway.until, scheduler.now());
      return serversAway.until;
    },
    begin() {
      watch.disturbed();
      if (dice.chance(0.5)) {
        const ms = dice.one([5, 40, 130]) * minute;
        queueUntil = scheduler.now() + ms;
        watch.event(`the queue stands still for ${ms / minute} minutes`);
        return;
      }
      const ms = dice.one([20, 180, 1_800]) * minute;
      serversAway.until = Math.min(serversAway.until, scheduler.now());
      serversAway = { from: scheduler.now(), until: scheduler.now() + ms };
      graces.away(serversAway);
      watch.event(`no server is there for ${ms / minute} minutes`);
      for (const server of servers) {
        // Each may lose the unit it was at.
        watch.disturbed();
        server.life().kill();
      }
    },
  };
}

/** The end of a time of trouble. */
import type { LabWorld } from './lab-world.ts';

export function calmDown({ plan, servers, watch }: LabWorld): void {
  plan.calm();
  for (const server of servers) {
    server.life().skewMs = 0;
    server.life().thaw();
  }
  watch.event('calm');
}

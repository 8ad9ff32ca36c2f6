/** A person in the lab clicks again and again, on whichever server lives. */
import type { Ports } from '../../../server/ports.ts';
import type { Dice } from './dice.ts';
import type { LabServer } from './lab-server.ts';
import type { LabWorld } from './lab-world.ts';

export type Insist = (what: string, act: (ports: Ports) => Promise<unknown>) => Promise<void>;

/** A server that lives, when there is one. */
export async function serverUp({ scheduler, servers }: LabWorld, dice: Dice): Promise<LabServer> {
  for (;;) {
    const all = servers.filter((server) => server.isUp());
    if (all.length > 0) return dice.one(all);
    await scheduler.sleepUntil(scheduler.now() + 5_000);
  }
}

/** Again and again, as a person who sees an error page. */
export const insistIn =
  (world: LabWorld, dice: Dice): Insist =>
  async (what, act) => {
    const { scheduler, watch } = world;
    for (let time = 0; time < 400; time += 1) {
      if ((await (await serverUp(world, dice)).attempt(what, act)) === 'done') return;
      await scheduler.sleepUntil(scheduler.now() + (time < 100 ? 3_000 : 30_000));
    }
    watch.violate('liveness', `nobody could ${what}`);
  };

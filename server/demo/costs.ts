/** What a demo took: memory of the server at its peak, and time on its clock and on ours where these differ. */
import { z } from 'zod';
import { watchMemory } from './resident-memory.ts';
import { xeroState } from './sandbox-control.ts';
import { sayNumber, saySeconds } from './table.ts';
import type { SandboxReady } from './world.ts';

export interface Costs {
  peakMb: number;
  virtualMs: number;
  realMs: number;
}

const stateSchema = z.object({ now: z.number() });

/** Watches from now on until it is asked, once. */
export async function watchCosts(sandbox: SandboxReady, serverPid: number): Promise<() => Promise<Costs>> {
  const memory = watchMemory(serverPid);
  const begun = await moments(sandbox);
  return async () => {
    memory.stop();
    const ended = await moments(sandbox);
    return {
      peakMb: Math.round(memory.peakMb()),
      virtualMs: ended.virtual - begun.virtual,
      realMs: ended.real - begun.real,
    };
  };
}

export const costsText = ({ peakMb, virtualMs, realMs }: Costs): string =>
  `Limits of Xero and Google were kept on a virtual clock: ${saySeconds(virtualMs)} of its time, ${saySeconds(realMs)} of yours.
Server and query child took ${sayNumber(peakMb)} MB of memory at the peak.`;

async function moments(sandbox: SandboxReady): Promise<{ virtual: number; real: number }> {
  const { now } = stateSchema.parse(await xeroState(sandbox));
  return { virtual: now, real: Date.now() };
}

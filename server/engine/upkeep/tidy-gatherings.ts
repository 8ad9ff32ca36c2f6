/** Runs that ended while they waited for their turn to publish are taken out of the line before their spreadsheet. */
import type { Ports } from '../../ports.ts';
import { leaveEnded } from '../steps/publish/gathering.ts';
import { inRounds } from './in-rounds.ts';

const most = 200;

/** A chore: so many gatherings at most, and all of them in the end. A run that goes on stays, whatever it waits for. */
export function tidyGatherings(ports: Pick<Ports, 'store'>): () => Promise<void> {
  const nextGatherings = inRounds('gatherings', { orderBy: 'teamId', most });
  return async () => {
    for (const { id } of await nextGatherings(ports.store, undefined)) await leaveEnded(ports, id);
  };
}

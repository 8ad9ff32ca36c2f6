/**
 * Keeps mirrors from growing for ever: small segments become few, superseded versions and what dead runs left behind go.
 *
 * A mirror is looked after every few hours, a bounded piece with each tick: one merge at a time until none is worth it, which a
 * pull in flight does not mind; then its garbage, while no pull writes. A merge drops nothing: what it replaced is garbage only
 * at the next look, and gone a day later, long after every query that began before.
 */

import { RetryError, WaitError } from '../../errors.ts';
import { compactMirror } from '../../mirror/compact.ts';
import { collectGarbage } from '../../mirror/garbage.ts';
import type { MirrorPorts } from '../../mirror/open-mirror.ts';
import type { Ports, Query, Stored } from '../../ports.ts';
import { describeError } from '../describe-error.ts';
import { acquireLease, releaseLease } from '../leases.ts';
import { quieten, quietLease } from './quiet-mirror.ts';

export type TidyPorts = MirrorPorts & Pick<Ports, 'ids' | 'log'>;

export const tidyEveryMs = 6 * 3_600_000;
/** When a pull was in flight. */
export const tidySoonerMs = 10 * 60_000;
/** Nothing more is begun in one call after this long; a merge takes seconds. */
const enoughMs = 15_000;
const mostMirrors = 20;
const leaseMs = 15 * 60_000;
/** No blob is removed that close to the end of the right to. */
const marginMs = 60_000;

/** Looks after the mirrors whose turn it is, the longest untidied first. What fails for one is logged and has its turn later. */
export async function tidyMirrors(ports: TidyPorts): Promise<void> {
  const now = ports.clock.now();
  for (const query of due(now))
    for (const mirror of await ports.store.query('mirrors', query)) {
      if (ports.clock.now() - now >= enoughMs) return;
      await tidyAlone(ports, mirror);
    }
}

const due = (now: number): Array<Query<'mirrors'>> => [
  {
    where: [{ field: 'tidiedAt', op: '<=', value: now - tidyEveryMs }],
    orderBy: { field: 'tidiedAt', direction: 'asc' },
    limit: mostMirrors,
  },
  // Tidied by a clock that has been set back since.
  {
    where: [{ field: 'tidiedAt', op: '>', value: now + tidyEveryMs }],
    orderBy: { field: 'tidiedAt', direction: 'asc' },
    limit: mostMirrors,
  },
];

/** Two servers never tidy one mirror at once: what one is about to refer to could be the other's garbage. */
async function tidyAlone(ports: TidyPorts, { id, data }: Stored<'mirrors'>): Promise<void> {
  const request = { name: `tidy:${id}`, teamId: data.teamId, holder: ports.ids.next(), ttlMs: leaseMs };
  try {
    const lease = await acquireLease(ports, request);
    try {
      await tidy(ports, id, data, lease.until);
    } finally {
      await releaseLease(ports, { name: request.name, fencing: lease.fencing });
    }
  } catch (error) {
    if (error instanceof WaitError) return;
    ports.log.error('A mirror could not be tidied', { mirrorId: id, error: describeError(error) });
    await noteTidied(ports, id, undefined, ports.clock.now());
  }
}

async function tidy(
  ports: TidyPorts,
  mirrorId: string,
  { teamId, generation, tidiedGeneration }: Stored<'mirrors'>['data'],
  until: number,
): Promise<void> {
  let compacted: number | undefined = tidiedGeneration;
  if (tidiedGeneration !== generation)
    try {
      if ((await compactMirror(ports, mirrorId, 1)) > 0) return;
      compacted = generation;
    } catch (error) {
      // Garbage goes all the same, or a mirror that cannot be merged would grow for ever.
      ports.log.error('A mirror could not be compacted', { mirrorId, error: describeError(error) });
    }
  const quiet = await quieten(ports, { mirrorId, teamId }, leaseMs);
  const now = ports.clock.now();
  if (quiet === undefined) return noteTidied(ports, mirrorId, compacted, now - tidyEveryMs + tidySoonerMs);
  try {
    const mayUntil = Math.min(until, quiet.until) - marginMs;
    const { removed } = await collectGarbage(removingUntil(ports, mayUntil), mirrorId, []);
    if (removed > 0) ports.log.info('Garbage of a mirror was removed', { mirrorId, removed });
  } finally {
    await releaseLease(ports, { name: quietLease(mirrorId), fencing: quiet.fencing });
  }
  await noteTidied(ports, mirrorId, compacted, now);
}

/** The same ports, of which blobs are removed only while the right to lasts. */
function removingUntil(ports: TidyPorts, until: number): TidyPorts {
  const { blobs, clock } = ports;
  return {
    ...ports,
    blobs: {
      ...blobs,
      async delete(path) {
        if (clock.now() > until) throw new RetryError('FENCED_OUT');
        await blobs.delete(path);
      },
    },
  };
}

/** An erased mirror has no turn any more. */
const noteTidied = (
  { store }: TidyPorts,
  id: string,
  generation: number | undefined,
  tidiedAt: number,
): Promise<void> =>
  store.transaction(async (tx) => {
    const mirror = (await tx.get('mirrors', id))?.data;
    if (mirror === undefined) return;
    const tidiedGeneration = generation ?? mirror.tidiedGeneration;
    tx.set('mirrors', id, {
      ...mirror,
      tidiedAt,
      ...(tidiedGeneration === undefined ? {} : { tidiedGeneration }),
    });
  });

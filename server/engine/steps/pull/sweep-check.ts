/** After a sweep and its pass: is it all there is, and what is not there any more? */
import { isComplete, itemCountOf } from '../../../domain/paging.ts';
import {
  mostAttempts,
  mostLost,
  type ProgressOfResource,
  sweepAgain,
} from '../../../domain/pull-progress.ts';
import { FatalError, UserError } from '../../../errors.ts';
import { isUnidentified } from '../../../mirror/cutter.ts';
import type { Resource } from '../../../resources/resource.ts';
import type { ReadResource } from './fold-pages.ts';
import { countIds, lostIds } from './known-records.ts';
import { afterLookups } from './look-up.ts';
import { leftOut, type PullCheckpoint } from './pull-input.ts';
import type { Pulling } from './pull-ports.ts';

/** More than this many lost at once, and more than this share, is asked about first. */
const handful = 5;
const share = 0.05;

/**
 * Counts distinct ids against Xero's own count. A mismatch reads everything again, at last FatalError `COUNT_MISMATCH`.
 * What a complete sweep by the same reader lacks has to be looked up by id; UserError `MANY_REMOVED` when that is much.
 */
export async function checkSweep(
  pulling: Pulling,
  { resource, before, reader }: ReadResource,
  progress: ProgressOfResource,
): Promise<ProgressOfResource> {
  const { mirror, input } = pulling;
  const all = [...progress.swept, ...progress.found];
  if (progress.lostUpTo !== null) {
    const { lost } = await lostIds(mirror, resource.name, all);
    return lookUp(pulling, resource, progress, lost);
  }
  const swept = await countIds(mirror, progress.swept);
  const found = progress.found.length === 0 ? swept : await countIds(mirror, all);
  if (!isComplete(progress.sweptLists, swept, found)) {
    if (progress.attempt >= mostAttempts)
      throw new FatalError('COUNT_MISMATCH', {
        what: resource.label.toLowerCase(),
        expected: itemCountOf(progress.sweptLists) ?? 0,
        found,
      });
    return sweepAgain(progress);
  }
  const isSameReader = before !== undefined && before.cursor.sweptBy === reader;
  if (!isSameReader) return { ...progress, stage: 'read' };
  const { lost, live } = await lostIds(mirror, resource.name, all);
  checkLoss(resource, lost.length, live, input.isRemovalConfirmed);
  return lookUp(pulling, resource, progress, lost);
}

/** The next ids to ask Xero for. What never had an id that Xero knows is gone when a complete sweep lacks its text. */
function lookUp(
  pulling: Pulling,
  { name }: Resource,
  progress: ProgressOfResource,
  lost: readonly string[],
): Promise<ProgressOfResource> {
  const { lostUpTo } = progress;
  const left = lostUpTo === null ? lost : lost.filter((id) => id > lostUpTo);
  const ids = left.slice(0, mostLost);
  return afterLookups(pulling, name, {
    ...progress,
    lost: ids.filter((id) => !isUnidentified(id)),
    gone: ids.filter(isUnidentified),
    lostUpTo: left.length > ids.length ? (ids.at(-1) ?? null) : null,
  });
}

/** UserError `MANY_REMOVED` when too much vanished at once to be believed. */
export function checkLoss(resource: Resource, lost: number, live: number, isConfirmed: boolean): void {
  const isMuch = (lost > handful && lost > live * share) || (lost > 0 && lost === live);
  if (isMuch && !isConfirmed)
    throw new UserError('MANY_REMOVED', { count: lost, total: live, what: resource.label.toLowerCase() });
}

/** Does it, and leaves the resource out of the pull when too much of it vanished: all who want it are told, nobody reads it again. */
export async function orLeftOut(
  { ports }: Pulling,
  checkpoint: PullCheckpoint,
  name: string,
  act: () => Promise<PullCheckpoint>,
): Promise<PullCheckpoint> {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof UserError) || error.code !== 'MANY_REMOVED') throw error;
    return leftOut(checkpoint, name, { at: ports.clock.now(), code: error.code, details: error.details });
  }
}

/** The pull's document in the Store: joined, closed and ended in one transaction each. */
import { mirrorIdOf, type Pull } from '../../../domain/mirror-pointer.ts';
import { closePull, type Decision, endPull, joinPull } from '../../../domain/pull-joining.ts';
import { WaitError } from '../../../errors.ts';
import type { Ports } from '../../../ports.ts';
import type { StepContext } from '../../step.ts';
import { quietLease } from '../../upkeep/quiet-mirror.ts';
import { namesOf } from './plan-reports.ts';
import type { PullInput } from './pull-input.ts';

type StorePorts = Pick<Ports, 'store' | 'clock'>;

/** Finds out what this run has to do with the pull of its mirror, and writes it down. Repeated: the same. WaitError
 * `PULL_IN_FLIGHT` while garbage is taken out of the mirror. */
export async function takePart(
  { store, clock }: StorePorts,
  input: PullInput,
  { runId, requestedAt }: Pick<StepContext, 'runId' | 'requestedAt'>,
): Promise<Decision> {
  const id = mirrorIdOf(input.teamId, input.organisationId);
  const names = namesOf(input);
  return store.transaction(async (tx) => {
    const pull = (await tx.get('pulls', id))?.data;
    const ownerId = pull?.runId ?? null;
    const owner = ownerId === null || ownerId === runId ? undefined : (await tx.get('runs', ownerId))?.data;
    const now = clock.now();
    const decision = joinPull(pull, { runId, requestedAt, names }, owner, { now, teamId: input.teamId });
    const quiet = decision.kind === 'begin' ? (await tx.get('leases', quietLease(id)))?.data : undefined;
    // Its garbage is being taken out: that is a matter of seconds.
    if (quiet !== undefined && quiet.holder !== null && now < quiet.until)
      throw new WaitError('PULL_IN_FLIGHT', Math.min(quiet.until, now + 2_000));
    if (decision.kind === 'begin' || (decision.kind === 'join' && !decision.pull.isClosed))
      tx.set('pulls', id, decision.pull);
    return decision;
  });
}

/** The mirror lacks a report that was said to be there (its days moved on): it has to be pulled. */
export async function forgetReports({ store }: StorePorts, input: PullInput): Promise<void> {
  const id = mirrorIdOf(input.teamId, input.organisationId);
  await store.transaction(async (tx) => {
    const pull = (await tx.get('pulls', id))?.data;
    if (pull === undefined) return;
    const reads = { ...pull.reads };
    for (const wish of input.reports) delete reads[wish];
    tx.set('pulls', id, { ...pull, reads });
  });
}

/** Closes the pull of this run if everything asked is met; else the pull as it is, to be gone on with. Undefined: no longer ours. */
export async function closeOwn(
  { store }: StorePorts,
  input: PullInput,
  runId: string,
  met: Readonly<Record<string, number>>,
): Promise<Pull | undefined> {
  const id = mirrorIdOf(input.teamId, input.organisationId);
  return store.transaction(async (tx) => {
    const pull = (await tx.get('pulls', id))?.data;
    if (pull?.runId !== runId) return undefined;
    if (pull.isClosed) return pull;
    const closed = closePull(pull, met);
    if (closed !== null) tx.set('pulls', id, closed);
    return closed ?? pull;
  });
}

/** Lets go of the pull and makes known what was read. Repeated: nothing happens. */
export async function endOwn(
  { store, clock }: StorePorts,
  input: PullInput,
  runId: string,
  reads: Readonly<Record<string, number>>,
  missing: Pull['missing'],
): Promise<void> {
  const id = mirrorIdOf(input.teamId, input.organisationId);
  await store.transaction(async (tx) => {
    const pull = (await tx.get('pulls', id))?.data;
    if (pull?.runId === runId) tx.set('pulls', id, endPull(pull, reads, missing, clock.now()));
  });
}

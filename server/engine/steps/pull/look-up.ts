/** Records that a complete sweep lacks are looked up by their ids: gone, or there after all. */
import { earlier, type ProgressOfResource, withChanges } from '../../../domain/pull-progress.ts';
import { FatalError } from '../../../errors.ts';
import { cutPage, isUnidentified } from '../../../mirror/cutter.ts';
import type { CutRecord } from '../../../mirror/mirror.ts';
import type { XeroAnswer } from '../../../ports.ts';
import { resourceNamed } from '../../../resources/index.ts';
import { gone, isChanged } from './known-records.ts';
import { type PullCheckpoint, withProgress } from './pull-input.ts';
import type { Pulling } from './pull-ports.ts';

/** It is there: kept, with its newest text. */
export async function afterLookup(
  pulling: Pulling,
  checkpoint: PullCheckpoint,
  name: string,
  id: string,
  answer: XeroAnswer,
): Promise<PullCheckpoint> {
  const resource = resourceNamed(name);
  const progress = checkpoint.resources[name];
  const { records } = cutPage(answer.body, resource.envelope, resource);
  const record = records.find((one) => one.id === id) ?? unreadable(records, id);
  if (progress === undefined || record === undefined)
    throw new FatalError('XERO_PAGE_UNREADABLE', {
      what: resource.label,
      problem: `${id} is not in the answer`,
    });
  const known = await pulling.memory.known.of(pulling.mirror, name, progress.found, [id]);
  const found = isChanged(record, known.get(id)) ? [record] : [];
  return withProgress(checkpoint, name, await afterLooked(pulling, name, progress, id, found));
}

/** The answer is one record whose own id cannot be read: it is the one that was asked for, and a gap. */
function unreadable(records: readonly CutRecord[], id: string): CutRecord | undefined {
  const [record, ...others] = records;
  return record !== undefined && others.length === 0 && isUnidentified(record.id)
    ? { ...record, id }
    : undefined;
}

/** Xero does not know it any more. */
export const afterGone = (pulling: Pulling, name: string, progress: ProgressOfResource, id: string) =>
  afterLooked(pulling, name, { ...progress, gone: [...progress.gone, id] }, id, []);

async function afterLooked(
  pulling: Pulling,
  name: string,
  progress: ProgressOfResource,
  id: string,
  records: CutRecord[],
): Promise<ProgressOfResource> {
  const lost = progress.lost.filter((one) => one !== id);
  return afterLookups(pulling, name, await withFound(pulling, name, { ...progress, lost }, records));
}

/** What comes when no id is left to be looked up: all that are gone become one segment, however many they are. */
export async function afterLookups(
  pulling: Pulling,
  name: string,
  progress: ProgressOfResource,
): Promise<ProgressOfResource> {
  if (progress.lost.length > 0) return { ...progress, stage: 'lookups' };
  const now = pulling.ports.clock.now();
  const next = await withFound(
    pulling,
    name,
    progress,
    progress.gone.map((id) => gone(id, now)),
  );
  return { ...next, gone: [], stage: next.lostUpTo === null ? 'read' : 'check' };
}

async function withFound(
  { mirror, context, ports }: Pulling,
  name: string,
  progress: ProgressOfResource,
  records: CutRecord[],
): Promise<ProgressOfResource> {
  if (records.length === 0) return progress;
  await context.guard();
  const segment = await mirror.writeSegment(name, records, ports.clock.now());
  return {
    ...progress,
    found: [...progress.found, segment],
    // When a record went is not known, nor when one that no list shows was changed.
    ...withChanges(
      progress,
      records.map(() => 0),
    ),
    changesFrom: earlier(progress.changesFrom, ''),
  };
}

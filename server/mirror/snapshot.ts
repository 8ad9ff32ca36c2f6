/** Snapshots: a generation pinned with what it counts and adds up to, so that an archive can be made of it and proved against it. */
import { z } from 'zod';
import { gapSchema } from '../domain/gap.ts';
import type { SnapshotPointer } from '../domain/snapshot.ts';
import { FatalError, UserError } from '../errors.ts';
import { resources } from '../resources/index.ts';
import { reportsResource } from '../resources/report.ts';
import { controlTotals } from './control-totals.ts';
import { segmentSchema } from './index-blob.ts';
import { currentIndex } from './index-pointer.ts';
import { type MirrorPorts, partsOf } from './open-mirror.ts';
import { readIds } from './read-records.ts';
import { tombstone } from './record-views.ts';
import type { MirrorParts } from './segment.ts';

const snapshotBlobSchema = z.object({
  v: z.literal(1),
  mirrorId: z.string(),
  generation: z.int(),
  resources: z.record(
    z.string(),
    z.object({ segments: z.array(segmentSchema), count: z.int(), gaps: z.array(gapSchema) }),
  ),
  /** Per resource, money column and currency ('' when it has none): the exact sum, as decimal text. */
  totals: z.array(
    z.object({ resource: z.string(), column: z.string(), currency: z.string(), sum: z.string() }),
  ),
  /** Addresses of the reports that it holds, ascending. */
  reports: z.array(z.string()),
  /** Ids of the attachments that it holds, ascending. */
  attachments: z.array(z.string()),
});
export type Snapshot = z.infer<typeof snapshotBlobSchema>;

/** Where the mirror keeps the map of its attachments: records like any other. */
export const attachmentsResource = 'attachments';

/** Pins the current generation. Twice for one generation: the same snapshot. UserError `NOT_FOUND` for generation 0. */
export async function takeSnapshot(
  ports: MirrorPorts,
  mirrorId: string,
): Promise<{ id: string; pointer: SnapshotPointer; snapshot: Snapshot }> {
  const stored = await ports.store.get('mirrors', mirrorId);
  if (stored === undefined || stored.data.generation === 0)
    throw new UserError('NOT_FOUND', { what: 'mirror' });
  const parts = await partsOf(ports, mirrorId);
  const { index } = await currentIndex(ports.store, parts);
  const id = `${mirrorId}.${index.generation}`;
  const known = await ports.store.get('snapshots', id);
  if (known !== undefined)
    return { id, pointer: known.data, snapshot: await readSnapshot(parts, known.data.path) };
  const snapshot: Snapshot = {
    v: 1,
    mirrorId,
    generation: index.generation,
    resources: Object.fromEntries(
      Object.entries(index.resources).map(([name, { segments, count, gaps }]) => [
        name,
        { segments, count, gaps },
      ]),
    ),
    totals: await controlTotals(
      parts,
      index,
      resources.filter(({ name }) => name in index.resources),
    ),
    reports: await liveIds(parts, reportsResource, index.resources[reportsResource]?.segments ?? []),
    attachments: await liveIds(
      parts,
      attachmentsResource,
      index.resources[attachmentsResource]?.segments ?? [],
    ),
  };
  const json = JSON.stringify(snapshot);
  const path = `mirrors/${mirrorId}/snapshots/${index.generation}-${parts.nameOf([json])}.json`;
  await parts.sealed.put(path, Buffer.from(json));
  const { teamId } = stored.data;
  const pointer: SnapshotPointer = {
    v: 1,
    teamId,
    mirrorId,
    generation: index.generation,
    path,
    takenAt: ports.clock.now(),
  };
  await ports.store.transaction(async (tx) => {
    if ((await tx.get('snapshots', id)) === undefined) tx.set('snapshots', id, pointer);
  });
  const kept = await ports.store.get('snapshots', id);
  return { id, pointer: kept?.data ?? pointer, snapshot };
}

/** FatalError `BLOB_DAMAGED` when it is missing or not one. */
export async function readSnapshot(parts: MirrorParts, path: string): Promise<Snapshot> {
  const parsed = snapshotBlobSchema.safeParse(
    JSON.parse(Buffer.from(await parts.sealed.need(path)).toString()),
  );
  if (!parsed.success) throw new FatalError('BLOB_DAMAGED', { path }, parsed.error);
  return parsed.data;
}

/** Every snapshot that is kept of a mirror, oldest first. */
export async function* snapshotsOf(
  store: Pick<MirrorPorts['store'], 'query'>,
  mirrorId: string,
): AsyncGenerator<{ id: string; pointer: SnapshotPointer }> {
  const page = 100;
  for (let after: { id: string } | undefined; ; ) {
    const found = await store.query('snapshots', {
      where: [{ field: 'mirrorId', op: '==', value: mirrorId }],
      limit: page,
      ...(after === undefined ? {} : { after }),
    });
    for (const { id, data } of found) yield { id, pointer: data };
    const last = found.at(-1);
    if (last === undefined || found.length < page) return;
    after = { id: last.id };
  }
}

/** Lets go of a snapshot; what only it held goes with the garbage. Twice: nothing happens. */
export const dropSnapshot = (
  store: Pick<MirrorPorts['store'], 'delete'>,
  snapshotId: string,
): Promise<void> => store.delete('snapshots', snapshotId);

async function liveIds(
  parts: MirrorParts,
  resource: string,
  segments: Parameters<typeof readIds>[2],
): Promise<string[]> {
  const ids: string[] = [];
  if (segments.length > 0)
    for await (const batch of readIds(parts, resource, segments))
      for (const { id, state } of batch) if (state !== tombstone) ids.push(id);
  return ids;
}

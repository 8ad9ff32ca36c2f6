/**
 * The product's own mirror in a share of the seeds: sealed Parquet among the blobs, ids, counts and rows out of DuckDB. Beside it
 * goes a mirror of the lab that gets the same records and commits, so that the guards can look into every generation.
 */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MirrorDocument } from '../../../server/domain/mirror-pointer.ts';
import type { Mirror, SegmentRef } from '../../../server/mirror/mirror.ts';
import { openMirror } from '../../../server/mirror/open-mirror.ts';
import { openQueryEngine, type QueryEngine } from '../../../server/mirror/query.ts';
import type { Ports } from '../../../server/ports.ts';
import { type LabMirror, labMirror } from './lab-mirror.ts';
import type { LabWorld } from './lab-world.ts';

type Ref = Parameters<LabWorld['openMirror']>[0];
type CommitInput = Parameters<Mirror['commit']>[0];

let engine: QueryEngine | undefined;

/** One for all seeds of this process; it ends with it. */
function queryEngine(): QueryEngine {
  const silent = () => undefined;
  engine ??= openQueryEngine({
    folder: mkdtempSync(join(tmpdir(), 'foliokeep-lab-')),
    memoryLimitMb: 192,
    timeoutMs: 600_000,
    // Real time decides nothing here: a question takes as long as it takes.
    clock: {
      sleep: (_ms, signal) => new Promise((resolve) => signal?.addEventListener('abort', () => resolve())),
    },
    log: { debug: silent, info: silent, warn: silent, error: silent },
  });
  return engine;
}

export function realMirrors(world: LabWorld): (ref: Ref, ports: Ports) => Promise<Mirror> {
  const { scheduler, watch } = world;
  /** By wrapped key: what comes after an erasure is another mirror. */
  const shadows = new Map<string, LabMirror>();
  /** By mirror and life: commits under way, as the shadow will take them when the document has moved. */
  const pending = new Map<string, Array<{ input: CommitInput; shadow: LabMirror }>>();

  watch.onStored((life, collection, id, data) => {
    if (collection !== 'mirrors') return;
    const { generation } = data as MirrorDocument;
    const under = pending.get(`${life.name} ${id}`) ?? [];
    const found = under.find(({ input }) => input.expected + 1 === generation);
    if (found === undefined) return;
    // It has no effects of its own, and is done before anybody comes to look.
    void found.shadow.commit(found.input).catch((error: unknown) => watch.violate('bug', String(error)));
  });

  /** By resource and hash: the same records in the shadow. */
  const segments = new Map<string, SegmentRef>();
  const shadowed = (changes: CommitInput['changes']): CommitInput['changes'] =>
    Object.fromEntries(
      Object.entries(changes).map(([resource, change]) => [
        resource,
        {
          ...change,
          segments: change.segments.map((segment) => segments.get(`${resource}/${segment.hash}`) ?? segment),
        },
      ]),
    );

  return async (ref, ports) => {
    const { teamId, organisationId } = ref;
    const life = world.servers.find((server) => server.ports() === ports)?.life().name ?? '';
    const real = await scheduler.busy(() => openMirror({ ...ports, query: queryEngine() }, ref));
    const { id } = real;
    const wrappedKey = (await world.store.get('mirrors', id))?.data.wrappedKey ?? '';
    const shadow = shadows.get(wrappedKey) ?? labMirror(id, watch);
    shadows.set(wrappedKey, shadow);
    world.mirrors.set(`${teamId} ${organisationId}`, shadow);
    const place = `${life} ${id}`;
    /** In one piece: what is read takes real time, in which nothing else may happen. */
    const all = <T>(read: () => AsyncIterable<T>): Promise<T[]> =>
      scheduler.busy(async () => {
        const found: T[] = [];
        for await (const one of read()) found.push(one);
        return found;
      });
    return {
      id,
      index: () => scheduler.busy(() => real.index()),
      async writeSegment(resource, records, fetchedAt) {
        const shadowed = await shadow.writeSegment(resource, records, fetchedAt);
        const segment = await scheduler.busy(() => real.writeSegment(resource, records, fetchedAt));
        segments.set(`${resource}/${segment.hash}`, shadowed);
        return segment;
      },
      async commit(input) {
        const mine = { input: { ...input, changes: shadowed(input.changes) }, shadow };
        pending.set(place, [...(pending.get(place) ?? []), mine]);
        try {
          return await scheduler.busy(() => real.commit(input));
        } finally {
          pending.set(
            place,
            (pending.get(place) ?? []).filter((one) => one !== mine),
          );
        }
      },
      async *ids(resource, added) {
        yield* await all(() => real.ids(resource, added));
      },
      async *rows(request, generation) {
        yield* await all(() => real.rows(request, generation));
      },
      record: (resource, recordId) => scheduler.busy(() => real.record(resource, recordId)),
    };
  };
}

/** What mirror tests stand on: an embedded store, blobs in memory, a key file, one warm query engine. */
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import type { Gap } from '../../server/domain/gap.ts';
import { keyFile } from '../../server/embedded/key-file.ts';
import { sqliteStore } from '../../server/embedded/sqlite-store.ts';
import { systemClock } from '../../server/embedded/system-clock.ts';
import { cutPage } from '../../server/mirror/cutter.ts';
import { columnsOf, linesNamed } from '../../server/mirror/extraction-sql.ts';
import type {
  Cell,
  CutRecord,
  Mirror,
  ResourceChange,
  RowsRequest,
  SegmentRef,
} from '../../server/mirror/mirror.ts';
import { type MirrorPorts, openMirror } from '../../server/mirror/open-mirror.ts';
import { openQueryEngine, type QueryEngine } from '../../server/mirror/query.ts';
import { resourceNamed } from '../../server/resources/index.ts';
import { cutRecord } from '../support/cut-record.ts';
import { temporaryFolders } from '../support/folders.ts';
import { memoryBlobs } from '../support/memory-blobs.ts';
import { recordingLog } from '../support/recording-log.ts';
import { seededRandom } from '../support/seeded-random.ts';

/** Call it at the top of a test file: one engine for all its tests, closed at its end. */
export function mirrorWorlds() {
  const newFolder = temporaryFolders();
  let query: QueryEngine;
  beforeAll(() => {
    query = openQueryEngine({
      folder: join(newFolder(), 'query'),
      memoryLimitMb: 192,
      timeoutMs: 60_000,
      clock: systemClock(),
      log: recordingLog(),
    });
  });
  afterAll(() => query.close());
  return {
    newFolder,
    query: () => query,
    /** Ports of a new world; nothing is in it. */
    ports: (seed = 1): MirrorPorts & { blobs: ReturnType<typeof memoryBlobs> } => {
      const random = seededRandom(seed);
      return {
        store: sqliteStore(':memory:'),
        blobs: memoryBlobs(),
        keys: keyFile(join(newFolder(), 'keys.json'), random),
        random,
        clock: systemClock(),
        query,
      };
    },
  };
}

export const someTeam = { teamId: 'team1', organisationId: 'org1', pullerConnectionId: 'connection1' };

export const mirrorIn = (ports: MirrorPorts): Promise<Mirror> => openMirror(ports, someTeam);

export const cursor = { modifiedSince: null, lastFullSweepAt: null, sweptBy: null };

export const mergeOf = (...segments: SegmentRef[]): ResourceChange => ({
  mode: 'merge',
  segments,
  cursor,
  gaps: [],
});

/** Records as a page of the resource would hold them. */
export function cutOf(
  resourceName: string,
  ...records: Array<string | Record<string, unknown>>
): CutRecord[] {
  const resource = resourceNamed(resourceName);
  const texts = records.map((record) => (typeof record === 'string' ? record : JSON.stringify(record)));
  const page = `{"${resource.envelope}":[${texts.join(',')}]}`;
  return cutPage(new TextEncoder().encode(page), resource.envelope, resource).records;
}

export const tombstoneOf = (id: string): CutRecord => cutRecord(id, '', { state: 'tombstone' });

/** Writes the records and commits them as the next generation. */
export async function put(
  mirror: Mirror,
  resource: string,
  records: CutRecord[],
  operationId?: string,
): Promise<void> {
  const segment = await mirror.writeSegment(resource, records, 1);
  const { generation } = await mirror.index();
  await mirror.commit({
    expected: generation,
    operationId: operationId ?? `operation ${generation}`,
    changes: { [resource]: mergeOf(segment) },
  });
}

export async function collect(
  mirror: Mirror,
  request: RowsRequest,
  generation?: number,
): Promise<{ rows: Cell[][]; gaps: Gap[] }> {
  const rows: Cell[][] = [];
  const gaps: Gap[] = [];
  for await (const batch of mirror.rows(request, generation)) {
    rows.push(...batch.rows);
    gaps.push(...batch.gaps);
  }
  return { rows, gaps };
}

/** A request for these columns of a resource's records or lines. */
export function requestOf(
  resource: string,
  keys: string[],
  more: Partial<RowsRequest> = {},
  lines: string | null = null,
): RowsRequest {
  const known = resourceNamed(resource);
  const rows = lines === null ? null : linesNamed(known, lines);
  const columns = keys.map((key) => {
    const found = columnsOf(known, rows).find((column) => column.key === key);
    if (found === undefined) throw new Error(`no column ${key}`);
    return found;
  });
  const source: RowsRequest['source'] =
    lines === null ? { kind: 'records', resource } : { kind: 'lines', resource, lines };
  return { source, columns, filters: [], orderBy: [], ...more };
}

export async function idsOf(
  mirror: Mirror,
  resource: string,
  pending: SegmentRef[] = [],
): Promise<Array<[string, string]>> {
  const found: Array<[string, string]> = [];
  for await (const batch of mirror.ids(resource, pending))
    for (const { id, state } of batch) found.push([id, state]);
  return found;
}

/** Reads a mirror's records through the query child: typed rows, ids with the hash of their text, one record's text. */
import { join } from 'node:path';
import type { ColumnType } from '../resources/resource.ts';
import type { Mirror, MirrorIndex, RowBatch, RowsRequest, SegmentRef } from './mirror.ts';
import { listed, type RowsPlan } from './query-protocol.ts';
import { liveView, newestView, recordViews } from './record-views.ts';
import { resourcesOf, rowsPlan } from './rows-question.ts';
import { type MirrorParts, openSegments } from './segment.ts';
import { readSpool } from './spool.ts';
import { literal } from './sql-text.ts';

export async function* readRows(
  parts: MirrorParts,
  index: MirrorIndex,
  request: RowsRequest,
): AsyncIterable<RowBatch> {
  const plan = rowsPlan(request);
  const resources = resourcesOf(request);
  const laid = resources.map((resource) => ({
    resource,
    segments: index.resources[resource]?.segments ?? [],
  }));
  yield* askRows(parts, laid, plan);
  const gaps = resources.flatMap((resource) => index.resources[resource]?.gaps ?? []);
  if (gaps.length > 0) yield { rows: [], gaps };
}

/** Every newest record with its state, tombstones included, ascending by id. */
export async function* readIds(
  parts: MirrorParts,
  resource: string,
  segments: readonly SegmentRef[],
): ReturnType<Mirror['ids']> {
  const sql = `select ${listed(['id', 'version', 'state'], ['id'])} from ${newestView(resource)}`;
  for await (const { rows } of askRows(parts, [{ resource, segments }], textPlan(sql, 3, 1)))
    yield rows.map(([id, rawHash, state]) => ({
      id: String(id),
      rawHash: String(rawHash),
      state: String(state),
    }));
}

export async function readRecord(
  parts: MirrorParts,
  resource: string,
  id: string,
  segments: readonly SegmentRef[],
): Promise<string | undefined> {
  const sql = `select raw as c0 from ${liveView(resource)} where id = ${literal(id)}`;
  let found: string | undefined;
  for await (const { rows } of askRows(parts, [{ resource, segments }], textPlan(sql, 1, 0)))
    for (const [raw] of rows) found = String(raw);
  return found;
}

/** A question of our own whose columns are all text. */
export function textPlan(sql: string, columns: number, keys: number): RowsPlan {
  const type: ColumnType = 'text';
  return {
    setup: [],
    sql,
    keys,
    columns: Array.from({ length: columns }, () => ({ label: '', type })),
    gapLabels: [],
    gapQueries: [],
    what: '',
    isNamed: false,
    cage: null,
  };
}

/** Asks over the live views of these resources. */
export function askRows(
  parts: MirrorParts,
  laid: ReadonlyArray<{ resource: string; segments: readonly SegmentRef[] }>,
  plan: RowsPlan,
): AsyncIterable<RowBatch> {
  return parts.query.ask(
    async (folder) => {
      const views: string[] = [];
      for (const { resource, segments } of laid)
        views.push(...(await laidViews(parts, folder, resource, segments)));
      return { ...plan, kind: 'rows', setup: [...views, ...plan.setup], spool: join(folder, 'spool') };
    },
    (folder) => readSpool(join(folder, 'spool')),
  );
}

/** Opens segments into the folder; statements that make a resource's views over them. */
export async function laidViews(
  parts: MirrorParts,
  folder: string,
  resource: string,
  segments: readonly SegmentRef[],
): Promise<string[]> {
  const records = segments.reduce((sum, segment) => sum + segment.records, 0);
  return recordViews(resource, await openSegments(parts, folder, resource, segments), records);
}

/** Compares two generations of a mirror, record by record. */
import type { SegmentRef } from './mirror.ts';
import { listed } from './query-protocol.ts';
import { askRows, textPlan } from './read-records.ts';
import { liveView } from './record-views.ts';
import type { MirrorParts } from './segment.ts';

/** An index or a snapshot. */
export interface Contents {
  resources: Readonly<Record<string, { segments: readonly SegmentRef[] }>>;
}

export interface RecordChange {
  id: string;
  change: 'added' | 'changed' | 'removed';
}

/** Records of a resource that differ between two indexes or snapshots, ascending by id, in batches. */
export async function* compareResource(
  parts: MirrorParts,
  resource: string,
  before: Contents,
  after: Contents,
): AsyncGenerator<RecordChange[]> {
  const laid = [
    { resource: 'before', segments: before.resources[resource]?.segments ?? [] },
    { resource: 'after', segments: after.resources[resource]?.segments ?? [] },
  ];
  const change = `case when b.id is null then 'added' when a.id is null then 'removed' else 'changed' end`;
  const sql = `select ${listed(['coalesce(a.id, b.id)', change], ['coalesce(a.id, b.id)'])}
    from (select id, version from ${liveView('before')}) b full join (select id, version from ${liveView('after')}) a using (id)
    where a.version is distinct from b.version`;
  for await (const { rows } of askRows(parts, laid, textPlan(sql, 2, 1)))
    yield rows.map(([id, kind]) => ({ id: String(id), change: kind as RecordChange['change'] }));
}

/** Verifies a mirror: that what is stored is what was named, and that counts still add up. */
import { FatalError } from '../errors.ts';
import { countRecords } from './count-records.ts';
import { currentIndex } from './index-pointer.ts';
import type { SegmentRef } from './mirror.ts';
import { type MirrorPorts, partsOf } from './open-mirror.ts';
import { listed } from './query-protocol.ts';
import { askRows, textPlan } from './read-records.ts';
import { newestView } from './record-views.ts';
import { type MirrorParts, recordLine, segmentPath } from './segment.ts';

export interface Finding {
  /** A blob's path, or a resource. */
  what: string;
  problem: 'damaged' | 'renamed' | 'altered' | 'miscounted';
}

/**
 * Opens every segment of the current generation and checks its seal, its name against its records, each text against its
 * version, and each resource's count. No findings: all is as it was written.
 */
export async function verifyMirror(ports: MirrorPorts, mirrorId: string): Promise<Finding[]> {
  const parts = await partsOf(ports, mirrorId);
  const { index } = await currentIndex(ports.store, parts);
  const findings: Finding[] = [];
  for (const [resource, { segments, count }] of Object.entries(index.resources)) {
    const before = findings.length;
    for (const segment of segments) findings.push(...(await verifySegment(parts, segment)));
    if (findings.length > before) continue;
    const counted = await countRecords(parts, [{ resource, segments }]);
    if (counted.get(resource)?.count !== count) findings.push({ what: resource, problem: 'miscounted' });
  }
  return findings;
}

async function verifySegment(parts: MirrorParts, segment: SegmentRef): Promise<Finding[]> {
  const what = segmentPath(parts.id, segment);
  const { resource } = segment;
  const cells = [
    'id',
    'version',
    'cast("updatedAt" as varchar)',
    'state',
    `case when sha256(raw) <> version then 'x' end`,
  ];
  const sql = `select ${listed(cells, ['id'])} from ${newestView(resource)}`;
  const lines: string[] = [];
  let altered = false;
  try {
    for await (const { rows } of askRows(parts, [{ resource, segments: [segment] }], textPlan(sql, 5, 1)))
      for (const [id, version, updatedAt, state, isAltered] of rows) {
        lines.push(recordLine(String(id), String(version), Number(updatedAt), String(state)));
        altered ||= isAltered !== null;
      }
  } catch (error) {
    if (!(error instanceof FatalError) || error.code !== 'BLOB_DAMAGED') throw error;
    return [{ what, problem: 'damaged' }];
  }
  if (altered) return [{ what, problem: 'altered' }];
  const isNamed = parts.nameOf(lines) === segment.hash && lines.length === segment.records;
  return isNamed ? [] : [{ what, problem: 'renamed' }];
}

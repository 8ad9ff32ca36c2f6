/** A Mirror in memory with the promises of the port: later segments win, one commit for all, a repeated commit answers again. */
import { createHash } from 'node:crypto';
import { mergeNews } from '../../../../server/domain/news.ts';
import { rawHashOf } from '../../../../server/engine/steps/pull/known-records.ts';
import { RetryError } from '../../../../server/errors.ts';
import type { Cell, CutRecord, Mirror, MirrorIndex, SegmentRef } from '../../../../server/mirror/mirror.ts';
import { recordText } from '../../../../server/mirror/record-text.ts';

export interface MemoryMirror extends Mirror {
  /** Live records of the current generation: id → raw. */
  live(resource: string): Map<string, string>;
  stateOf(resource: string, id: string): string | undefined;
  /** Segments written since the mirror was made, repeated ones left out. */
  written(): number;
}

const sha = (text: string): string => createHash('sha256').update(text).digest('hex');
/** Of a record's text, once: it never changes. */
const rawHashes = new WeakMap<CutRecord, string>();
function hashOf(record: CutRecord): string {
  const known = rawHashes.get(record) ?? rawHashOf(record.raw);
  rawHashes.set(record, known);
  return known;
}
const order = (a: { id: string }, b: { id: string }): number => (a.id < b.id ? -1 : 1);

export function memoryMirror(): MemoryMirror {
  const segments = new Map<string, CutRecord[]>();
  const commits = new Map<string, MirrorIndex>();
  let current: MirrorIndex = { generation: 0, resources: {} };
  const newest = (refs: readonly SegmentRef[]): Map<string, CutRecord> => {
    const found = new Map<string, CutRecord>();
    for (const { resource, hash } of refs) {
      const records = segments.get(`${resource}/${hash}`);
      if (records === undefined) throw new Error(`no segment ${resource}/${hash}`);
      for (const record of records) found.set(record.id, record);
    }
    return found;
  };
  const refsOf = (resource: string) => current.resources[resource]?.segments ?? [];
  const liveOf = (refs: readonly SegmentRef[]) =>
    [...newest(refs).values()].filter(({ state }) => state !== 'tombstone');
  return {
    id: 'memory',
    index: async () => structuredClone(current),
    async writeSegment(resource, records) {
      // Copied: the page they lie in is not the mirror's.
      const kept = records.map((record) => ({
        ...record,
        raw: Uint8Array.from(record.raw),
        typed: record.typed === null ? null : Uint8Array.from(record.typed),
      }));
      const once = [...new Map(kept.map((record) => [record.id, record])).values()].sort(order);
      const hash = sha(JSON.stringify(once.map((one) => [one.id, hashOf(one), one.state])));
      segments.set(`${resource}/${hash}`, once);
      return {
        resource,
        hash,
        records: once.length,
        bytes: once.reduce((sum, { raw }) => sum + raw.length, 0),
      };
    },
    async *ids(resource, pending) {
      const all = [...newest([...refsOf(resource), ...pending]).values()].sort(order);
      for (let at = 0; at < all.length; at += 2)
        yield all.slice(at, at + 2).map((one) => ({ id: one.id, rawHash: hashOf(one), state: one.state }));
    },
    async commit({ expected, operationId, changes }) {
      const made = commits.get(operationId);
      if (made !== undefined) return made;
      if (current.generation !== expected) throw new RetryError('FENCED_OUT');
      const resources = { ...current.resources };
      for (const [resource, { mode, segments: added, cursor, gaps, news = [] }] of Object.entries(changes)) {
        const kept = mode === 'replace' ? [] : refsOf(resource);
        const names = new Set(added.map(({ hash }) => hash));
        const laid = [...kept.filter(({ hash }) => !names.has(hash)), ...added];
        resources[resource] = {
          segments: laid,
          cursor,
          gaps,
          count: liveOf(laid).length,
          news: mergeNews(resources[resource]?.news ?? [], news),
        };
      }
      current = structuredClone({ generation: expected + 1, resources });
      commits.set(operationId, current);
      return current;
    },
    async *rows({ source, columns }) {
      if (!('resource' in source)) throw new Error('only records');
      const rows = liveOf(refsOf(source.resource)).map(({ raw }) =>
        columns.map(({ path }) => (JSON.parse(recordText(raw)) as Record<string, Cell>)[path] ?? null),
      );
      yield { rows, gaps: [] };
    },
    async record(resource, id) {
      const found = liveOf(refsOf(resource)).find((record) => record.id === id);
      return found === undefined ? undefined : recordText(found.raw);
    },
    live: (resource) => new Map(liveOf(refsOf(resource)).map(({ id, raw }) => [id, recordText(raw)])),
    stateOf: (resource, id) => newest(refsOf(resource)).get(id)?.state,
    written: () => segments.size,
  };
}

/** A Mirror that keeps of each record its id and the hash of its text: for pulls whose time and calls are measured, not their rows. */
import { hash } from 'node:crypto';
import { RetryError } from '../../server/errors.ts';
import type { Mirror, MirrorIndex, SegmentRef } from '../../server/mirror/mirror.ts';
import { recordText } from '../../server/mirror/record-text.ts';
import { tombstone } from '../../server/mirror/record-views.ts';

interface Kept {
  id: string;
  rawHash: string;
  state: string;
  /** Of short segments alone: reports and the organisation. */
  raw: string | undefined;
}

const mostWithText = 5;

export function idsMirror(): Mirror {
  const segments = new Map<string, Kept[]>();
  const commits = new Map<string, MirrorIndex>();
  let current: MirrorIndex = { generation: 0, resources: {} };
  const newest = (refs: readonly SegmentRef[]): Kept[] => {
    const found = new Map<string, Kept>();
    for (const ref of refs)
      for (const record of segments.get(`${ref.resource}/${ref.hash}`) ?? []) found.set(record.id, record);
    return [...found.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  };
  const refsOf = (resource: string) => current.resources[resource]?.segments ?? [];
  return {
    id: 'ids',
    index: async () => current,
    async writeSegment(resource, records) {
      const kept = records.map(
        ({ id, raw, state }): Kept => ({
          id,
          rawHash: hash('sha256', raw),
          state,
          raw: records.length <= mostWithText ? recordText(raw) : undefined,
        }),
      );
      const name = hash('sha256', kept.map(({ id, rawHash, state }) => id + rawHash + state).join());
      segments.set(`${resource}/${name}`, kept);
      const bytes = records.reduce((sum, { raw }) => sum + raw.length, 0);
      return { resource, hash: name, records: records.length, bytes };
    },
    async *ids(resource, pending) {
      const all = newest([...refsOf(resource), ...pending]);
      for (let at = 0; at < all.length; at += 2_000) yield all.slice(at, at + 2_000);
    },
    async commit({ expected, operationId, changes }) {
      const made = commits.get(operationId);
      if (made !== undefined) return made;
      if (current.generation !== expected) throw new RetryError('FENCED_OUT');
      const resources = { ...current.resources };
      for (const [resource, { segments: added, cursor, gaps }] of Object.entries(changes)) {
        const laid = [...refsOf(resource), ...added];
        const count = newest(laid).filter(({ state }) => state !== tombstone).length;
        resources[resource] = { segments: laid, cursor, gaps, count };
      }
      current = { generation: expected + 1, resources };
      commits.set(operationId, current);
      return current;
    },
    // biome-ignore lint/correctness/useYield: it has no rows to give
    async *rows() {
      throw new Error('this mirror has no rows');
    },
    async record(resource, id) {
      return newest(refsOf(resource)).find((record) => record.id === id)?.raw;
    },
  };
}

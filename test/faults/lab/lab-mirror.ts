/** Mirrors in memory with the promises of the port, and every generation they ever had: most seeds use them in DuckDB's place. */
import { createHash } from 'node:crypto';
import { mergeNews } from '../../../server/domain/news.ts';
import { rawHashOf } from '../../../server/engine/steps/pull/known-records.ts';
import { RetryError } from '../../../server/errors.ts';
import type {
  Cell,
  CutRecord,
  Mirror,
  MirrorIndex,
  RowBatch,
  RowsRequest,
  SegmentRef,
} from '../../../server/mirror/mirror.ts';
import { tombstone } from '../../../server/mirror/record-views.ts';
import { cellOf, inOrder } from './record-cells.ts';
import type { Watch } from './watch.ts';

export interface LabMirror extends Mirror {
  /** Live records of a generation. */
  records(generation: number, resource: string): CutRecord[];
  generation(): number;
}

const nothing = new Uint8Array();
/** Bytes of a page that may be gone tomorrow: kept as they are, read as text. */
export const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString();
const sha = (text: string): string => createHash('sha256').update(text).digest('hex');
const byId = (a: { id: string }, b: { id: string }): number => (a.id < b.id ? -1 : 1);

export function labMirror(id: string, watch: Watch): LabMirror {
  const segments = new Map<string, CutRecord[]>();
  const commits = new Map<string, MirrorIndex>();
  const generations: MirrorIndex[] = [{ generation: 0, resources: {} }];
  const current = (): MirrorIndex => generations.at(-1) as MirrorIndex;
  const newest = (refs: readonly SegmentRef[]): Map<string, CutRecord> => {
    const found = new Map<string, CutRecord>();
    for (const { resource, hash } of refs) {
      const records = segments.get(`${resource}/${hash}`);
      if (records === undefined) throw new Error(`no segment ${resource}/${hash}`);
      for (const record of records) found.set(record.id, record);
    }
    return found;
  };
  const liveIn = (index: MirrorIndex, resource: string) =>
    [...newest(index.resources[resource]?.segments ?? []).values()].filter(
      ({ state }) => state !== tombstone,
    );

  return {
    id,
    generation: () => generations.length - 1,
    records: (generation, resource) => liveIn(generations[generation] as MirrorIndex, resource),
    index: async () => structuredClone(current()),
    async writeSegment(resource, records) {
      // Money is decimal text from here on: no number token is left for anybody to read as a double (I13).
      for (const { id: recordId, typed } of records)
        if (typed !== null && /[:[,]\s*-?\d/.test(textOf(typed).replace(/"(?:[^"\\]|\\.)*"/g, '""')))
          watch.violate('I13', `${resource} ${recordId} has a bare number`);
      // Copied: the page they lie in is not the mirror's.
      const kept = records.map((record) => ({
        ...record,
        raw: Uint8Array.from(record.raw),
        typed: record.typed === null ? null : Uint8Array.from(record.typed),
      }));
      const once = [...new Map(kept.map((record) => [record.id, record])).values()].sort(byId);
      const hash = sha(JSON.stringify(once.map((one) => [one.id, textOf(one.raw), one.state])));
      segments.set(`${resource}/${hash}`, once);
      return {
        resource,
        hash,
        records: once.length,
        bytes: once.reduce((sum, { raw }) => sum + raw.length, 0),
      };
    },
    async *ids(resource, pending) {
      const all = [...newest([...(current().resources[resource]?.segments ?? []), ...pending]).values()].sort(
        byId,
      );
      for (let at = 0; at < all.length; at += 50)
        yield all
          .slice(at, at + 50)
          .map((one) => ({ id: one.id, rawHash: rawHashOf(one.raw), state: one.state }));
    },
    async commit({ expected, operationId, changes }) {
      const made = commits.get(operationId);
      if (made !== undefined) return made;
      if (current().generation !== expected) throw new RetryError('FENCED_OUT');
      const resources = { ...current().resources };
      for (const [resource, { mode, segments: added, cursor, gaps, news = [] }] of Object.entries(changes)) {
        const kept = mode === 'replace' ? [] : (resources[resource]?.segments ?? []);
        const names = new Set(added.map(({ hash }) => hash));
        const laid = [...kept.filter(({ hash }) => !names.has(hash)), ...added];
        const count = [...newest(laid).values()].filter(({ state }) => state !== tombstone).length;
        const all = mergeNews(resources[resource]?.news ?? [], news);
        resources[resource] = { segments: laid, cursor, gaps, count, news: all };
      }
      const next = structuredClone({ generation: expected + 1, resources });
      generations.push(next);
      commits.set(operationId, next);
      return next;
    },
    async *rows(request) {
      yield rowsIn(liveIn(current(), resourceOf(request)), request);
    },
    async record(resource, recordId) {
      const found = liveIn(current(), resource).find((record) => record.id === recordId);
      return found && textOf(found.raw);
    },
  };
}

const resourceOf = ({ source }: RowsRequest): string => {
  if (source.kind !== 'records') throw new Error('only records lie in the lab’s mirrors');
  return source.resource;
};

/** As the query would: numbers as decimal text, in the wanted order and then by id, unreadable records as gaps. */
function rowsIn(records: readonly CutRecord[], { columns, orderBy, source }: RowsRequest): RowBatch {
  const readable = records.filter(({ typed }) => typed !== null);
  const rows = readable.map((record) => {
    const value: unknown = JSON.parse(textOf(record.typed ?? nothing));
    const cells = columns.map((column): Cell => cellOf(value, column));
    return { id: record.id, cells };
  });
  const keys = orderBy
    .map((key) => columns.findIndex((column) => column.key === key))
    .filter((at) => at >= 0);
  const broken = records.length - readable.length;
  const what = 'resource' in source ? source.resource : '';
  return {
    rows: inOrder(rows, keys).map(({ cells }) => cells),
    gaps: broken > 0 ? [{ what, reason: 'unreadable-record', count: broken }] : [],
  };
}

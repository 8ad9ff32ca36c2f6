/** A mirror as the engine and the use-cases see it: pending segments in, one commit, rows out. */

import type { Filter } from '../domain/exporter.ts';
import type { Gap } from '../domain/gap.ts';
import type { News } from '../domain/news.ts';
import type { Column } from '../resources/resource.ts';

/** One record cut out of a page. Its texts are UTF-8 bytes, most often of the page itself: whoever keeps one keeps the page. */
export interface CutRecord {
  id: string;
  /** Milliseconds of the record's own change stamp; 0 when it has none. */
  updatedAt: number;
  /** `Status` as Xero sent it, '' when none; `tombstone` for a record that vanished. */
  state: string;
  /** Exactly what Xero sent. */
  raw: Uint8Array;
  /** `raw` with number tokens quoted and invalid escapes made safe; null when the record does not parse (a gap). */
  typed: Uint8Array | null;
  /** Fields and values that Xero's published ones do not have; left out when there are none, or nobody looked. Not stored with it. */
  news?: readonly Pick<News, 'path' | 'type' | 'value'>[];
}

/** A segment: one immutable file of records of one resource. */
export interface SegmentRef {
  resource: string;
  /** HMAC-SHA-256 of its sorted logical records (all but `fetchedAt`) under the mirror's key, hex: its name. */
  hash: string;
  records: number;
  bytes: number;
}

/** How far a resource's changes are surely in the mirror. */
export interface Cursor {
  /** The server's own time at the start of the last complete pull (ISO), or null before one. */
  modifiedSince: string | null;
  lastFullSweepAt: number | null;
  /** Grant and scopes of the sweep: tombstones need the same. */
  sweptBy: string | null;
}

export interface ResourceState {
  segments: SegmentRef[];
  cursor: Cursor;
  /** Distinct live ids. */
  count: number;
  gaps: Gap[];
  /** Fields and values that Xero sent and that were new, since the first time; left out: none. */
  news?: News[] | undefined;
}

export interface MirrorIndex {
  /** 0: nothing yet. */
  generation: number;
  resources: Record<string, ResourceState>;
}

/** What a pull found for one resource. */
export interface ResourceChange {
  /** `merge`: newer records over older ones by id. `replace`: these are all there are. */
  mode: 'merge' | 'replace';
  segments: SegmentRef[];
  cursor: Cursor;
  gaps: Gap[];
  /** What was new in the segments; laid over what was noticed before. */
  news?: readonly News[];
}

export type Cell = string | number | boolean | null;

export interface RowsRequest {
  /**
   * Either a resource (its records, or one of its lists of lines by name), or SQL over the typed views of these resources: `<resource>` with `id` and every column
   * by its key, `<resource>_<lines>` (`invoices_lines`) with `line` too, dashes as underscores, numbers as DECIMAL(38,10); `reports` with `id`, `report`
   * (JSON text, numbers quoted), `raw`, `updated_at`, `fetched_at`. The answer's columns are found by the keys of `columns`, dashes as
   * underscores. `sql` is ours; `saved-sql` is a person's and runs in the cage: UserError `QUERY_REFUSED` or `QUERY_LIMIT`.
   */
  source:
    | { kind: 'records'; resource: string }
    | { kind: 'lines'; resource: string; lines: string }
    | { kind: 'sql'; sql: string; resources: readonly string[] }
    | { kind: 'saved-sql'; sql: string; resources: readonly string[] };
  columns: readonly Column[];
  filters: readonly Filter[];
  /** Column keys, ascending; the id always ends the order. */
  orderBy: readonly string[];
}

export interface RowBatch {
  /** Cells by the request's columns. Money, quantity and rate are decimal text; date is YYYY-MM-DD; instant is ISO. */
  rows: Cell[][];
  /**
   * Values that were there but could not be read as their column's type, and the gaps of the resources that were read: every
   * record that does not parse is named again by each rows request that misses it. More than twenty of a column are counted together.
   */
  gaps: Gap[];
}

/** A mirror opened for one (team, organisation). */
export interface Mirror {
  readonly id: string;
  index(): Promise<MirrorIndex>;
  /** Stores records as a pending segment; repeated with the same records it lands at the same address. */
  writeSegment(resource: string, records: readonly CutRecord[], fetchedAt: number): Promise<SegmentRef>;
  /** Ids in the current generation plus `pending`, with the hash of their text, ascending: for counts and comparison. */
  ids(
    resource: string,
    pending: readonly SegmentRef[],
  ): AsyncIterable<Array<{ id: string; rawHash: string; state: string }>>;
  /**
   * Publishes all changes together as generation `expected` + 1. RetryError `FENCED_OUT` when the generation moved on;
   * repeated after success (same operationId) it answers with the generation made then.
   */
  commit(input: {
    expected: number;
    operationId: string;
    changes: Readonly<Record<string, ResourceChange>>;
  }): Promise<MirrorIndex>;
  /**
   * Rows of the current generation, or of an older one that is still kept, in a total order that ends in the id (lines: and their
   * place). The answer is complete before the first batch; a slow reader holds nobody up. UserError `INVALID_INPUT` for a filter or
   * order that the columns do not have.
   */
  rows(request: RowsRequest, generation?: number): AsyncIterable<RowBatch>;
  /** One record's raw text in the current generation. */
  record(resource: string, id: string): Promise<string | undefined>;
}

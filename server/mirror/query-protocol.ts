/** What the server and its query child say to each other. Everything in it was made by us, except the text of a saved query. */
import type { ColumnType } from '../resources/resource.ts';

export interface OutputColumn {
  label: string;
  type: ColumnType;
}

/** Rows are written to a spool file, in frames: four bytes of length (big-endian), then a JSON `Frame`. */
export interface RowsQuestion {
  kind: 'rows';
  /** Trusted statements that make the views, in order. */
  setup: readonly string[];
  /**
   * One query without an order. Its columns `c0`, `c1`, … are all text: those of `columns`, and with `isNamed` the row's name and
   * its unreadable places. `k0`, `k1`, …: what the rows are ordered by, ascending, nulls last.
   */
  sql: string;
  keys: number;
  columns: readonly OutputColumn[];
  /** What gaps call the places; the last one is a row that is not there at all. */
  gapLabels: readonly string[];
  /** How the records are called in gaps. */
  what: string;
  isNamed: boolean;
  /** Queries of row name and unreadable places alone, for SQL whose rows have no names. */
  gapQueries: ReadonlyArray<{ sql: string; what: string; labels: readonly string[] }>;
  /** A person's own query, named `saved` in `sql`: runs in the cage. */
  cage: { sql: string; mostRows: number } | null;
  spool: string;
}

/** A rows question without its place on disk. */
export type RowsPlan = Omit<RowsQuestion, 'kind' | 'spool'>;

/** The columns of a rows question's SQL: its cells, and what it is ordered by. */
export const listed = (cells: readonly string[], keys: readonly string[]): string =>
  [...cells.map((cell, at) => `${cell} as c${at}`), ...keys.map((key, at) => `${key} as k${at}`)].join(', ');

export type Question = { kind: 'run'; statements: readonly string[] } | RowsQuestion;

/** Every question works in a folder of its own and reads and spills nowhere else. */
export interface Asked {
  number: number;
  folder: string;
  /** DuckDB's own. */
  memoryLimitMb: number;
  /** The process ends itself above it. */
  hardLimitMb: number;
  question: Question;
}

export type Answer =
  | { number: number; kind: 'done' }
  /** `refused` and `limit`: a person's query; `failed`: ours. */
  | { number: number; kind: 'refused' | 'limit' | 'failed'; problem: string };

/** Exit status of a child that passed its hard memory limit. */
export const overMemoryStatus = 71;

/** Inside the child: what a person's query may not do or may not use so much of. */
export class RefusedQuery extends Error {
  readonly kind: 'refused' | 'limit';

  constructor(kind: 'refused' | 'limit', problem: string) {
    super(problem);
    this.kind = kind;
  }
}

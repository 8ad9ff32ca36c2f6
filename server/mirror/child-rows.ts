/** The child's side of a rows question: turns chunks into cells and spools them, in frames of one chunk each. */
import { writeSync } from 'node:fs';
import type { DuckDBConnection, DuckDBDataChunk } from '@duckdb/node-api';
import type { Gap } from '../domain/gap.ts';
import { cellOf } from './cell.ts';
import { type GapCounter, gapCounter } from './gap-counter.ts';
import type { Cell } from './mirror.ts';
import { RefusedQuery, type RowsQuestion } from './query-protocol.ts';
import { unreadableMark } from './unreadable-mark.ts';

/** A row as it was read. */
export interface ReadRow {
  /** What gaps call it; '' when it has none. */
  name: string;
  /** Null when the row is not there at all. */
  cells: Cell[] | null;
  /** Labels of the values that could not be read. */
  unread: string[];
}

/** Counts what the gap queries name. */
export async function countGaps(
  connection: DuckDBConnection,
  { gapQueries }: RowsQuestion,
): Promise<GapCounter> {
  const gaps = gapCounter();
  for (const { sql, what, labels } of gapQueries)
    for await (const chunk of chunksOf(connection, sql)) {
      const [names = [], places = []] = [chunk.getColumnValues(0), chunk.getColumnValues(1)];
      for (const [at, text] of places.entries())
        for (const label of labelsAt(labels, String(text))) gaps.add(what, String(names[at]), label);
    }
  return gaps;
}

/** Streams the answer of a query into the file as it comes: never more than one chunk in memory. */
export async function spoolRows(
  connection: DuckDBConnection,
  question: RowsQuestion,
  sql: string,
  gaps: GapCounter,
  file: number,
): Promise<void> {
  let rows = 0;
  for await (const chunk of chunksOf(connection, sql)) {
    rows += chunk.rowCount;
    if (question.cage !== null && rows > question.cage.mostRows)
      throw new RefusedQuery('limit', `${question.cage.mostRows} rows`);
    const texts: string[] = [];
    for (const row of rowsOf(chunk, question)) {
      addUnread(gaps, question, row);
      if (row.cells !== null) texts.push(JSON.stringify(row.cells));
    }
    writeRows(file, texts, gaps.taken());
  }
  writeRest(file, gaps);
}

/** The gaps that are left when the last row is written. */
export function writeRest(file: number, gaps: GapCounter): void {
  const rest: Gap[] = [...gaps.taken(), ...gaps.rest()];
  if (rest.length > 0) writeRows(file, [], rest);
}

/** One chunk at a time; each is let go of before the next one comes. */
export async function* chunksOf(connection: DuckDBConnection, sql: string): AsyncIterable<DuckDBDataChunk> {
  const result = await connection.stream(sql);
  for (;;) {
    const chunk = await result.fetchChunk();
    if (chunk === null || chunk.rowCount === 0) return;
    yield chunk;
    // A chunk's memory is outside of V8's sight and goes with its handle: without this it piles up by hundreds of megabytes.
    globalThis.gc?.();
  }
}

/** The rows of a chunk: columns beyond those that the question names are left alone. */
export function* rowsOf(chunk: DuckDBDataChunk, question: RowsQuestion): Generator<ReadRow> {
  const { columns, gapLabels, isNamed } = question;
  const width = columns.length + (isNamed ? 2 : 0);
  const texts = Array.from({ length: width }, (_, at) => chunk.getColumnValues(at));
  const names = isNamed ? texts[columns.length] : undefined;
  const unreadable = isNamed ? texts[columns.length + 1] : undefined;
  for (let at = 0; at < chunk.rowCount; at++) {
    const name = String(names?.[at] ?? '');
    const places = unreadable?.[at];
    const unread = typeof places === 'string' ? labelsAt(gapLabels, places) : [];
    if (places === String(gapLabels.length - 1)) {
      yield { name, cells: null, unread };
      continue;
    }
    const cells: Cell[] = [];
    for (let column = 0; column < columns.length; column++) {
      const { type = 'text', label = '' } = columns[column] ?? {};
      const text = texts[column]?.[at];
      const cell = typeof text === 'string' ? cellOf(text, type) : null;
      const isMarked = typeof cell === 'string' && cell.includes(unreadableMark);
      if (isMarked || (cell === null && typeof text === 'string')) unread.push(label);
      cells.push(isMarked ? cell.replaceAll(unreadableMark, '\ufffd') : cell);
    }
    yield { name, cells, unread };
  }
}

export function addUnread(
  gaps: GapCounter,
  { what }: RowsQuestion,
  { name, unread }: Pick<ReadRow, 'name' | 'unread'>,
): void {
  for (const label of unread) gaps.add(what, name, label);
}

/** One frame; the rows are JSON already. */
export function writeRows(file: number, rows: readonly string[], gaps: readonly Gap[]): void {
  const json = Buffer.from(`{"rows":[${rows.join(',')}],"gaps":${JSON.stringify(gaps)}}`);
  const length = Buffer.allocUnsafe(4);
  length.writeUInt32BE(json.length);
  writeWhole(file, length);
  writeWhole(file, json);
}

export function writeWhole(file: number, bytes: Uint8Array): void {
  for (let written = 0; written < bytes.length; ) written += writeSync(file, bytes, written);
}

const labelsAt = (labels: readonly string[], places: string): string[] =>
  places.split(',').map((place) => labels[Number(place)] ?? '');

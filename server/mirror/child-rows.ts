/** The child's side of a rows question: turns chunks into cells and spools them, in frames of one chunk each. */
import { writeSync } from 'node:fs';
import type { DuckDBConnection, DuckDBDataChunk } from '@duckdb/node-api';
import type { Gap } from '../domain/gap.ts';
import { cellOf } from './cell.ts';
import { type GapCounter, gapCounter } from './gap-counter.ts';
import type { Cell, RowBatch } from './mirror.ts';
import { RefusedQuery, type RowsQuestion } from './query-protocol.ts';
import { unreadableMark } from './scan-record.ts';

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
        addPlaces(gaps, what, labels, String(names[at]), String(text));
    }
  return gaps;
}

/** Streams the answers of `parts`, one after the other, into the file: never more than one chunk in memory. */
export async function spoolRows(
  connection: DuckDBConnection,
  question: RowsQuestion,
  parts: AsyncIterable<string>,
  gaps: GapCounter,
  file: number,
): Promise<void> {
  let rows = 0;
  for await (const sql of parts)
    for await (const chunk of chunksOf(connection, sql)) {
      rows += chunk.rowCount;
      if (question.cage !== null && rows > question.cage.mostRows)
        throw new RefusedQuery('limit', `${question.cage.mostRows} rows`);
      writeFrame(file, { rows: rowsOf(chunk, question, gaps), gaps: gaps.taken() });
    }
  const rest: Gap[] = [...gaps.taken(), ...gaps.rest()];
  if (rest.length > 0) writeFrame(file, { rows: [], gaps: rest });
}

async function* chunksOf(connection: DuckDBConnection, sql: string): AsyncIterable<DuckDBDataChunk> {
  const result = await connection.stream(sql);
  for (;;) {
    const chunk = await result.fetchChunk();
    if (chunk === null || chunk.rowCount === 0) return;
    yield chunk;
    // A chunk's memory is outside of V8's sight and goes with its handle: without this it piles up by hundreds of megabytes.
    globalThis.gc?.();
  }
}

function rowsOf(chunk: DuckDBDataChunk, question: RowsQuestion, gaps: GapCounter): Cell[][] {
  const { columns, gapLabels, what, isNamed } = question;
  const texts = Array.from({ length: chunk.columnCount }, (_, at) => chunk.getColumnValues(at));
  const names = isNamed ? texts[columns.length] : undefined;
  const unread = isNamed ? texts[columns.length + 1] : undefined;
  const rows: Cell[][] = [];
  for (let at = 0; at < chunk.rowCount; at++) {
    const rowName = String(names?.[at] ?? '');
    const places = unread?.[at];
    if (typeof places === 'string') {
      addPlaces(gaps, what, gapLabels, rowName, places);
      if (places === String(gapLabels.length - 1)) continue;
    }
    const row: Cell[] = [];
    for (let column = 0; column < columns.length; column++) {
      const { type = 'text', label = '' } = columns[column] ?? {};
      const text = texts[column]?.[at];
      const cell = typeof text === 'string' ? cellOf(text, type) : null;
      const isMarked = typeof cell === 'string' && cell.includes(unreadableMark);
      if (isMarked || (cell === null && typeof text === 'string')) gaps.add(what, rowName, label);
      row.push(isMarked ? cell.replaceAll(unreadableMark, '\ufffd') : cell);
    }
    rows.push(row);
  }
  return rows;
}

function addPlaces(
  gaps: GapCounter,
  what: string,
  labels: readonly string[],
  rowName: string,
  places: string,
): void {
  for (const place of places.split(',')) gaps.add(what, rowName, labels[Number(place)] ?? '');
}

function writeFrame(file: number, batch: RowBatch): void {
  const json = Buffer.from(JSON.stringify(batch));
  const frame = Buffer.allocUnsafe(4 + json.length);
  frame.writeUInt32BE(json.length);
  json.copy(frame, 4);
  for (let written = 0; written < frame.length; ) written += writeSync(file, frame, written);
}

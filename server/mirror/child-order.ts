/**
 * Puts rows in order within little memory, however many they are. DuckDB's own sort holds whole rows, and with texts in them it
 * ran out of its limit long before it would spill (1.5.5, 480,000 lines of 36 columns at 256 MiB). So DuckDB streams the rows
 * as they come, each with a text that sorts as its keys do; they are sorted here in runs, and the runs are merged.
 */
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { addUnread, chunksOf, rowsOf, writeRest, writeRows } from './child-rows.ts';
import { inOrder, mergedRuns, type PlacedRow, storedRun } from './child-runs.ts';
import type { GapCounter } from './gap-counter.ts';
import type { RowsQuestion } from './query-protocol.ts';

/** Characters of rows that are sorted at once. */
const runCharacters = 8_000_000;
const frameRows = 2048;

/** Streams the answer of a question into the file in its order; the runs lie in the folder while it works. */
export async function spoolInOrder(
  connection: DuckDBConnection,
  question: RowsQuestion,
  folder: string,
  gaps: GapCounter,
  file: number,
): Promise<void> {
  const runs: Array<Iterable<PlacedRow>> = [];
  let run: PlacedRow[] = [];
  let characters = 0;
  for await (const chunk of chunksOf(connection, placedSql(question))) {
    const places = chunk.getColumnValues(chunk.columnCount - 1);
    let at = 0;
    for (const { name, cells, unread } of rowsOf(chunk, question)) {
      const row = {
        place: String(places[at++]),
        cells: cells === null ? '' : JSON.stringify(cells),
        unread: unread.length === 0 ? '' : JSON.stringify({ name, unread }),
      };
      run.push(row);
      characters += row.place.length + row.cells.length + row.unread.length;
    }
    if (characters < runCharacters) continue;
    runs.push(storedRun(join(folder, `run-${runs.length}`), inOrder(run)));
    run = [];
    characters = 0;
  }
  let texts: string[] = [];
  for (const { cells, unread } of mergedRuns([...runs, inOrder(run)])) {
    if (unread !== '') addUnread(gaps, question, JSON.parse(unread));
    if (cells !== '') texts.push(cells);
    if (texts.length < frameRows) continue;
    writeRows(file, texts, gaps.taken());
    texts = [];
  }
  if (texts.length > 0) writeRows(file, texts, gaps.taken());
  writeRest(file, gaps);
}

/** The whole question as one query, for answers that must stay in memory. */
export const orderedInMemory = (question: RowsQuestion): string =>
  `select ${cellList(question)} from (${question.sql}) ${orderOf(question)}`;

/** The question without its order; the last column sorts, as plain text, as its keys do. */
function placedSql(question: RowsQuestion): string {
  const keys = keyList(question).map((key) => `${key}, 'asc nulls last'`);
  return `select ${cellList(question)}, hex(create_sort_key(${keys.join(', ')})) as place from (${question.sql})`;
}

const cellList = ({ columns, isNamed }: RowsQuestion): string =>
  Array.from({ length: columns.length + (isNamed ? 2 : 0) }, (_, at) => `c${at}`).join(', ');

const keyList = ({ keys }: RowsQuestion): string[] => Array.from({ length: keys }, (_, at) => `k${at}`);

const orderOf = (question: RowsQuestion): string =>
  question.keys === 0
    ? ''
    : `order by ${keyList(question)
        .map((key) => `${key} nulls last`)
        .join(', ')}`;

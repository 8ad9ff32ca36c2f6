/**
 * Puts rows in order within little memory. DuckDB's own sort holds whole rows, and with texts in them it ran out of its limit
 * long before it would spill (1.5.5, 480,000 lines of 36 columns at 256 MiB). So the rows go to a file as they come, only their
 * keys are sorted, and the file is read again for each part of the order.
 */
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { RowsQuestion } from './query-protocol.ts';
import { literal } from './sql-text.ts';

/** Rows sorted at once. */
const partRows = 20_000;

/** The queries that answer a question in order, each with the columns `c0`, … alone. The rows' file lies in the folder. */
export async function* orderedParts(
  connection: DuckDBConnection,
  question: RowsQuestion,
  folder: string,
): AsyncGenerator<string> {
  const path = join(folder, 'rows.parquet');
  await connection.run(
    `copy (${question.sql}) to ${literal(path)} (format parquet, compression lz4_raw, row_group_size 2048)`,
  );
  const source = `read_parquet(${literal(path)}, file_row_number = true)`;
  const cells = cellList(question);
  const rows = await countOf(connection, `select count(*) from ${source}`);
  if (rows <= partRows) {
    yield `select ${cells} from ${source} ${orderOf(question)}`;
    return;
  }
  await connection.run(
    `create temp table places as select file_row_number, row_number() over (${orderOf(question)}) - 1 as place from ${source}`,
  );
  for (let from = 0; from < rows; from += partRows)
    yield `select ${cells} from ${source}
      join (select * from places where place >= ${from} and place < ${from + partRows}) using (file_row_number) order by place`;
}

/** The whole question as one query, for answers that must stay in memory. */
export const orderedInMemory = (question: RowsQuestion): string =>
  `select ${cellList(question)} from (${question.sql}) ${orderOf(question)}`;

const cellList = ({ columns, isNamed }: RowsQuestion): string =>
  Array.from({ length: columns.length + (isNamed ? 2 : 0) }, (_, at) => `c${at}`).join(', ');

const orderOf = ({ keys }: RowsQuestion): string =>
  keys === 0 ? '' : `order by ${Array.from({ length: keys }, (_, at) => `k${at} nulls last`).join(', ')}`;

async function countOf(connection: DuckDBConnection, sql: string): Promise<number> {
  const result = await connection.runAndReadAll(sql);
  return Number(result.getRows()[0]?.[0] ?? 0);
}

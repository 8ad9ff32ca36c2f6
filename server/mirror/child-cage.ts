/** The cage for people's own SQL: tables are loaded first, then nothing outside them can be reached or changed. */
import { type DuckDBConnection, StatementType } from '@duckdb/node-api';
import { orderedInMemory } from './child-order.ts';
import { countGaps, spoolRows } from './child-rows.ts';
import { RefusedQuery, type RowsQuestion } from './query-protocol.ts';

/**
 * `setup` loads the tables. Then external access goes off with nothing allowed (no file, no spill) and the configuration is
 * locked; what DuckDB itself does not call one SELECT is refused. `question.sql` reads the view `saved`.
 */
export async function runCaged(
  connection: DuckDBConnection,
  question: RowsQuestion,
  file: number,
): Promise<void> {
  const saved = question.cage?.sql ?? '';
  const gaps = await within(async () => {
    for (const statement of question.setup) await connection.run(statement);
    return countGaps(connection, question);
  });
  await connection.run('set enable_external_access = false');
  await connection.run('set lock_configuration = true');
  try {
    await refuseUnlessSelect(connection, saved);
    await connection.run(`create temp view saved as ${saved}`);
    await spoolRows(connection, question, orderedInMemory(question), gaps, file);
  } catch (error) {
    throw refusalOf(error);
  }
}

/** Loading is ours to get right, but how much a query loads is the person's. */
async function within<T>(load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (error) {
    throw isOutOfMemory(error) ? refusalOf(error) : error;
  }
}

async function refuseUnlessSelect(connection: DuckDBConnection, sql: string): Promise<void> {
  const statements = await connection.extractStatements(sql);
  if (statements.count !== 1) throw new RefusedQuery('refused', 'it must be one SELECT.');
  const statement = await statements.prepare(0);
  if (statement.statementType !== StatementType.SELECT || statement.parameterCount > 0)
    throw new RefusedQuery('refused', 'it must be one SELECT without parameters.');
}

/** DuckDB's own words about a person's own query are theirs to read; they may quote that person's records. */
function refusalOf(error: unknown): unknown {
  if (error instanceof RefusedQuery || !(error instanceof Error)) return error;
  if (isOutOfMemory(error)) return new RefusedQuery('limit', 'the memory that a query may use');
  return new RefusedQuery('refused', error.message.slice(0, 500));
}

const isOutOfMemory = (error: unknown): boolean =>
  error instanceof Error && /^Out of Memory Error/i.test(error.message);

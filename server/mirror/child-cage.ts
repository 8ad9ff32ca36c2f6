/** The cage for people's own SQL: tables are loaded first, then nothing outside them can be reached or changed. */
import { closeSync, openSync } from 'node:fs';
import { type DuckDBConnection, StatementType } from '@duckdb/node-api';
import { spoolRows } from './child-rows.ts';
import { RefusedQuery, type RowsQuestion } from './query-protocol.ts';

/**
 * `setup` loads the tables. Then external access goes off with nothing allowed (no file, no spill) and the configuration is
 * locked; what DuckDB itself does not call one SELECT is refused. `question.sql` reads the view `saved`.
 */
export async function runCaged(connection: DuckDBConnection, question: RowsQuestion): Promise<void> {
  const saved = question.cage?.sql ?? '';
  for (const statement of question.setup) await connection.run(statement);
  await connection.run('set enable_external_access = false');
  await connection.run('set lock_configuration = true');
  await refuseUnlessSelect(connection, saved);
  const file = openSync(question.spool, 'wx', 0o600);
  try {
    await connection.run(`create temp view saved as ${saved}`);
    await spoolRows(connection, question, file);
  } catch (error) {
    throw refusalOf(error);
  } finally {
    closeSync(file);
  }
}

async function refuseUnlessSelect(connection: DuckDBConnection, sql: string): Promise<void> {
  let isSelect: boolean;
  try {
    const statements = await connection.extractStatements(sql);
    if (statements.count !== 1) throw new RefusedQuery('refused', 'it must be one SELECT.');
    const statement = await statements.prepare(0);
    isSelect = statement.statementType === StatementType.SELECT && statement.parameterCount === 0;
  } catch (error) {
    throw refusalOf(error);
  }
  if (!isSelect) throw new RefusedQuery('refused', 'it must be one SELECT without parameters.');
}

/** DuckDB's own words about a person's own query are theirs to read; they may quote that person's records. */
function refusalOf(error: unknown): unknown {
  if (error instanceof RefusedQuery || !(error instanceof Error)) return error;
  if (/^Out of Memory Error/i.test(error.message))
    return new RefusedQuery('limit', 'the memory that a query may use');
  return new RefusedQuery('refused', error.message.slice(0, 500));
}

/** Reads Parquet bytes with DuckDB, whose reader is not ours. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';

export interface ParquetReader {
  /** Rows of a query, in which `file` is the bytes as `read_parquet` takes them. */
  ask(bytes: Uint8Array, sql?: (file: string) => string): Promise<unknown[][]>;
  /** Gone when it is closed. */
  folder: string;
  close(): Promise<void>;
}

export async function parquetReader(): Promise<ParquetReader> {
  const folder = await mkdtemp(join(tmpdir(), 'parquet-'));
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  const connection = await instance.connect();
  let files = 0;
  return {
    folder,
    async ask(bytes, sql = (file) => `select * from read_parquet(${file})`) {
      files += 1;
      const path = join(folder, `${files}.parquet`);
      await writeFile(path, bytes);
      try {
        return (await connection.runAndReadAll(sql(`'${path}'`))).getRows();
      } finally {
        await rm(path);
      }
    },
    async close() {
      connection.closeSync();
      instance.closeSync();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Our Parquet files, read by DuckDB: every value as it was, the same bytes for the same columns, and damage always an error. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ParquetColumn } from '../../../server/mirror/parquet/column.ts';
import { parquetFile as inPieces } from '../../../server/mirror/parquet/parquet-file.ts';
import { type ParquetReader, parquetReader } from './read-back.ts';

const parquetFile = (columns: readonly ParquetColumn[]): Buffer => Buffer.concat(inPieces(columns));

let reader: ParquetReader;
beforeAll(async () => {
  reader = await parquetReader();
});
afterAll(() => reader.close());

type Row = [id: string, stamp: number, text: string, typed: string | null];

const columnsOf = (rows: readonly Row[], asBytes = false): ParquetColumn[] => {
  const said = (text: string) => (asBytes ? Buffer.from(text) : text);
  return [
    { name: 'id', kind: 'text', values: rows.map(([id]) => id), isAscending: true },
    { name: 'stamp', kind: 'number', values: rows.map(([, stamp]) => stamp) },
    { name: 'raw', kind: 'text', values: rows.map(([, , text]) => said(text)) },
    {
      name: 'typed',
      kind: 'text',
      values: rows.map(([, , , typed]) => (typed === null ? null : said(typed))),
      isOptional: true,
    },
  ];
};
const asRead = (rows: readonly Row[]): unknown[][] =>
  rows.map(([id, stamp, text, typed]) => [id, BigInt(stamp), text, typed]);
const byBytes = (a: Row, b: Row): number => Buffer.compare(Buffer.from(a[0]), Buffer.from(b[0]));
const someRows = (count: number): Row[] =>
  Array.from({ length: count }, (_, at) => [
    `id-${String(at).padStart(7, '0')}`,
    at * 1_000,
    `{"N":${at},"text":"${'é'.repeat(at % 50)}"}`,
    at % 7 === 3 ? null : `{"N":"${at}"}`,
  ]);

const row = fc.tuple(
  fc.string({ unit: 'grapheme', minLength: 1 }),
  fc.maxSafeInteger(),
  fc.string({ unit: 'binary' }),
  fc.option(fc.string({ unit: 'grapheme' })),
);
const rowsInOrder = fc.array(row, { maxLength: 40 }).map((rows) => rows.toSorted(byBytes));

describe('parquetFile', () => {
  it('reads back in DuckDB as the very values, given as strings or as bytes', async () => {
    await fc.assert(
      fc.asyncProperty(rowsInOrder, fc.boolean(), async (rows, asBytes) => {
        expect(await reader.ask(parquetFile(columnsOf(rows, asBytes)))).toEqual(asRead(rows));
      }),
      { numRuns: 150 },
    );
  });

  it.each([0, 1, 2_047, 2_048, 2_049, 28_673, 33_000])('keeps %i rows in their order', async (count) => {
    const rows = someRows(count);
    const bytes = parquetFile(columnsOf(rows));
    expect(await reader.ask(bytes)).toEqual(asRead(rows));
    const groups = await reader.ask(
      bytes,
      (file) => `select num_rows, num_row_groups from parquet_file_metadata(${file})`,
    );
    expect(groups).toEqual([[BigInt(count), BigInt(Math.ceil(count / 2_048))]]);
  });

  it('has the types of a segment: whole numbers, and text that only `typed` may lack', async () => {
    const bytes = parquetFile(columnsOf(someRows(3)));
    const types = await reader.ask(
      bytes,
      (file) =>
        `select name, type, repetition_type, converted_type, logical_type from parquet_schema(${file}) offset 1`,
    );
    expect(types).toEqual([
      ['id', 'BYTE_ARRAY', 'REQUIRED', 'UTF8', 'StringType()'],
      ['stamp', 'INT64', 'REQUIRED', null, null],
      ['raw', 'BYTE_ARRAY', 'REQUIRED', 'UTF8', 'StringType()'],
      ['typed', 'BYTE_ARRAY', 'OPTIONAL', 'UTF8', 'StringType()'],
    ]);
  });

  it('keeps texts of a megabyte and more, each in a page and few in a group', async () => {
    const long = 'äöü😀"\\\u0000'.repeat(150_000);
    const rows: Row[] = Array.from({ length: 12 }, (_, at) => [
      `${at + 10}`,
      at,
      long + at,
      at % 2 === 0 ? long : null,
    ]);
    const bytes = parquetFile(columnsOf(rows, true));
    expect(await reader.ask(bytes)).toEqual(asRead(rows));
    const [[groups, most] = []] = await reader.ask(
      bytes,
      (file) => `select max(row_group_id) + 1, max(total_uncompressed_size) from parquet_metadata(${file})`,
    );
    expect(groups).toBeGreaterThan(1n);
    expect(most).toBeLessThan(20_000_000n);
  });

  it('keeps columns of nulls alone, none, and every other', async () => {
    for (const isNull of [
      () => true,
      () => false,
      (at: number) => at % 2 === 0,
      (at: number) => at < 3_000,
    ]) {
      const rows = someRows(5_000).map(
        ([id, stamp, text], at): Row => [id, stamp, text, isNull(at) ? null : `t${at}`],
      );
      expect(await reader.ask(parquetFile(columnsOf(rows)))).toEqual(asRead(rows));
    }
  });

  it('makes characters that no text can hold what UTF-8 makes of them', async () => {
    const rows: Row[] = [['a\ud800', 0, 'x\udc00y', '\ud83d']];
    expect(await reader.ask(parquetFile(columnsOf(rows)))).toEqual([['a\ufffd', 0n, 'x\ufffdy', '\ufffd']]);
  });

  it('tells the bounds of each group, by which a reader finds an id without reading the others', async () => {
    const rows = someRows(5_000);
    const bytes = parquetFile(columnsOf(rows));
    const bounds = await reader.ask(
      bytes,
      (file) =>
        `select stats_min_value, stats_max_value, stats_null_count from parquet_metadata(${file}) where path_in_schema in ('id', 'stamp') order by row_group_id, column_id`,
    );
    const ends = [0, 2_047, 2_048, 4_095, 4_096, 4_999].map((at) => rows[at]);
    expect(bounds).toEqual(
      [0, 2, 4].flatMap((at) => {
        const [[firstId, first] = [], [lastId, last] = []] = [ends[at], ends[at + 1]];
        return [
          [firstId, lastId, 0n],
          [String(first), String(last), 0n],
        ];
      }),
    );
    for (const id of ['id-0000000', 'id-0002048', 'id-0004999', 'id-none'])
      expect(
        await reader.ask(bytes, (file) => `select id from read_parquet(${file}) where id = '${id}'`),
      ).toEqual(id === 'id-none' ? [] : [[id]]);
    for (const least of [-1, 2_047_000, 4_999_000])
      expect(
        await reader.ask(
          bytes,
          (file) => `select count(*) from read_parquet(${file}) where stamp > ${least}`,
        ),
      ).toEqual([[BigInt(rows.filter(([, stamp]) => stamp > least).length)]]);
  });

  it('finds every id by its bounds, whatever characters it is made of', async () => {
    await fc.assert(
      fc.asyncProperty(rowsInOrder, async (rows) => {
        const bytes = parquetFile(columnsOf(rows));
        for (const [id] of rows.slice(0, 5)) {
          const found = await reader.ask(
            bytes,
            (file) => `select count(*) from read_parquet(${file}) where id = '${id.replaceAll("'", "''")}'`,
          );
          expect(found).toEqual([[BigInt(rows.filter(([other]) => other === id).length)]]);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('is the same bytes for the same columns', async () => {
    const rows = someRows(3_000);
    const files = [false, true, false].map((asBytes) => parquetFile(columnsOf(rows, asBytes)));
    for (const file of files) expect(file.equals(files[0] ?? Buffer.alloc(0))).toBe(true);
  });

  it('is an error for its reader when it is cut short, anywhere', async () => {
    const bytes = parquetFile(columnsOf(someRows(2_500)));
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), async (length) => {
        await expect(reader.ask(bytes.subarray(0, length))).rejects.toThrow();
      }),
      { numRuns: 100 },
    );
  });

  it('is an error for its reader, or the whole truth, when a bit of a page has changed', async () => {
    const rows = someRows(2_500);
    const bytes = parquetFile(columnsOf(rows));
    const [[end = 0n] = []] = await reader.ask(
      bytes,
      (file) => `select max(data_page_offset + total_compressed_size) from parquet_metadata(${file})`,
    );
    // Evenly: fast-check prefers the first bytes, which are a header, and not all of a header matters.
    const anywhere = fc.noBias(fc.integer({ min: 4, max: Number(end) - 1 }));
    let errors = 0;
    await fc.assert(
      fc.asyncProperty(anywhere, fc.nat(7), async (at, bit) => {
        const changed = Buffer.from(bytes);
        changed[at] = (changed[at] ?? 0) ^ (1 << bit);
        const read = await reader.ask(changed).catch(() => undefined);
        if (read === undefined) errors += 1;
        else expect(read).toEqual(asRead(rows));
      }),
      { numRuns: 150 },
    );
    expect(errors).toBeGreaterThan(120);
  });

  it('lies beside a file of DuckDB itself and reads as one with it', async () => {
    const rows = someRows(3_000);
    const theirs = `${reader.folder}/theirs.parquet`;
    await reader.ask(
      parquetFile(columnsOf(rows.slice(0, 1_000))),
      (file) => `copy (select * from read_parquet(${file})) to '${theirs}' (format parquet)`,
    );
    for (const order of [(file: string) => `'${theirs}', ${file}`, (file: string) => `${file}, '${theirs}'`])
      expect(
        await reader.ask(
          parquetFile(columnsOf(rows.slice(1_000))),
          (file) => `select * from read_parquet([${order(file)}]) order by id`,
        ),
      ).toEqual(asRead(rows));
  });
});

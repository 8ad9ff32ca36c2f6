/** The cage: a person's own SQL reads the tables of its resources and nothing else in the world. */
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ColumnType } from '../../server/resources/resource.ts';
import { collect, cutOf, mirrorIn, mirrorWorlds, put } from './world.ts';

const worlds = mirrorWorlds();

async function open() {
  const mirror = await mirrorIn(worlds.ports());
  await put(
    mirror,
    'invoices',
    cutOf(
      'invoices',
      '{"InvoiceID":"1","Total":0.1,"LineItems":[{"LineAmount":"z"}]}',
      '{"InvoiceID":"2","Total":0.2}',
    ),
  );
  return (sql: string, types: Record<string, ColumnType> = { n: 'text' }) =>
    collect(mirror, {
      source: { kind: 'saved-sql', sql, resources: ['invoices'] },
      columns: Object.entries(types).map(([key, type]) => ({
        key,
        label: key,
        type,
        path: '',
        isDefault: true,
      })),
      filters: [],
      orderBy: [],
    });
}

describe('the cage', () => {
  it('answers one SELECT over typed tables, exactly', async () => {
    const ask = await open();
    expect((await ask('select sum(total) as n from invoices;', { n: 'money' })).rows).toEqual([['0.3']]);
    expect((await ask('from invoices select id as n -- all of them')).rows).toEqual([['1'], ['2']]);
    expect(await ask('select max(line_amount) as n from invoices_lines', { n: 'money' })).toEqual({
      rows: [[null]],
      gaps: [{ what: 'invoices 1 line 1: Line amount', reason: 'unreadable-value', count: 1 }],
    });
  });

  it.each([
    'select 1 as n; select 2 as n',
    'create table t as select 1 as n',
    "copy (select 1) to 'x.csv'",
    'set threads = 1',
    'set enable_external_access = true',
    "attach 'x.db'",
    'pragma version',
    'explain select 1',
    'delete from invoices',
    'drop table invoices',
    'select ? as n',
    'select n from nothing',
    'select',
    '',
    "install 'httpfs'",
    "load 'httpfs'",
    'call pragma_version()',
    'select 1 as other',
  ])('refuses %s', async (sql) => {
    const ask = await open();
    await expect(ask(sql)).rejects.toMatchObject({ code: 'QUERY_REFUSED' });
  });

  it('reads and writes no file', async () => {
    const folder = worlds.newFolder();
    const secret = join(folder, 'secret.csv');
    writeFileSync(secret, 'a\n1\n');
    const ask = await open();
    for (const read of [
      `read_csv('${secret}')`,
      `read_text('${secret}')`,
      `'${secret}'`,
      `glob('${folder}/*')`,
      `parquet_metadata('${secret}')`,
    ])
      await expect(ask(`select count(*) as n from ${read}`)).rejects.toMatchObject({ code: 'QUERY_REFUSED' });
    await expect(ask('select raw as n from "live invoices"')).rejects.toMatchObject({
      code: 'QUERY_REFUSED',
    });
    await expect(ask(`select 1 as n) to '${folder}/x' --`)).rejects.toMatchObject({ code: 'QUERY_REFUSED' });
    expect(existsSync(join(folder, 'x'))).toBe(false);
  });

  it('ends a query that makes too many rows or needs too much memory, and answers the next', async () => {
    const ask = await open();
    await expect(ask('select range as n from range(1000001)')).rejects.toMatchObject({
      code: 'QUERY_LIMIT',
      details: { limit: '1000000 rows' },
    });
    await expect(
      ask("select string_agg(repeat('x', 1000), '') as n from range(10000000)"),
    ).rejects.toMatchObject({ code: 'QUERY_LIMIT' });
    expect((await ask('select 1 as n')).rows).toEqual([['1']]);
  });
});

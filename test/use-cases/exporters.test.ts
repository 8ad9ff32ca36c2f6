/** Exporters as people make, list, change and delete them. */
import { beforeEach, describe, expect, test } from 'vitest';
import type { Actor } from '../../server/domain/team.ts';
import { type SqliteStore, sqliteStore } from '../../server/embedded/sqlite-store.ts';
import { UserError } from '../../server/errors.ts';
import { checkChoice } from '../../server/use-cases/exporter-choice.ts';
import {
  deleteExporter,
  editExporter,
  getExporter,
  listExporters,
} from '../../server/use-cases/exporters.ts';
import { cursorText, readCursor } from '../../server/use-cases/page-cursor.ts';
import { pauseExporter, resumeExporter } from '../../server/use-cases/pause-exporter.ts';
import { runDocument } from '../support/documents.ts';
import { exporterDocument } from '../support/exporter-document.ts';
import { virtualClock } from '../support/virtual-clock.ts';

const actor: Actor = { userId: 'ann', teamId: 'team', role: 'editor' };
let ports: { store: SqliteStore; clock: ReturnType<typeof virtualClock> };
beforeEach(() => {
  ports = { store: sqliteStore(':memory:'), clock: virtualClock() };
});

const problemOf = (act: () => unknown): unknown => {
  try {
    act();
  } catch (error) {
    if (error instanceof UserError) return { code: error.code, ...error.details };
    throw error;
  }
  return undefined;
};

describe('a list', () => {
  beforeEach(async () => {
    for (const number of [1, 2, 3, 4, 5])
      await ports.store.create('exporters', `e${number}`, {
        ...exporterDocument(),
        // The third and fourth were made in the same moment.
        createdAt: Math.min(number, 3) + (number === 5 ? 1 : 0),
        destination: { ...exporterDocument().destination, spreadsheetId: number % 2 === 0 ? 'even' : 'odd' },
        status: number === 2 ? 'deleted' : 'active',
      });
  });

  test('is walked page by page, oldest first, each exporter once, deleted ones never', async () => {
    const seen: string[] = [];
    let after: string | undefined;
    for (let pages = 0; pages < 10; pages += 1) {
      const page = await listExporters(ports, actor, { limit: 2, after });
      seen.push(...page.exporters.map(({ id }) => id));
      if (page.next === null) break;
      after = page.next;
    }
    expect(seen).toEqual(['e1', 'e3', 'e4', 'e5']);
  });

  test('of one spreadsheet is whole over its pages, even where a page is empty', async () => {
    const seen: string[] = [];
    let after: string | undefined;
    for (let pages = 0; pages < 10; pages += 1) {
      const page = await listExporters(ports, actor, { spreadsheetId: 'even', limit: 1, after });
      seen.push(...page.exporters.map(({ id }) => id));
      if (page.next === null) break;
      after = page.next;
    }
    expect(seen).toEqual(['e4']);
  });
});

describe('an edit', () => {
  const connection = (status: 'active' | 'needs-reconnect') =>
    ports.store.transaction(async (tx) =>
      tx.set('connections', exporterDocument().connectionId, {
        v: 1,
        teamId: 'team',
        grantId: 'grant',
        organisationId: 'organisation',
        name: 'Demo',
        timeZone: '',
        status,
      } as never),
    );
  beforeEach(() => ports.store.create('exporters', 'e1', exporterDocument()));

  test('changes what is given and leaves the rest', async () => {
    const before = await getExporter(ports, actor, 'e1');
    const after = await editExporter(ports, actor, 'e1', { name: 'New', columns: ['number', 'total'] });
    expect(after).toEqual({ ...before, name: 'New', columns: ['number', 'total'] });
    expect(await getExporter(ports, actor, 'e1')).toEqual(after);
  });

  test('with one wrong part changes nothing', async () => {
    const before = await getExporter(ports, actor, 'e1');
    const edit = editExporter(ports, actor, 'e1', { name: 'New', columns: ['nonsense'] });
    await expect(edit).rejects.toMatchObject({ code: 'INVALID_INPUT', details: { field: 'columns' } });
    expect(await getExporter(ports, actor, 'e1')).toEqual(before);
  });

  test('takes an exporter up again only while its connection is well', async () => {
    await connection('needs-reconnect');
    const wish = () => resumeExporter(ports, actor, 'e1');
    await pauseExporter(ports, actor, 'e1');
    await expect(wish()).rejects.toMatchObject({ code: 'NEEDS_RECONNECT' });
    await connection('active');
    expect((await wish()).status).toBe('active');
  });
});

test('a deleted exporter is gone for everything, and its run is called off', async () => {
  await ports.store.create('exporters', 'e1', exporterDocument({ activeRunId: 'r1' }));
  await ports.store.create('runs', 'r1', runDocument({ exporterId: 'e1' }));
  await deleteExporter(ports, actor, 'e1');
  expect((await ports.store.get('runs', 'r1'))?.data.status).toBe('cancelled');
  for (const act of [
    () => getExporter(ports, actor, 'e1'),
    () => editExporter(ports, actor, 'e1', { name: 'x' }),
    () => deleteExporter(ports, actor, 'e1'),
  ])
    await expect(act()).rejects.toMatchObject({ code: 'NOT_FOUND', details: { what: 'exporter' } });
});

describe('a choice', () => {
  const choose = (over: Partial<Parameters<typeof checkChoice>[0]> = {}) =>
    checkChoice({ dataset: 'invoices', params: {}, columns: null, filters: [], ...over });
  const filter = (column: string, op: 'is' | 'one-of' | 'contains' | 'from', ...values: string[]) => ({
    filters: [{ column, op, values }],
  });

  test('takes the default columns in their order', () => {
    const { columns } = choose();
    expect(columns.length).toBeGreaterThan(3);
    expect(columns.every(({ isDefault }) => isDefault)).toBe(true);
  });

  test.each([
    [{ dataset: 'nonsense' }, 'dataset'],
    [{ dataset: '__proto__' }, 'dataset'],
    [{ columns: [] }, 'columns'],
    [{ columns: ['number', 'number'] }, 'columns'],
    [{ columns: ['constructor'] }, 'columns'],
    [{ params: { month: '1' } }, 'params.month'],
    [filter('nonsense', 'is', 'x'), 'filters.0.column'],
    [filter('number', 'is', 'x', 'y'), 'filters.0.values'],
    [filter('total', 'contains', '1'), 'filters.0.op'],
    [filter('total', 'from', '1e3'), 'filters.0.values.0'],
    [filter('total', 'from', ''), 'filters.0.values.0'],
    [filter('date', 'from', '2026-02-30'), 'filters.0.values.0'],
    [filter('date', 'one-of', '2026-02-28', '28/2/2026'), 'filters.0.values.1'],
    [{ dataset: 'trial-balance', ...filter('account', 'is', 'x') }, 'filters.0.column'],
  ])('%j is refused', (over, field) => {
    expect(problemOf(() => choose(over))).toMatchObject({ code: 'INVALID_INPUT', field });
  });

  test.each([
    filter('total', 'from', '-1234.50'),
    filter('date', 'from', '2024-02-29'),
    filter('number', 'contains', "O'Neill %_"),
    filter('number', 'one-of', 'a', 'b'),
  ])('%j is taken', (over) => {
    expect(choose(over).filters).toEqual(over.filters);
  });
});

test('a page’s cursor comes back as it went, and no other text does', () => {
  const cursor = { id: 'e1', value: 1.5 };
  expect(readCursor(cursorText(cursor))).toEqual(cursor);
  expect(readCursor(undefined)).toBeUndefined();
  for (const text of ['', 'x', cursorText(cursor).slice(1), Buffer.from('["a",null]').toString('base64url')])
    expect(problemOf(() => readCursor(text))).toMatchObject({ code: 'INVALID_INPUT', field: 'after' });
});

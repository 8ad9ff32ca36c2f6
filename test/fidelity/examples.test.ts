import { describe, expect, it } from 'vitest';
import type { Dataset } from '../../server/datasets/dataset.ts';
import { catalogue, needsOf } from '../../server/datasets/index.ts';
import { rowsOf } from '../../server/datasets/rows-of.ts';
import type { Cell, RowsRequest } from '../../server/mirror/mirror.ts';
import { reports, resources } from '../../server/resources/index.ts';
import type { Resource } from '../../server/resources/resource.ts';
import { routeOf } from '../../server/sandbox/xero/accounting/route.ts';
import type { Company } from '../../server/sandbox/xero/company/company.ts';
import { realWorlds } from '../engine/steps/pull/real-world.ts';
import { isOpenApiHere, type Operation, openApi } from './openapi.ts';

/**
 * What examples of the published file have that no answer can: such a value is a named gap, and nothing else of the record is lost.
 * By operation, then the columns that are gaps, each with its reason.
 */
const DEVIATIONS: Record<string, { columns: string[]; reason: string }> = {};

interface Example {
  operation: Operation;
  resource: Resource;
  records: Record<string, unknown>[];
}

/** Of lists and of looks by id alike; a record that an example holds twice is served once. */
const examples: Example[] = (isOpenApiHere ? openApi('xero_accounting.yaml').operations : []).flatMap(
  (operation) => {
    const resource = resources.find(({ path }) =>
      new RegExp(`^/${path}(/\\{\\w+\\})?$`).test(operation.path),
    );
    const held = (operation.example as Record<string, unknown> | undefined)?.[resource?.envelope ?? ''];
    if (resource === undefined || routeOf(resource.path) === null || !Array.isArray(held)) return [];
    const byId = new Map((held as Record<string, unknown>[]).map((each) => [each[resource.idField], each]));
    return [{ operation, resource, records: [...byId.values()] }];
  },
);

const realWorld = realWorlds();

interface ReportExample {
  operation: Operation;
  dataset: Dataset;
}

const reportExamples: ReportExample[] = (isOpenApiHere ? openApi('xero_accounting.yaml').operations : [])
  .filter(({ example }) => example !== undefined)
  .flatMap((operation) => {
    const report = reports.find(({ path }) => `/${path}` === operation.path);
    const dataset = catalogue.find(
      ({ source }) => source.kind === 'report' && source.report === report?.name,
    );
    return dataset === undefined ? [] : [{ operation, dataset }];
  });

describe.skipIf(!isOpenApiHere)('every example of the published file', () => {
  it('is there for each resource that the sandbox serves', () => {
    const shown = new Set(examples.map(({ resource }) => resource.name));
    const served = resources.filter(({ path }) => routeOf(path) !== null);
    expect(served.filter(({ name }) => !shown.has(name)).map(({ name }) => name)).toEqual([]);
  });

  it.each(examples.map((example) => [example.operation.operationId, example] as const))(
    '%s is served, pulled and read back',
    async (operationId, { resource, records }) => {
      const world = await realWorld();
      const texts = new Map(records.map((record) => [String(record[resource.idField]), wireText(record)]));
      const company = world.sandbox.companies[0] as Company;
      if (!serveRows(company, resource, [...texts.values()]))
        serveAnswer(world, resource, [...texts.values()]);

      const { gaps } = await world.pull({ resources: [resource.name], reports: [] });
      expect(gaps).toEqual([]);
      for (const [id, text] of texts) expect(await world.mirror.record(resource.name, id)).toBe(text);

      const missed = new Set<string>();
      let rows = 0;
      const sources: Pick<RowsRequest, 'source' | 'columns'>[] = [
        { source: { kind: 'records', resource: resource.name }, columns: resource.columns },
        ...resource.lines.map(({ name, columns }) => ({
          source: { kind: 'lines' as const, resource: resource.name, lines: name },
          columns,
        })),
      ];
      for (const { source, columns } of sources) {
        const filled = new Set<string>();
        for await (const batch of world.mirror.rows({ source, columns, filters: [], orderBy: [] })) {
          for (const row of batch.rows) noteFilled(filled, columns, row);
          if (source.kind === 'records') rows += batch.rows.length;
          for (const { what } of batch.gaps) missed.add(what);
        }
        if (source.kind === 'records') expect(filled.size).toBeGreaterThan(1);
      }
      expect(rows).toBe(records.length);
      expect([...missed].sort()).toEqual(DEVIATIONS[operationId]?.columns ?? []);
    },
  );

  it('would show a value that its column cannot take', async () => {
    expect.hasAssertions();
    const world = await realWorld();
    const contacts = resources.find(({ name }) => name === 'contacts') as Resource;
    const text = '{"ContactID":"c1","Name":"Ann","UpdatedDateUTC":"yesterday"}';
    serveRows(world.sandbox.companies[0] as Company, contacts, [text]);
    await world.pull({ resources: ['contacts'], reports: [] });
    const source = { kind: 'records', resource: 'contacts' } as const;
    const batches = world.mirror.rows({ source, columns: contacts.columns, filters: [], orderBy: [] });
    for await (const { gaps } of batches) expect(gaps.map(({ what }) => what).join()).toContain('Updated');
  });

  it('that deviates is there still', () => {
    const known = new Set(examples.map(({ operation }) => operation.operationId));
    expect(Object.keys(DEVIATIONS).filter((id) => !known.has(id))).toEqual([]);
  });
});

describe.skipIf(!isOpenApiHere)('every example of a report of the published file', () => {
  it.each(reportExamples.map((example) => [example.operation.operationId, example] as const))(
    '%s is served, pulled and becomes rows',
    async (_, { operation, dataset }) => {
      const world = await realWorld();
      world.sandbox.control.fault({
        kind: 'respond',
        status: 200,
        count: 50,
        match: { path: operation.path },
        headers: { 'content-type': 'application/json; charset=utf-8' },
        body: wireText(operation.example),
      });
      const { gaps } = await world.pull(needsOf(dataset, {}));
      expect(gaps).toEqual([]);
      const { columns, batches } = await rowsOf(world.mirror, dataset, {
        params: {},
        columns: null,
        filters: [],
        at: world.clock.now(),
      });
      let rows = 0;
      const missed: string[] = [];
      for await (const batch of batches) {
        rows += batch.rows.length;
        for (const { what } of batch.gaps) missed.push(what);
      }
      expect(columns.length).toBeGreaterThan(1);
      expect(rows).toBeGreaterThan(2);
      expect(missed).toEqual([]);
    },
  );
});

/** As Xero writes it: slashes escaped. */
const wireText = (record: unknown): string => JSON.stringify(record).replaceAll('/', '\\/');

function noteFilled(filled: Set<string>, columns: readonly { key: string }[], row: Cell[]): void {
  for (const [at, { key }] of columns.entries()) if (row[at] !== null && row[at] !== '') filled.add(key);
}

interface RawRows extends Iterable<{ isHidden?: true | undefined; raw?: string | undefined }> {
  readonly length: number;
}

/** In place of the first records of that kind; the others are hidden. False where the kind has no rows. */
function serveRows(company: Company, { envelope }: Resource, texts: string[]): boolean {
  const kind = `${envelope[0]?.toLowerCase()}${envelope.slice(1)}`;
  const table = (company as unknown as Record<string, RawRows | undefined>)[kind];
  if (table === undefined || !('mark' in table)) return false;
  const waiting = [...texts];
  for (const row of table) {
    if (row.isHidden) continue;
    const text = waiting.shift();
    if (text === undefined) row.isHidden = true;
    else row.raw = text;
  }
  expect(waiting).toEqual([]);
  return true;
}

type World = Awaited<ReturnType<typeof realWorld>>;

/** Lists that the sandbox makes from settings and not from rows. */
function serveAnswer({ sandbox }: World, { path, envelope }: Resource, texts: string[]): void {
  sandbox.control.fault({
    kind: 'respond',
    status: 200,
    count: 20,
    match: { path: `/${path}` },
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: `{"Id":"1","Status":"OK","DateTimeUTC":"\\/Date(${Date.UTC(2026, 10, 20)})\\/","${envelope}":[${texts.join(',')}]}`,
  });
}

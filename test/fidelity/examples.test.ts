import { describe, expect, it } from 'vitest';
import type { Dataset } from '../../server/datasets/dataset.ts';
import { catalogue, needsOf } from '../../server/datasets/index.ts';
import { rowsOf } from '../../server/datasets/rows-of.ts';
import type { RowsRequest } from '../../server/mirror/mirror.ts';
import { resources } from '../../server/resources/index.ts';
import type { Report } from '../../server/resources/report.ts';
import type { Resource } from '../../server/resources/resource.ts';
import { routeOf } from '../../server/sandbox/xero/accounting/route.ts';
import { realWorlds } from '../engine/steps/pull/real-world.ts';
import { examples, reportExamples, rounds, serveInstead, wireText } from './examples.ts';
import { isOpenApiHere } from './openapi.ts';

const realWorld = realWorlds();
type World = Awaited<ReturnType<typeof realWorld>>;

/** A world that serves these records and nothing else of their resources, and has pulled them. */
async function pulled(served: ReadonlyMap<Resource, ReadonlyMap<string, string>>): Promise<World> {
  const world = await realWorld();
  for (const [resource, texts] of served) serveInstead(world.sandbox, resource, [...texts.values()]);
  const { gaps } = await world.pull({ resources: [...served.keys()].map(({ name }) => name), reports: [] });
  expect(gaps).toEqual([]);
  return world;
}

const all = rounds();
const worlds = new Map<number, Promise<World>>();
const worldOf = (round: number): Promise<World> => {
  const world = worlds.get(round) ?? pulled(all[round] ?? new Map());
  worlds.set(round, world);
  return world;
};

describe.skipIf(!isOpenApiHere)('every example of the published file', () => {
  it('is there for each resource that the sandbox serves', () => {
    const shown = new Set(examples.map(({ resource }) => resource.name));
    const served = resources.filter(({ path }) => routeOf(path) !== null);
    expect(served.filter(({ name }) => !shown.has(name)).map(({ name }) => name)).toEqual([]);
  });

  it.each(examples.map((example) => [example.operation.operationId, example] as const))(
    '%s is served, pulled and kept byte for byte',
    async (_, { resource, records }) => {
      expect(records.size).toBeGreaterThan(0);
      for (const [id, text] of records) {
        const round = all.findIndex((each) => each.get(resource)?.get(id) === text);
        const world = await worldOf(round);
        expect(await world.mirror.record(resource.name, id)).toBe(text);
      }
    },
  );

  // No value of these examples needs an exception: what the file's own schema says against them is in example-faults.test.ts.
  it.each(resources.map((resource) => [resource.name, resource] as const))(
    '%s reads back with every value in its column',
    async (_, resource) => {
      for (const [round, served] of all.entries()) {
        const texts = served.get(resource);
        if (texts === undefined) continue;
        const { rows, filled, missed } = await readBack(await worldOf(round), resource);
        expect(rows).toBe(texts.size);
        expect(filled).toBeGreaterThan(1);
        expect(missed).toEqual([]);
      }
    },
  );

  it('would show a value that its column cannot take', async () => {
    const contacts = resources.find(({ name }) => name === 'contacts') as Resource;
    const text = '{"ContactID":"c1","Name":"Ann","UpdatedDateUTC":"yesterday"}';
    const world = await pulled(new Map([[contacts, new Map([['c1', text]])]]));
    expect((await readBack(world, contacts)).missed.join()).toContain('Updated');
  });
});

/** Records and all their lists of lines, in all columns. */
async function readBack({ mirror }: World, resource: Resource) {
  const filled = new Set<string>();
  const missed: string[] = [];
  let rows = 0;
  const sources: Pick<RowsRequest, 'source' | 'columns'>[] = [
    { source: { kind: 'records', resource: resource.name }, columns: resource.columns },
    ...resource.lines.map(({ name, columns }) => ({
      source: { kind: 'lines' as const, resource: resource.name, lines: name },
      columns,
    })),
  ];
  for (const { source, columns } of sources) {
    for await (const batch of mirror.rows({ source, columns, filters: [], orderBy: [] })) {
      if (source.kind === 'records') rows += batch.rows.length;
      for (const row of batch.rows)
        for (const [at, { key }] of columns.entries())
          if (row[at] !== null && row[at] !== '') filled.add(`${source.kind} ${key}`);
      for (const { what } of batch.gaps) missed.push(what);
    }
  }
  return { rows, filled: filled.size, missed };
}

/** Reports whose example answers other parameters than ours, with what the dataset says of it: it is refused, not misread. */
const OTHER_SHAPES: Record<string, RegExp> = {
  // The example compares three years; ours asks for months and counts the columns.
  getReportBalanceSheet: /columns were asked for/,
};

/** One world in which every report is answered by its example. */
let reported: Promise<World> | undefined;
async function withReports(): Promise<World> {
  const world = await realWorld();
  for (const { operation } of reportExamples)
    world.sandbox.control.fault({
      kind: 'respond',
      status: 200,
      count: 100,
      match: { path: operation.path },
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: wireText(operation.example),
    });
  const needs = reportExamples.map(({ report }) => needsOf(datasetOf(report), {}));
  const { gaps } = await world.pull({
    resources: [...new Set(needs.flatMap(({ resources: names }) => names))],
    reports: [...new Set(needs.flatMap(({ reports }) => reports))],
  });
  expect(gaps).toEqual([]);
  return world;
}

function datasetOf(report: Report): Dataset {
  const found = catalogue.find(({ source }) => source.kind === 'report' && source.report === report.name);
  if (!found) throw new Error(`no dataset shows ${report.name}`);
  return found;
}

describe.skipIf(!isOpenApiHere)('every example of a report of the published file', () => {
  it.each(reportExamples.map((example) => [example.operation.operationId, example] as const))(
    '%s is served, pulled and becomes rows',
    async (operationId, { report }) => {
      reported ??= withReports();
      const world = await reported;
      const wanted = { params: {}, columns: null, filters: [], at: world.clock.now() };
      const read = () => rowsOf(world.mirror, datasetOf(report), wanted);
      const otherShape = OTHER_SHAPES[operationId];
      if (otherShape) {
        await expect(read()).rejects.toThrow(otherShape);
        return;
      }
      const { columns, batches } = await read();
      let rows = 0;
      for await (const batch of batches) {
        rows += batch.rows.length;
        expect(batch.gaps).toEqual([]);
      }
      expect(columns.length).toBeGreaterThan(1);
      expect(rows).toBeGreaterThan(1);
    },
  );
});

/**
 * P1 to P3: calls of a full pull and of a daily one beside the fewest possible, and its time beside the shortest that Xero's limits
 * allow; with the paging rules of the peers as reference rows, run against the same sandbox.
 */
import { catalogue, needsOf } from '../../server/datasets/index.ts';
import { resourceNamed } from '../../server/resources/index.ts';
import { type Bench, type Measure, rounded } from './bench.ts';
import {
  fewestCalls,
  fewestIncrementalCalls,
  type ListSize,
  latenciesOf,
  type PagingRule,
  shortestMs,
} from './call-oracle.ts';
import { type PullMeasure, type VirtualOrganisation, virtualOrganisation } from './virtual-organisation.ts';

const latency = { baseMs: 350, perRowMs: 3.5 };
const hourMs = 3_600_000;
const dayMs = 23 * hourMs;

const everyNeed = () => {
  const needs = catalogue.map((dataset) => needsOf(dataset, {}));
  return {
    resources: [...new Set(needs.flatMap(({ resources }) => resources))],
    reports: [...new Set(needs.flatMap(({ reports }) => reports))],
  };
};

/** A full pull, and what is asked of the same organisation after it. */
async function pulled(size: 'medium' | 'large', factor: number, then?: Then): Promise<Full> {
  const needs = everyNeed();
  const world = await virtualOrganisation({ size, seed: 1, latency: { ...latency, factor } });
  try {
    await world.beforeWindow();
    const measure = ended(await world.pull(needs));
    const sizes = await world.sizes(needs.resources);
    const reports = new Array(measure.reportCalls).fill(latency.baseMs * factor);
    const limit = shortestMs([...latenciesOf(sizes, { ...latency, factor }), ...reports]);
    await then?.(world, needs, measure, sizes);
    return { measure, sizes, limit };
  } finally {
    await world.close();
  }
}

interface Full {
  measure: PullMeasure;
  sizes: ListSize[];
  limit: number;
}
type Then = (
  world: VirtualOrganisation,
  needs: ReturnType<typeof everyNeed>,
  full: PullMeasure,
  sizes: ListSize[],
) => Promise<void>;

function ended(measure: PullMeasure): PullMeasure {
  const { status, error } = measure.run;
  if (!status.startsWith('succeeded')) throw new Error(`a pull ended as ${status}: ${error?.code ?? ''}`);
  return measure;
}

const refusedBy = ({ refused }: PullMeasure): number =>
  Object.values(refused).reduce((sum, count) => sum + count, 0);

const callsMeasure = (size: string, { measure, sizes }: Full, atMost: number): Measure => {
  const fewest = fewestCalls(sizes) + measure.reportCalls;
  return {
    bench: `P1 full pull, ${size}`,
    value: measure.calls,
    unit: 'calls of every kind',
    versus: `the fewest possible (${fewest})`,
    ratio: rounded(measure.calls / fewest, 3),
    goal: { atMost },
  };
};

const timeMeasure = (size: string, factor: number, { measure, limit }: Full): Measure => ({
  bench: `P3 time of a full pull, ${size}, latency × ${factor}`,
  value: rounded(measure.ms / 1_000, 1),
  unit: `s by the clock, ${measure.mostInFlight} in flight, ${refusedBy(measure)} answers of 429`,
  versus: `the shortest that the limits allow (${rounded(limit / 1_000, 1)} s), over it`,
  ratio: refusedBy(measure) > 0 ? 0 : rounded(limit / measure.ms, 3),
  goal: { atLeast: 0.95 },
});

export const pullMediumBench: Bench = {
  name: 'pull-medium',
  async run() {
    const measures: Measure[] = [];
    for (const factor of [1, 0.5, 2, 4]) {
      const full = await pulled('medium', factor, async (world, needs, first, sizes) => {
        if (factor !== 1) return;
        measures.push(...(await daily(world, needs, first, sizes)), ...(await peers(world, sizes)));
      });
      if (factor === 1) measures.unshift(callsMeasure('medium', full, 1.07));
      measures.push(timeMeasure('medium', factor, full));
    }
    return measures;
  },
};

export const pullLargeBench: Bench = {
  name: 'pull-large',
  async run() {
    const full = await pulled('large', 1);
    return [callsMeasure('large', full, 1.02), timeMeasure('large', 1, full)];
  },
};

/** A day later about 1 % has changed. */
async function daily(
  world: VirtualOrganisation,
  needs: ReturnType<typeof everyNeed>,
  first: PullMeasure,
  sizes: ListSize[],
): Promise<Measure[]> {
  await world.skip(dayMs);
  world.sandbox.control.change({ organisation: world.organisationId, fraction: 0.01, seed: 1 });
  await world.skip(hourMs);
  const second = ended(await world.pull(needs));
  const changed = sizes.map((list) => ({ ...list, changed: list.records * 0.01 }));
  const fewest = fewestIncrementalCalls(changed) + second.reportCalls;
  return [
    {
      bench: 'P2 daily pull, medium',
      value: second.calls,
      unit: 'calls of every kind after 1 % changed',
      versus: `the fewest possible (${fewest})`,
      ratio: rounded(second.calls / fewest, 3),
      goal: { atMost: 1 },
    },
    {
      bench: 'P2 bytes of a daily pull, medium',
      value: rounded(second.bytes / 1_000_000, 1),
      unit: 'MB, not compressed',
      versus: 'the full pull',
      ratio: rounded(second.bytes / first.bytes, 4),
      goal: { atMost: 0.03 },
    },
  ];
}

/** The rules of performance.md 2.1, like for like over the lists that come in pages: each asked of the sandbox until its rule ends. */
async function peers(world: VirtualOrganisation, sizes: readonly ListSize[]): Promise<Measure[]> {
  const paged = sizes.filter(({ pageSize }) => pageSize !== null);
  const fewest = fewestCalls(paged);
  const rules: ReadonlyArray<[string, number, PagingRule]> = [
    ['1,000 a page until one is short (Airbyte)', 1_000, 'short-page'],
    ['100 a page until one is short (tap-xero, Nango, SDK loop)', 100, 'short-page'],
    ['100 a page until one is empty (n8n)', 100, 'empty-page'],
  ];
  const measures: Measure[] = [];
  for (const [who, pageSize, rule] of rules) {
    let calls = 0;
    for (const { name } of paged) calls += await world.page(resourceNamed(name), pageSize, rule);
    measures.push({
      bench: `peer: ${who}, medium`,
      value: calls,
      unit: 'calls for the lists that come in pages',
      versus: `the fewest possible (${fewest})`,
      ratio: rounded(calls / fewest, 2),
    });
  }
  return measures;
}

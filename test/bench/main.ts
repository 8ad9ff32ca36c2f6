/**
 * `npm run bench -- [--json] [--only NAME]`: measurements as ratios within one run, one line each, with its goal and whether it was
 * held or missed. The README's table takes every measure; `--dry` leaves it as it is.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type Bench, goalText, type Measure, verdictOf } from './bench.ts';
import { crashBench } from './crash.ts';
import { cutPageBench } from './cut-page.ts';
import { mainJobBench } from './main-job.ts';
import { mediumBench } from './medium.ts';
import { memoryLadderBench } from './memory-ladder.ts';
import { pageToRecordsBench } from './page-to-records.ts';
import { pullLargeBench, pullMediumBench } from './pull-goals.ts';
import { withMeasures } from './readme-table.ts';
import { reconcileBench } from './reconcile.ts';
import { sandboxMemoryBench } from './sandbox-memory.ts';
import { startBench } from './start.ts';
import { tickBench } from './tick.ts';

const benches: readonly Bench[] = [
  pullMediumBench,
  pullLargeBench,
  pageToRecordsBench,
  cutPageBench,
  reconcileBench,
  startBench,
  memoryLadderBench,
  sandboxMemoryBench,
  mainJobBench,
  mediumBench,
  crashBench,
  tickBench,
];

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    only: { type: 'string' },
    dry: { type: 'boolean', default: false },
  },
});
const chosen = benches.filter((bench) => values.only === undefined || bench.name === values.only);
if (chosen.length === 0) {
  process.stderr.write(`--only: takes one of ${benches.map((bench) => bench.name).join(', ')}\n`);
  process.exit(2);
}
const readmePath = new URL('../../README.md', import.meta.url);
for (const bench of chosen) {
  const measures = await bench.run();
  for (const measure of measures) print(measure);
  if (!values.dry) writeFileSync(readmePath, withMeasures(readFileSync(readmePath, 'utf8'), measures));
}
process.exit(0);

function print(measure: Measure): void {
  const verdict = verdictOf(measure);
  if (values.json) {
    process.stdout.write(`${JSON.stringify({ ...measure, ...(verdict === '' ? {} : { verdict }) })}\n`);
    return;
  }
  const { bench, value, unit, ratio, versus, goal, refused } = measure;
  const judged = goal === undefined ? '' : ` [goal ${goalText(goal)}: ${verdict}]`;
  const why = refused === undefined ? '' : ` (${refused})`;
  process.stdout.write(`${bench}: ${value} ${unit}; ${ratio} × ${versus}${judged}${why}\n`);
}

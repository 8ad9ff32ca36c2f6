/** `npm run bench -- [--json] [--only NAME]`: measurements as ratios within one run; one line each. */
import { parseArgs } from 'node:util';
import type { Bench, Measure } from './bench.ts';
import { cutPageBench } from './cut-page.ts';
import { mainJobBench } from './main-job.ts';
import { mediumBench } from './medium.ts';
import { reconcileBench } from './reconcile.ts';

const benches: readonly Bench[] = [cutPageBench, reconcileBench, mainJobBench, mediumBench];

const { values } = parseArgs({
  options: { json: { type: 'boolean', default: false }, only: { type: 'string' } },
});
const chosen = benches.filter((bench) => values.only === undefined || bench.name === values.only);
if (chosen.length === 0) {
  process.stderr.write(`--only: takes one of ${benches.map((bench) => bench.name).join(', ')}\n`);
  process.exit(2);
}
for (const bench of chosen) for (const measure of await bench.run()) print(measure);

function print(measure: Measure): void {
  if (values.json) process.stdout.write(`${JSON.stringify(measure)}\n`);
  else
    process.stdout.write(
      `${measure.bench}: ${measure.value} ${measure.unit}; ${measure.ratio} × ${measure.versus}\n`,
    );
}

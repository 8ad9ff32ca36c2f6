/**
 * `node test/faults/lab/main.ts [--seeds N] [--from SEED] [--workers N]`: plays so many seeds; each that fails prints how to replay it.
 * What goes wrong in a seed: plan.ts, weather.ts, people.ts and, in a share of them, extras.ts; which fault is where: faults.md.
 */
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { playAll } from './play-all.ts';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '2000' },
    from: { type: 'string', default: '0' },
    workers: { type: 'string', default: String(Math.max(1, Math.min(4, availableParallelism()))) },
  },
});
const whole = (name: 'seeds' | 'from' | 'workers'): number => {
  if (/^\d{1,9}$/.test(values[name])) return Number(values[name]);
  process.stderr.write(`--${name}: takes a whole number\n`);
  process.exit(2);
};

const [seeds, from, workers] = [whole('seeds'), whole('from'), whole('workers')];
const print = (line: string): void => void process.stdout.write(`${line}\n`);
let played = 0;
let violations = 0;
let failed = 0;
let turns = 0;
const startedAt = performance.now();
await playAll({
  from,
  seeds,
  workers,
  isTold: seeds === 1,
  onLine(line) {
    played += 1;
    turns += line.turns;
    violations += line.violations.length;
    if (line.violations.length > 0) {
      failed += 1;
      print(`seed ${line.seed}`);
      for (const { invariant, what } of line.violations) print(`  ${invariant}: ${what}`);
      if (seeds === 1) print(line.tail.join('\n'));
      print(`  again: npm run test:deep -- --seeds 1 --from ${line.seed}`);
    } else if (seeds === 1) print(`${line.tail.join('\n')}\nseed ${line.seed} ${line.hash}`);
    if (played % 500 === 0)
      print(`${played} seeds, ${Math.round((performance.now() - startedAt) / played)} ms each`);
  },
});
const minutes = ((performance.now() - startedAt) / 60_000).toFixed(1);
print(`${turns} effects let go, ${failed} seeds failed, ${minutes} minutes`);
print(`${played} seeds, ${violations} violations`);
process.exit(violations > 0 ? 1 : 0);

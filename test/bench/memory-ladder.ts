/** P9: peak memory of 100,000, 300,000 and 1,000,000 rows from the pull to what is written out, each in a fresh process. */
import { leanMalloc } from '../../server/mirror/lean-malloc.ts';
import { type Bench, type Measure, rounded } from './bench.ts';
import { inProcess } from './in-process.ts';

interface Step {
  rows: number;
  ownMb: number;
  childMb: number;
}

/** As the server runs in the demo (performance.md 3j). */
const flags = ['--max-semi-space-size=8', '--disable-warning=ExperimentalWarning'];
const steps = [100_000, 300_000, 1_000_000] as const;

export const memoryLadderBench: Bench = {
  name: 'memory-ladder',
  async run() {
    const measures: Measure[] = [];
    let first = 0;
    for (const rows of steps) {
      const step = await inProcess<Step>('ladder-step.ts', [rows], flags, leanMalloc);
      if (step.rows !== rows) throw new Error(`${step.rows} rows came out of ${rows}`);
      const peak = step.ownMb + step.childMb;
      first ||= peak;
      if (rows === steps[0]) continue;
      measures.push({
        bench: `P9 memory of ${rows.toLocaleString('en-GB')} rows`,
        value: rounded(peak, 0),
        unit: `MB at the peak, server ${rounded(step.ownMb, 0)} and query child ${rounded(step.childMb, 0)}`,
        versus: `100,000 rows (${rounded(first, 0)} MB)`,
        ratio: rounded(peak / first),
        ...(rows === 1_000_000 ? { goal: { atMost: 1.3 } } : {}),
      });
    }
    return measures;
  },
};

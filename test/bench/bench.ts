/** What a bench is, and how two ways of doing one thing are measured against each other in one run. */

export interface Measure {
  bench: string;
  value: number;
  unit: string;
  /** What it is compared with, in words. */
  versus: string;
  /** What is judged: `value` beside that of `versus`, as the bench says. */
  ratio: number;
  /** What the ratio must reach (performance.md 5, 2026-11-20); left out: measured for people alone. */
  goal?: Goal;
  /** Why nothing is judged after all, such as a machine too uneven to measure on. */
  refused?: string;
}

export type Goal = { atMost: number } | { atLeast: number };

export interface Bench {
  name: string;
  run(): Promise<Measure[]>;
}

export type Verdict = 'held' | 'missed' | 'no verdict' | '';

export function verdictOf({ goal, ratio, refused }: Measure): Verdict {
  if (goal === undefined) return '';
  if (refused !== undefined) return 'no verdict';
  const isHeld = 'atMost' in goal ? ratio <= goal.atMost : ratio >= goal.atLeast;
  return isHeld ? 'held' : 'missed';
}

export const goalText = (goal: Goal | undefined): string =>
  goal === undefined ? '' : 'atMost' in goal ? `≤ ${goal.atMost}` : `≥ ${goal.atLeast}`;

/** CPU milliseconds (user and system) that `act` takes: it repeats within 1 to 4 % where wall time does not (performance.md 0.10). */
export async function cpuMs(act: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await act();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
};

/** Medians of CPU time, in turn A B A B …, after a warm-up of both. */
export async function compareCpu(
  ways: { ours: () => unknown; other: () => unknown },
  { rounds = 25, warmUp = 8 } = {},
): Promise<{ ours: number; other: number }> {
  for (let round = 0; round < warmUp; round += 1) {
    await ways.ours();
    await ways.other();
  }
  const [ours, other]: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round += 1) {
    ours.push(await cpuMs(ways.ours));
    other.push(await cpuMs(ways.other));
  }
  return { ours: median(ours), other: median(other) };
}

/** More than this between two measurements of the same thing, and a ratio of CPU times says nothing. */
const mostUneven = 0.05;

/** Undefined when two measurements of the same thing agree well enough to judge by. */
export function unevenness(first: number, second: number): string | undefined {
  const off = Math.abs(first - second) / Math.min(first, second);
  return off <= mostUneven ? undefined : `the same thing twice differed by ${Math.round(off * 100)} %`;
}

export const rounded = (value: number, places = 2): number => Number(value.toFixed(places));

/** What a bench is, and how two ways of doing one thing are measured against each other in one run. */

export interface Measure {
  bench: string;
  value: number;
  unit: string;
  /** What it is compared with, in words. */
  versus: string;
  /** Value divided by that of `versus`; above or below 1 is better as the bench's name says. */
  ratio: number;
}

export interface Bench {
  name: string;
  run(): Promise<Measure[]>;
}

/** CPU milliseconds (user and system) that `act` takes: it repeats within 1 to 4 % where wall time does not (performance.md 0.10). */
async function cpuMs(act: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await act();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

const median = (values: readonly number[]): number => {
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

export const rounded = (value: number, places = 2): number => Number(value.toFixed(places));

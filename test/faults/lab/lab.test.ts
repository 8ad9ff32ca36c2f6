/** A slice of the fault lab: seeds of everything at once, none of which may lose, double or leak anything, and each of which replays. */
import { expect, test } from 'vitest';
import { playAll } from './play-all.ts';
import type { SeedLine } from './play-seeds.ts';

const isDeep = process.env['FOLIOKEEP_DEEP'] === '1';
const from = Number(process.env['FOLIOKEEP_FROM'] ?? 0);
const count = Number(process.env['FOLIOKEEP_SEEDS'] ?? (isDeep ? 2_000 : 160));

const play = async (first: number, seeds: number, isTold = false): Promise<SeedLine[]> => {
  const lines: SeedLine[] = [];
  await playAll({ from: first, seeds, workers: 2, isTold, onLine: (line) => lines.push(line) });
  return lines.sort((a, b) => a.seed - b.seed);
};

test('seeds of trouble and calm break no invariant', { timeout: count * 5_000 + 60_000 }, async () => {
  const lines = await play(from, count);
  const broken = lines.filter(({ violations }) => violations.length > 0);
  for (const { seed, violations } of broken)
    process.stdout.write(
      `seed ${seed} ${JSON.stringify(violations)}\n  again: npm run test:deep -- --seeds 1 --from ${seed}\n`,
    );
  expect(lines).toHaveLength(count);
  expect(broken.map(({ seed }) => seed)).toEqual([]);
  // A lab in which nothing succeeds or nothing fails has gone blind.
  const ends = lines.flatMap(({ ends: of }) => Object.keys(of));
  for (const end of ['succeeded', 'failed', 'cancelled']) expect(ends).toContain(end);
});

test('a seed that is played twice has the same events in the same order', { timeout: 240_000 }, async () => {
  // The second of them is read out of DuckDB, and its organisation is deleted.
  const some = async () => [...(await play(40, 6, true)), ...(await play(64, 1, true))];
  const [first, again] = [await some(), await some()];
  for (const [at, line] of first.entries()) {
    expect([line.seed, line.hash]).toEqual([line.seed, again[at]?.hash]);
    expect(line.tail).toEqual(again[at]?.tail);
  }
});

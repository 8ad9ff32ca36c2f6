/** Plays seeds of a tree with one bug in it, until an invariant is broken. */
import { fileURLToPath } from 'node:url';
import type { Bug } from './bugs/planted.ts';
import { playAll } from './play-all.ts';

export interface Found {
  seed: number;
  played: number;
  invariants: string[];
  what: string;
}

const script = fileURLToPath(new URL('plant.ts', import.meta.url));

/** The bug's own seeds first. Undefined: none of them sees it. */
export async function seekBug(
  bug: Bug,
  { from, seeds }: { from: number; seeds: number },
): Promise<Found | undefined> {
  let played = 0;
  let found: Found | undefined;
  const preload = {
    script,
    env: { FOLIOKEEP_BUGS: bug.name, FOLIOKEEP_HABITS: JSON.stringify(bug.habits ?? {}) },
  };
  const play = (first: number, count: number) =>
    playAll({
      from: first,
      seeds: count,
      workers: 1,
      preload,
      onLine({ seed, violations }) {
        played += 1;
        const invariants = [...new Set(violations.map(({ invariant }) => invariant))];
        if (found === undefined && invariants.length > 0)
          found = { seed, played, invariants, what: violations[0]?.what ?? '' };
      },
      isEnough: () => found !== undefined,
    });
  for (const seed of bug.seeds ?? []) if (found === undefined) await play(seed, 1);
  if (found === undefined) await play(from, seeds);
  return found;
}

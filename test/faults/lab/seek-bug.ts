/** Plays seeds of a tree with one bug in it, until the bug's own invariant is broken. */
import { fileURLToPath } from 'node:url';
import type { Bug } from './bugs/planted.ts';
import { quietHabits } from './plan.ts';
import { playAll } from './play-all.ts';
import type { SeedLine } from './play-seeds.ts';

export interface Found {
  seed: number;
  played: number;
  what: string;
  /** Of the same seed without the bug: whatever is broken there, the bug did not do. */
  innocent: SeedLine['violations'];
}

const script = fileURLToPath(new URL('plant.ts', import.meta.url));

/** Undefined: none of these seeds sees it. */
export async function seekBug(
  bug: Bug,
  { from, seeds }: { from: number; seeds: number },
): Promise<Found | undefined> {
  let played = 0;
  let found: Omit<Found, 'innocent'> | undefined;
  await play(bug, bug.name, {
    from,
    seeds,
    onLine({ seed, violations }) {
      played += 1;
      const seen = violations.find(({ invariant }) => invariant === bug.by);
      if (found === undefined && seen !== undefined) found = { seed, played, what: seen.what };
    },
    isEnough: () => found !== undefined,
  });
  if (found === undefined) return undefined;
  const innocent: SeedLine['violations'] = [];
  await play(bug, '', {
    from: found.seed,
    seeds: 1,
    onLine: ({ violations }) => void innocent.push(...violations),
  });
  return { ...found, innocent };
}

const play = (
  { habits }: Bug,
  planted: string,
  wish: Pick<Parameters<typeof playAll>[0], 'from' | 'seeds' | 'onLine' | 'isEnough'>,
): Promise<void> =>
  playAll({
    ...wish,
    workers: 1,
    preload: {
      script,
      env: { FOLIOKEEP_BUGS: planted, FOLIOKEEP_HABITS: JSON.stringify({ ...quietHabits, ...habits }) },
    },
  });

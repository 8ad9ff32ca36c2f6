/** Chance for the lab: everything that a seed decides comes out of one of these, in one order. */
import { seededNumbers } from '../../support/seeded-random.ts';

export interface Dice {
  /** From 0 up to 1. */
  next(): number;
  /** From 0 up to before `below`. */
  below(below: number): number;
  one<T>(of: readonly T[]): T;
  chance(share: number): boolean;
  /** Evenly between the two. */
  between(least: number, most: number): number;
}

export function diceOf(seed: number): Dice {
  const next = seededNumbers(seed);
  // The first numbers of neighbouring seeds are alike.
  for (let turn = 0; turn < 4; turn += 1) next();
  const below = (end: number): number => Math.floor(next() * end);
  return {
    next,
    below,
    one: <T>(of: readonly T[]): T => {
      if (of.length === 0) throw new Error('nothing to choose from');
      return of[below(of.length)] as T;
    },
    chance: (share) => next() < share,
    between: (least, most) => least + Math.floor(next() * (most - least)),
  };
}

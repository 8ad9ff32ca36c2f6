/** Repeatable chance: the same seed gives the same company, the same change and the same window phases. */
import { mix } from './guid.ts';

export interface SeededRandom {
  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number;
  /** True in `percent` of a hundred cases; thousandths of a percent are possible. */
  chance(percent: number): boolean;
  pick<T>(items: readonly T[]): T;
}

export function seededRandom(seed: number): SeededRandom {
  let state = mix(seed ^ 0x5bd1e995);
  // mulberry32
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  return {
    between: (low, high) => low + Math.floor(next() * (high - low + 1)),
    chance: (percent) => next() * 100 < percent,
    pick: (items) => items[Math.floor(next() * items.length)] as (typeof items)[number],
  };
}

/** A number from a seed and words, for keys that must differ by name. */
export function seedFrom(seed: number, ...words: (string | number)[]): number {
  let hash = mix(seed);
  for (const character of words.join('\u0000')) hash = mix(hash ^ (character.codePointAt(0) ?? 0));
  return hash;
}

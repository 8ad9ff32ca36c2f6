/** Random bytes that are the same in every run of a test (mulberry32); not for secrets. */
import { systemIds } from '../../server/embedded/system-ids.ts';
import type { Clock, Ids, Random } from '../../server/ports.ts';

/** Numbers from 0 up to 1, the same for the same seed. */
export const seededNumbers = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

export const seededRandom = (seed = 1): Random => {
  const next = seededNumbers(seed);
  return { bytes: (count) => Uint8Array.from({ length: count }, () => Math.floor(next() * 256)) };
};

export const seededIds = (clock: Clock, seed = 1): Ids => systemIds(clock, seededRandom(seed));

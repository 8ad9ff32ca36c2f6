/** Seeded randomness: the same seed gives the same ids and tokens. */

export interface Random {
  /** 0 up to, not including, `below`. */
  integer(below: number): number;
  /** `length` characters safe in a URL. */
  token(length: number): string;
  /** A positive int32. */
  id(): number;
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** Mulberry32: small, fast, good enough for names. */
export const createRandom = (seed: number): Random => {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  return {
    integer: (below) => Math.floor(next() * below),
    token: (length) => Array.from({ length }, () => LETTERS.charAt(Math.floor(next() * 64))).join(''),
    id: () => 1 + Math.floor(next() * 2_147_483_646),
  };
};

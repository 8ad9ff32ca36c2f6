/** Ids that sort by the time they were made: ULIDs (github.com/ulid/spec) in lower case. */
import type { Clock, Ids, Random } from '../ports.ts';

/** Crockford's base 32: no i, l, o, u. */
const digits = '0123456789abcdefghjkmnpqrstvwxyz';
const timeDigits = 10;
const randomBits = 80n;

/**
 * 26 characters: milliseconds, then 80 random bits. Within one millisecond, and while the clock stands behind an id
 * made before, the random part counts up, so that ids of one process always ascend.
 */
export const systemIds = (clock: Clock, random: Random): Ids => {
  let lastAt = -1;
  let tail = 0n;
  return {
    next() {
      const now = clock.now();
      if (now > lastAt) {
        lastAt = now;
        tail = fresh(random);
      } else {
        tail += 1n;
        if (tail >> randomBits) {
          lastAt += 1;
          tail = fresh(random);
        }
      }
      return digitsOf(BigInt(lastAt), timeDigits) + digitsOf(tail, 16);
    },
  };
};

const fresh = (random: Random): bigint => BigInt(`0x${Buffer.from(random.bytes(10)).toString('hex')}`);

const digitsOf = (value: bigint, count: number): string => {
  let text = '';
  for (let rest = value; text.length < count; rest >>= 5n) text = `${digits[Number(rest & 31n)]}${text}`;
  return text;
};

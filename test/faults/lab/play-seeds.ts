/** A process of the lab: plays seeds and prints a line of JSON for each. Run with `--import` of one-thread.ts, by main.ts. */
import { signer } from '../../../server/sandbox/xero/oauth/signing.ts';
import { noExtras } from './extras.ts';
import type { Habits } from './plan.ts';
import { playSeed } from './scenario.ts';

export interface SeedLine {
  seed: number;
  hash: string;
  turns: number;
  ms: number;
  ends: Record<string, number>;
  violations: Array<{ invariant: string; what: string }>;
  tail: string[];
}

/** Of a planted bug: what its seeds suffer, and nothing else. */
const text = process.env['FOLIOKEEP_HABITS'];
const wish = text === undefined ? {} : { habits: JSON.parse(text) as Partial<Habits>, extras: noExtras };
const [from = 0, count = 1, isTold = 0] = process.argv.slice(2).map(Number);
// The sandbox's key pair takes a random while to make.
await signer().sign({});
for (let seed = from; seed < from + count; seed += 1) {
  const startedAt = performance.now();
  const { hash, turns, ends, violations, tail } = await playSeed(seed, wish);
  const ms = Math.round(performance.now() - startedAt);
  const line: SeedLine = {
    seed,
    hash,
    turns,
    ms,
    ends,
    violations,
    tail: isTold === 1 || violations.length > 0 ? tail.slice(-400) : [],
  };
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

/** What must be the same after a server was ended at its work, and what each end may cost. */
import { expect } from 'vitest';
import { type Outcome, recordsOf } from './outcome.ts';

/** `repeats`: how many units of work were done twice at the most, and so calls of a kind. */
export function expectSame(
  outcome: Outcome,
  { quiet, repeats, hint }: { quiet: Outcome; repeats: number; hint: string },
): void {
  expect(
    outcome.runs.map(({ status }) => status),
    hint,
  ).toEqual(outcome.runs.map(() => 'succeeded'));
  expect(outcome.sheet, hint).toEqual(quiet.sheet);
  expect(recordsOf(outcome), hint).toEqual(recordsOf(quiet));
  expect(generationsOf(outcome), hint).toEqual(generationsOf(quiet));
  for (const [path, count] of Object.entries(outcome.calls))
    expect(count, `${path}, ${hint}`).toBeLessThanOrEqual((quiet.calls[path] ?? 0) + repeats);
}

const generationsOf = ({ mirrors }: Outcome): number[] =>
  Object.values(mirrors).map(({ generation }) => generation);

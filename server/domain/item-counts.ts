/**
 * What answers said of a list's length, in the order in which Xero made them, which is not always the order in which they
 * came: calls are under way together. Pure.
 */
import { z } from 'zod';

export const countRunSchema = z.object({
  /** Xero's own time of the first and of the last answer that said so. */
  from: z.number(),
  to: z.number(),
  count: z.int(),
});
/** Answers in a row that said the same. */
export type CountRun = z.infer<typeof countRunSchema>;

/** With one more answer; of two answers of one moment the one that came later counts as later. */
export function noteCount(runs: readonly CountRun[], at: number, count: number): CountRun[] {
  const before = runs.findLastIndex(({ from }) => from <= at);
  const own = runs[before];
  if (own?.count === count) return runs.with(before, { ...own, to: Math.max(own.to, at) });
  const said: CountRun = { from: at, to: at, count };
  if (own !== undefined && at < own.to)
    return [
      ...runs.slice(0, before),
      { ...own, to: at },
      said,
      { ...own, from: at },
      ...runs.slice(before + 1),
    ];
  const next = runs[before + 1];
  if (next?.count === count) return runs.with(before + 1, { ...next, from: at });
  return runs.toSpliced(before + 1, 0, said);
}

/** Whether the list was ever shorter than before: something that was counted had gone. */
export const hasDropped = (runs: readonly CountRun[]): boolean =>
  runs.some(({ count }, at) => count < (runs[at - 1]?.count ?? count));

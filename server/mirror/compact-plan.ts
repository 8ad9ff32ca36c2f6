/** Which segments of a resource are worth merging: decided from their sizes alone. */

export interface SegmentUse {
  records: number;
  /** Records of it that are the newest of their id, in the current index. */
  live: number;
  /** The most of its records that are the newest in any snapshot that holds it; 0 when none does. */
  pinned: number;
}

/** Neighbours from `from` up to before `to` become one segment. */
export interface Merge {
  from: number;
  to: number;
}

/** Small ones wait until there are so many of about one size. */
const mostOfOneSize = 4;
/** A merged segment holds no more records: it is read and sealed as a whole. */
const mostRecords = 32_768;
/** Below it every segment counts as equally small. */
const smallest = 512;

/**
 * The next merge, or undefined when all is well. Size-tiered: a run of neighbours none of which is of a higher tier (tiers grow by
 * four) is merged once it has `mostOfOneSize` members; order decides which version of a record counts, so only neighbours merge. A
 * segment of which over half is superseded, here and in every snapshot that holds it, is rewritten alone.
 */
export function nextMerge(segments: readonly SegmentUse[]): Merge | undefined {
  const tiers = segments.map(({ records }) =>
    Math.max(0, Math.ceil(Math.log(records / smallest) / Math.log(4))),
  );
  for (const tier of [...new Set(tiers)].sort((a, b) => a - b)) {
    const run = runWithin(segments, tiers, tier);
    if (run !== undefined) return run;
  }
  const wasted = segments.findIndex(
    ({ records, live, pinned }) => records >= smallest && live * 2 < records && pinned * 2 < records,
  );
  return wasted < 0 ? undefined : { from: wasted, to: wasted + 1 };
}

function runWithin(
  segments: readonly SegmentUse[],
  tiers: readonly number[],
  tier: number,
): Merge | undefined {
  let from = 0;
  let records = 0;
  for (let at = 0; at <= segments.length; at++) {
    const size = segments[at]?.records ?? 0;
    const mayJoin = at < segments.length && (tiers[at] ?? 0) <= tier && records + size <= mostRecords;
    if (mayJoin) {
      records += size;
      continue;
    }
    if (at - from >= mostOfOneSize) return { from, to: at };
    const startsHere = at < segments.length && (tiers[at] ?? 0) <= tier && size <= mostRecords;
    from = startsHere ? at : at + 1;
    records = startsHere ? size : 0;
  }
  return undefined;
}

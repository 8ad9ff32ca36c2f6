/** Recording a unit: checkpoint, counters and gaps move together, once, or not at all. */
import type { Gap } from './gap.ts';
import type { Json } from './json.ts';
import { type Counters, hasEnded, type Progress, type Run, type RunNews } from './run.ts';
import { succeed } from './run-end.ts';

/** A claim on a run: what a worker must still match for anything it says to count. */
export interface Held {
  holder: string;
  fencing: number;
  /** Of the task under way. */
  seq: number;
}

export const isHeld = (run: Run, held: Held): boolean =>
  !hasEnded(run) && run.fencing === held.fencing && run.holder === held.holder;

export interface UnitRecord {
  /** How many units were recorded when this one began: with the fencing number, its operation id. */
  unit: number;
  /** The place after the unit; `done` when the step is. */
  place: { kind: 'more'; checkpoint: Json } | { kind: 'done' };
  counters: Partial<Counters>;
  gaps: readonly Gap[];
  /** What Xero sent for the first time. */
  news?: readonly RunNews[];
  progress: Progress | null;
}

/**
 * The run with the unit recorded and its lease renewed; ended when it was the last unit of the last step.
 * The same run when the record is there already. Undefined when the run is another's.
 */
export function recordUnit(
  run: Run,
  held: Held,
  record: UnitRecord,
  at: { now: number; leaseMs: number },
): Run | undefined {
  if (run.fencing === held.fencing && run.units === record.unit + 1) return run;
  const step = run.steps[run.stepIndex];
  if (!isHeld(run, held) || run.units !== record.unit || !step) return undefined;
  const isDone = record.place.kind === 'done';
  // A step that is done has no place any more; its last checkpoint may be hundreds of KB, and ended runs are kept.
  const checkpoint = record.place.kind === 'more' ? record.place.checkpoint : null;
  const recorded: Run = {
    ...run,
    steps: run.steps.with(run.stepIndex, { ...step, checkpoint, isDone }),
    stepIndex: isDone ? run.stepIndex + 1 : run.stepIndex,
    units: run.units + 1,
    rescues: 0,
    deaths: 0,
    counters: addCounters(run.counters, record.counters),
    gaps: mergeGaps(run.gaps, record.gaps),
    ...(record.news === undefined || record.news.length === 0
      ? {}
      : { news: [...(run.news ?? []), ...record.news].slice(0, mostGaps) }),
    progress: record.progress ?? run.progress,
    heartbeatAt: at.now,
    leaseUntil: at.now + at.leaseMs,
  };
  return recorded.stepIndex === recorded.steps.length ? succeed(recorded, at.now) : recorded;
}

/** How many gaps a run names one by one; a document has an end, and so has a person's patience. */
export const mostGaps = 200;

/** Gaps of the same thing and reason add up; beyond `mostGaps` names they add up under `other`, by reason: none is lost. */
export function mergeGaps(before: readonly Gap[], added: readonly Gap[]): Gap[] {
  const merged = new Map<string, Gap>();
  for (const gap of [...before, ...added]) {
    const isNew = !merged.has(nameOf(gap));
    const named = isNew && gap.what !== other && merged.size >= mostGaps ? { ...gap, what: other } : gap;
    const known = merged.get(nameOf(named));
    merged.set(nameOf(named), { ...named, count: (known?.count ?? 0) + named.count });
  }
  return [...merged.values()];
}

const other = 'other';
const nameOf = (gap: Gap): string => JSON.stringify([gap.reason, gap.what]);

const addCounters = (sum: Counters, added: Partial<Counters>): Counters => ({
  rows: sum.rows + (added.rows ?? 0),
  cellsWritten: sum.cellsWritten + (added.cellsWritten ?? 0),
  xeroCalls: sum.xeroCalls + (added.xeroCalls ?? 0),
  xeroBytes: sum.xeroBytes + (added.xeroBytes ?? 0),
});

/** What a step is to the engine: one copy, cut into units, each with its own checkpoint. The engine asks nothing else of it. */
import type { Gap } from '../domain/gap.ts';
import type { Json } from '../domain/json.ts';
import type { Counters, Progress, RunNews } from '../domain/run.ts';

export interface StepContext {
  runId: string;
  teamId: string;
  exporterId: string;
  requestedAt: number;
  /** `manual` as soon as a person waits for it, whoever started it. */
  trigger: 'manual' | 'scheduled';
  /** Aborted when the lease on the run is lost or the server stops: give up at once, without an effect. */
  signal: AbortSignal;
  /** Fencing number of the lease on the run. */
  fencing: number;
  /** Resolves while this worker still holds the run; RetryError `FENCED_OUT` when not. Call it before each outside effect. */
  guard(): Promise<void>;
  /** Shown to people; may be dropped. */
  report(progress: Progress): void;
}

export type StepOutcome =
  /** One unit is done: saved before the next begins. Counters are what this unit added. */
  | { kind: 'more'; checkpoint: Json; counters?: Partial<Counters>; gaps?: Gap[] }
  | { kind: 'done'; counters?: Partial<Counters>; gaps?: Gap[]; news?: RunNews[] };

/**
 * `advance` does one unit and may be called again with the same checkpoint after a crash: the same unit twice gives the
 * same result as once. It throws WaitError to be called again at a due time (what was counted before goes with `counters`
 * of a later outcome), RetryError to be delivered again, UserError or FatalError to end the run.
 */
export interface StepKind {
  kind: string;
  advance(input: Json, checkpoint: Json, context: StepContext): Promise<StepOutcome>;
}

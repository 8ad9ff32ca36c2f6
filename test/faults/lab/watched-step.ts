/** A step as it is, with its units counted: which ran, under which fencing number, and which came to an outcome. */
import type { StepKind } from '../../../server/engine/step.ts';
import type { Life } from './life.ts';
import type { Watch } from './watch.ts';

/**
 * By run: the fencing numbers of units that this life completed and that are not recorded yet. More than one where a worker
 * that stood still too long came back beside its successor in the same process.
 */
export const fencingOf = new WeakMap<Life, Map<string, number[]>>();
export const unitsOf = new WeakMap<Watch, Map<string, number>>();

export function watchedStep(step: StepKind, life: Life, watch: Watch): StepKind {
  const fencing = fencingOf.get(life) ?? new Map<string, number[]>();
  fencingOf.set(life, fencing);
  const units = unitsOf.get(watch) ?? new Map<string, number>();
  unitsOf.set(watch, units);
  return {
    kind: step.kind,
    async advance(input, checkpoint, context) {
      life.kind = step.kind;
      try {
        const outcome = await step.advance(input, checkpoint, context);
        fencing.set(context.runId, [...(fencing.get(context.runId) ?? []), context.fencing]);
        units.set(context.runId, (units.get(context.runId) ?? 0) + 1);
        watch.event(`${life.name} unit ${step.kind} ${outcome.kind}`);
        return outcome;
      } finally {
        life.kind = 'engine';
      }
    },
  };
}

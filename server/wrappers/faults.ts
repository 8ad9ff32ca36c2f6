/** Plans of faults: what happens before or after which call. Tests and the fault lab only. */

export interface FaultPoint {
  /** Port and method: `store.replace`. */
  label: string;
  /** The how-manieth call of this label since the plan began, from 1. */
  call: number;
  /** Before the call had any effect, or after it had all of it. */
  when: 'before' | 'after';
}

export type FaultAct =
  | 'pass'
  /** RetryError `INJECTED_FAULT`. */
  | 'fail'
  /** The process dies here: Crash is thrown, and by every later call under the same plan. */
  | 'crash'
  /** Never answers, as a process that was stopped. */
  | 'hang'
  /** Only before: the call is made twice, as by a retried commit or a doubled delivery; the second answer counts. */
  | 'twice';

export interface Faults {
  /** Asked at every point in turn. */
  at(point: FaultPoint): FaultAct;
}

/** What a process killed at a fault point looks like from within. No error of ours: nothing may handle it. */
export class Crash extends Error {
  override readonly name = 'Crash';
}

export const noFaults: Faults = { at: () => 'pass' };

/** One act at one point: `faultAt('store.replace', 3, 'after', 'crash')`. */
export const faultAt = (
  label: string,
  call: number,
  when: FaultPoint['when'],
  act: FaultAct = 'fail',
): Faults => ({
  at: (point) => (point.label === label && point.call === call && point.when === when ? act : 'pass'),
});

export interface RandomFaults {
  /** From 0 up to 1, anew with each call: seeded, so that a failing seed can be run again. */
  next: () => number;
  /** Share of points where something happens. */
  rate: number;
  /** One of these happens. Default: fail. */
  acts?: readonly FaultAct[];
  /** Which labels; all by default. */
  isLabel?: (label: string) => boolean;
}

export const randomFaults = ({
  next,
  rate,
  acts = ['fail'],
  isLabel = () => true,
}: RandomFaults): Faults => ({
  at({ label }) {
    if (!isLabel(label) || next() >= rate) return 'pass';
    return acts[Math.floor(next() * acts.length)] ?? 'pass';
  },
});

/** Lets everything pass and keeps the points in their order: the list of places where a crash is worth a run. */
export const recordedPoints = (): Faults & { points: FaultPoint[] } => {
  const points: FaultPoint[] = [];
  return {
    points,
    at(point) {
      points.push(point);
      return 'pass';
    },
  };
};

/** The first plan that does not let pass decides; all are asked. */
export const allFaults = (...plans: readonly Faults[]): Faults => ({
  at: (point) => plans.map((plan) => plan.at(point)).find((act) => act !== 'pass') ?? 'pass',
});

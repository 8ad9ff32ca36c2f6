/** What goes wrong in one seed: shares of calls that fail, die, stand still or are made twice, by the seed's own habits. */
import type { Dice } from './dice.ts';

export interface LabPoint {
  /** Port and method: `store.transaction`. */
  label: string;
  when: 'before' | 'after';
  /** The kind of step that the server works on, or what else it does: `pull`, `publish`, `engine`. */
  kind: string;
}

export type LabAct =
  | { kind: 'pass' }
  | { kind: 'fail' }
  | { kind: 'kill' }
  | { kind: 'freeze'; ms: number }
  | { kind: 'twice' };

export interface FaultPlan {
  at(point: LabPoint): LabAct;
  isCalm(): boolean;
  /** From now on nothing goes wrong. */
  calm(): void;
  /** From now on it does again. */
  rouse(): void;
  /** What the seed's habits are, for the print of a failing one. */
  habits: Habits;
}

export interface Habits {
  fails: number;
  kills: number;
  freezes: number;
  twice: number;
  /** Of transactions: others come in between what it reads and its commit. */
  contention: number;
  lost: number;
  doubled: number;
  late: number;
  slow: number;
  wire: number;
  skewMs: number;
  steps: number;
  edits: number;
  people: number;
  /** Whether limits of Xero are small enough to be met. */
  isTight: boolean;
  /** Of our batches into a spreadsheet: somebody moves rows in it just before. */
  shifts: number;
  /** Of our batches: somebody types into the block right after. */
  overtypes: number;
  /** Of our batches: they hang until we give them up, and come to Google all the same when we have gone on. */
  strays: number;
  /** Of edits of the books: a record gets another text, leaves its list, or becomes text that no parser takes. */
  renames: number;
  leaving: number;
  unreadable: number;
  /** Of lists that Xero answers: the books are edited right after, while the next page is not read yet. */
  midway: number;
  /** Of good answers of Xero: they break off. */
  cuts: number;
  /** Of tasks that are due: they are delivered before whoever enqueued them has done anything else. */
  prompt: number;
  /** The books were left alone for a day before the first run: no overlap of readings makes up for what a sweep misses. */
  areBooksOld: boolean;
  /** What all exporters show, instead of the seed's own. */
  dataset: 'accounts' | 'contacts' | 'invoices' | null;
  /** Of Xero's pages, instead of the seed's own. */
  pageSize: number | null;
  /** Rounds of runs beyond the seed's own. */
  rounds: number;
  /** Of the steps of a time of trouble: Xero says that the day is used up, for hours. */
  usedUp: number;
  /** One port that is worse off than all others. */
  sore: Sore | null;
}

export interface Sore extends Pick<LabPoint, 'label'> {
  /** Only in this kind of step. */
  kind?: string;
  share: number;
  act: LabAct;
}

const pass: LabAct = { kind: 'pass' };

/** Labels that may fail by themselves; the others fail by the network beneath them. */
const failing = /^(store|queue|network|mirror|blobs)\./;
const repeatable = /^(store\.transaction|queue\.enqueue|mirror\.writeSegment|mirror\.commit|blobs\.put)$/;

export function habitsOf(dice: Dice): Habits {
  const habits = anyHabits(dice);
  // Nothing fails on our side and clocks are right: limits must be kept to the call.
  return dice.chance(0.12)
    ? { ...quietHabits, wire: 0.04, edits: habits.edits, people: habits.people }
    : habits;
}

function anyHabits(dice: Dice): Habits {
  const often = dice.one([0.3, 1, 1, 2]);
  return {
    fails: often * dice.one([0, 0, 0.003, 0.01, 0.03]),
    kills: often * dice.one([0, 0, 0.002, 0.005, 0.01]),
    freezes: often * dice.one([0, 0, 0, 0.002, 0.005]),
    twice: dice.one([0, 0, 0.05, 0.3]),
    contention: dice.one([0, 0, 0.1, 0.4]),
    lost: dice.one([0, 0, 0.05, 0.15]),
    doubled: dice.one([0, 0, 0.2, 0.5]),
    late: dice.one([0, 0, 0.2]),
    slow: dice.one([0, 0, 0.02, 0.05]),
    wire: often * dice.one([0, 0, 0.01, 0.04]),
    skewMs: dice.one([0, 0, 0, 2_000, 90_000, 3_600_000]),
    steps: dice.one([0, 0, 0, 0.3]),
    edits: dice.one([0, 0.3, 1]),
    people: dice.one([0, 0.3, 1]),
    isTight: dice.chance(0.15),
    ...undisturbed,
  };
}

export function seededPlan(dice: Dice, habits: Habits): FaultPlan {
  let isCalm = false;
  return {
    habits,
    isCalm: () => isCalm,
    calm() {
      isCalm = true;
    },
    rouse() {
      isCalm = false;
    },
    at({ label, when, kind }) {
      if (isCalm) return pass;
      const { sore } = habits;
      if (sore?.label === label && (sore.kind ?? kind) === kind && dice.next() < sore.share) return sore.act;
      if (dice.next() < habits.kills) return { kind: 'kill' };
      if (habits.freezes > 0 && dice.next() < habits.freezes)
        return { kind: 'freeze', ms: dice.one([1_000, 20_000, 45_000, 150_000, 400_000]) };
      if (habits.fails > 0 && failing.test(label) && dice.next() < habits.fails) return { kind: 'fail' };
      if (when === 'before' && habits.twice > 0 && repeatable.test(label) && dice.next() < habits.twice)
        return { kind: 'twice' };
      return pass;
    },
  };
}

/** One act at the n-th time that a kind of work comes to a label: for systematic kills. */
export function planAt(
  habits: Habits,
  at: { label: string; when: 'before' | 'after'; kind: string; time?: number },
  act: LabAct = { kind: 'kill' },
): FaultPlan & { hasHappened(): boolean } {
  let left = at.time ?? 1;
  return {
    habits,
    isCalm: () => false,
    calm: () => undefined,
    rouse: () => undefined,
    hasHappened: () => left === 0,
    at(point) {
      if (left === 0 || point.label !== at.label || point.when !== at.when || point.kind !== at.kind)
        return pass;
      left -= 1;
      return left === 0 ? act : pass;
    },
  };
}

/** Nobody comes in between. */
const undisturbed = {
  shifts: 0,
  overtypes: 0,
  strays: 0,
  renames: 0,
  leaving: 0,
  unreadable: 0,
  midway: 0,
  usedUp: 0,
  cuts: 0,
  prompt: 0,
  areBooksOld: false,
  dataset: null,
  pageSize: null,
  rounds: 0,
  sore: null,
} as const;

export const quietHabits: Habits = {
  fails: 0,
  kills: 0,
  freezes: 0,
  twice: 0,
  contention: 0,
  lost: 0,
  doubled: 0,
  late: 0,
  slow: 0,
  wire: 0,
  skewMs: 0,
  steps: 0,
  edits: 0,
  people: 0,
  isTight: false,
  ...undisturbed,
};

/** Nothing of ours fails, dies, stands still or is lost, and clocks are right: what needs no mending must not be mended. */
export const isFairTo = ({ kills, fails, freezes, twice, slow, skewMs, lost, late, sore }: Habits): boolean =>
  kills + fails + freezes + twice + slow + skewMs + lost + late === 0 && sore === null;

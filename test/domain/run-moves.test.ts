/** Properties of a run's moves under any order of deliveries, records, waits, ticks, cancels and clocks, each maybe repeated. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Held, recordUnit, type UnitRecord } from '../../server/domain/checkpoint.ts';
import { allowedMoves, assertMove, hasEnded, type Run } from '../../server/domain/run.ts';
import { claim } from '../../server/domain/run-claim.ts';
import { fail, requestCancel } from '../../server/domain/run-end.ts';
import { handOver, hurry, type Reason, reissue, renew } from '../../server/domain/run-hand-over.ts';
import { runDocument } from '../support/documents.ts';

const leaseMs = 60_000;
const maxRescues = 3;
const newRun = (): Run =>
  runDocument({
    trigger: 'scheduled',
    seq: 1,
    dueAt: 0,
    deadlineAt: 10_000_000,
    steps: [0, 1].map((input) => ({ kind: 'copy', input, checkpoint: null, isDone: false })),
  });

type Op =
  | { op: 'deliver'; back: number }
  | { op: 'record'; worker: number; isDone: boolean; rows: number }
  | { op: 'leave'; worker: number; why: Reason['kind'] }
  | { op: 'renew' | 'fail'; worker: number }
  | { op: 'tick'; back: number }
  | { op: 'cancel' | 'hurry' }
  | { op: 'clock'; ms: number };

/** The newest claim most of the time, else one that was overtaken. */
const worker = fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.nat(4));
const opArbitrary: fc.Arbitrary<Op> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ op: fc.constant('deliver' as const), back: fc.nat(2) }) },
  {
    weight: 8,
    arbitrary: fc.record({
      op: fc.constant('record' as const),
      worker,
      isDone: fc.boolean(),
      rows: fc.nat(9),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      op: fc.constant('leave' as const),
      worker,
      why: fc.constantFrom('slice' as const, 'stuck' as const, 'wait' as const, 'retry' as const),
    }),
  },
  fc.record({ op: fc.constantFrom('renew' as const, 'fail' as const), worker }),
  { weight: 3, arbitrary: fc.record({ op: fc.constant('tick' as const), back: fc.nat(1) }) },
  fc.record({ op: fc.constantFrom('cancel' as const, 'hurry' as const) }),
  {
    weight: 4,
    arbitrary: fc.record({
      op: fc.constant('clock' as const),
      ms: fc.integer({ min: -200_000, max: 200_000 }),
    }),
  },
);

const histories = fc.array(opArbitrary, { minLength: 5, maxLength: 80, size: 'max' });

/** What the moves have to keep, whatever happens; `sum` is what the accepted records said. */
function live(ops: readonly Op[]): { run: Run; sum: number; records: number } {
  let run = newRun();
  let now = 1_000_000;
  let sum = 0;
  let records = 0;
  const claims: Array<Held & { units: number }> = [];

  /** Does a move, and the same move once more, as after a commit whose outcome was unknown. */
  const move = (decide: (run: Run) => Run | undefined): boolean => {
    const before = run;
    const after = decide(before);
    if (!after || after === before) return false;
    assertMove(before, after);
    expect(after.rescues).toBeLessThanOrEqual(maxRescues);
    run = after;
    const again = decide(run);
    if (again !== undefined) expect(again).toEqual(run);
    return true;
  };

  for (const [index, op] of ops.entries()) {
    const at = { now, leaseMs, maxRescues };
    const before = run;
    switch (op.op) {
      case 'clock':
        now += op.ms;
        break;
      case 'deliver': {
        const [isAlone, hasWaited] = [index % 2 === 0, index % 3 === 0];
        const task = { ...at, seq: run.seq - op.back, holder: `claim-${index}`, isAlone, hasWaited };
        let kind = '';
        move((stored) => {
          const claimed = claim(stored, task);
          kind = claimed.kind;
          return claimed.run;
        });
        if (kind === 'claimed')
          claims.push({ holder: task.holder, fencing: run.fencing, seq: task.seq, units: run.units });
        break;
      }
      case 'record': {
        const held = claims.at(-1 - op.worker);
        if (!held) break;
        const record: UnitRecord = {
          unit: held.units,
          place: op.isDone ? { kind: 'done' } : { kind: 'more', checkpoint: index },
          counters: { rows: op.rows },
          gaps: [],
          progress: null,
        };
        if (move((stored) => recordUnit(stored, held, record, at))) {
          sum += op.rows;
          records += 1;
          held.units += 1;
        }
        break;
      }
      case 'leave': {
        const held = claims.at(-1 - op.worker);
        if (held) {
          const reason: Reason =
            op.why === 'slice' || op.why === 'stuck'
              ? { kind: op.why }
              : { kind: op.why, waitingFor: { code: 'NETWORK', details: {} }, dueAt: now + 30_000 };
          move((stored) => handOver(stored, held, reason, at));
        }
        break;
      }
      case 'renew': {
        const held = claims.at(-1 - op.worker);
        if (held) move((stored) => renew(stored, held, { ...at, progress: null }));
        break;
      }
      case 'fail': {
        const held = claims.at(-1 - op.worker);
        if (held && run.holder === held.holder)
          move((stored) =>
            hasEnded(stored) ? stored : fail(stored, { code: 'INTERNAL', details: {} }, now),
          );
        break;
      }
      case 'tick': {
        const seq = run.seq - op.back;
        move((stored) => reissue(stored, { ...at, seq }));
        break;
      }
      case 'cancel':
        move((stored) => requestCancel(stored, at));
        break;
      case 'hurry':
        move((stored) => hurry(stored, now));
        break;
    }
    if (hasEnded(before)) expect(run).toBe(before);
  }
  return { run, sum, records };
}

test('under any history numbers only grow, an ended run stays, and every unit counts once', () => {
  fc.assert(
    fc.property(histories, (ops) => {
      const { run, sum, records } = live(ops);
      expect(run.counters.rows).toBe(sum);
      expect(run.units).toBe(records);
      if (run.status === 'succeeded') expect(run.steps.every(({ isDone }) => isDone)).toBe(true);
      // Whoever ended or waits holds nothing, and a run that can go on has a task or a holder.
      expect(run.holder === null).toBe(run.leaseUntil === null);
      if (run.status !== 'running') expect(run.holder).toBeNull();
      expect(run.dueAt !== null).toBe(!hasEnded(run) && run.holder === null);
    }),
    { numRuns: 1_500 },
  );
});

test('the histories reach every status', () => {
  const reached = new Set(fc.sample(histories, { numRuns: 600, seed: 1 }).map((ops) => live(ops).run.status));
  // No gap is ever recorded here.
  expect([...reached, 'succeeded-with-gaps'].sort()).toEqual(Object.keys(allowedMoves).sort());
});

/**
 * Every organisation's exporters due at one minute: how long it takes against what the limits allow, and whether any limit was
 * exceeded. A slice here; `npm run test:deep -- test/engine/morning/morning.test.ts` has 5,000 organisations.
 */
import { expect, test } from 'vitest';
import { projectLimit } from './google-end.ts';
import { byHandIn, datasets, morning, perPerson, type Session } from './morning-world.ts';
import { idleMinutes, lineOf } from './timeline.ts';
import { appLimit } from './xero-end.ts';

const isDeep = process.env['FOLIOKEEP_DEEP'] === '1';
const organisations = isDeep ? Number(process.env['FOLIOKEEP_ORGANISATIONS'] ?? 5_000) : 60;
const minute = 60_000;
const startAt = Date.UTC(2026, 10, 23, 5, 59);
const six = startAt + minute;
const evening = six + 12 * 60 * minute;
/** Reads of a minute while many stand in line: what the limits allow, less the share of decisions/0020 and some jitter. */
const leastInLine = 0.92 * projectLimit;

interface Expected {
  xeroCalls: number;
  reads: number;
  writes: number;
}

/** The shortest time in which so many calls may be made: the largest of the limits' times. */
const boundMs = ({ xeroCalls, reads, writes }: Expected): number =>
  Math.max(xeroCalls / appLimit, reads / projectLimit, writes / projectLimit) * minute;

const report = (name: string, session: Session, expected: Expected): void => {
  const bound = boundMs(expected);
  const ratio = session.ms / bound;
  const longest = (of: 'startsMs' | 'endsMs') => Math.max(0, ...session.people.map((one) => one[of])) / 1000;
  console.info(
    `${name}: ${organisations} organisations, ${session.xeroCalls} calls to Xero, ${session.reads} reads and ${session.writes} writes of Sheets; ` +
      `${(session.ms / minute).toFixed(2)} min, bound ${(bound / minute).toFixed(2)} min, ratio ${ratio.toFixed(3)}; ` +
      `people start within ${longest('startsMs')} s and end within ${longest('endsMs')} s; starting slots took ${session.longestStartMs.toFixed(0)} ms at most`,
  );
  if (isDeep) console.info(session.samples.map(lineOf).join('\n'));
};

test('a morning ends within a tenth of what the limits allow, exceeds none, and people do not wait for it', {
  timeout: 3_600_000,
}, async () => {
  // What one organisation costs alone is what each must cost among thousands.
  const alone = await morning({ organisations: 1, startAt });
  const first = await alone.session(six);
  const second = await alone.session(evening);
  await alone.close();
  expect([first.reads, first.writes, second.reads, second.writes]).toEqual([3, 1, 0, 0]);

  const world = await morning({ organisations, startAt });
  const byHand = [0.1, 0.3, 0.5, 0.7].map((share) => ({
    afterMs: share * boundMs({ xeroCalls: 0, reads: 3 * organisations, writes: 0 }),
    exporterId: byHandIn(Math.floor((1 - share) * organisations)),
  }));
  const all = { xeroCalls: organisations * first.xeroCalls, reads: 3 * organisations, writes: organisations };
  const begun = await world.session(six, byHand);
  report('All for the first time', begun, all);

  const changed = world.change(5);
  const few = { xeroCalls: organisations * second.xeroCalls, reads: 4 * changed, writes: changed };
  const later = await world.session(
    evening,
    byHand.slice(0, 1).map((one) => ({ ...one, afterMs: 0.5 * boundMs(few) })),
  );
  report('One in five changed', later, few);

  const most = isDeep ? 0 : 15_000;
  for (const [session, expected] of [
    [begun, all],
    [later, few],
  ] as const) {
    expect(Object.keys(session.runs)).toEqual(['succeeded']);
    expect(session.runs['succeeded']).toBeGreaterThanOrEqual(datasets.length * organisations);
    // No call more than alone, but for what people asked for in between.
    expect(session.xeroCalls).toBeLessThanOrEqual(expected.xeroCalls + 4 * first.xeroCalls);
    expect(session.reads).toBeLessThanOrEqual(expected.reads * 1.02 + 40);
    expect(session.ms).toBeLessThanOrEqual(1.1 * boundMs(expected) + most);
    expect(session.late).toBe(0);
    expect(idleMinutes(session.samples, leastInLine)).toEqual([]);
    for (const { startsMs } of session.people) expect(startsMs).toBeLessThan(10_000);
  }
  // As the other sides saw it: every limit of every organisation, of every person, of the app and of the project.
  const none = { app: 0, minute: 0, day: 0, concurrent: 0, appInStretches: false };
  expect(world.xero.judged()).toEqual({ organisations, ...none });
  const limits = 2 + 2 * Math.ceil(organisations / perPerson);
  expect(world.google.judged()).toEqual({ limits, exceeded: 0, inStretches: 0 });
  await world.close();
});

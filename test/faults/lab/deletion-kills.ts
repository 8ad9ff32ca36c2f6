/** The erasing of an organisation, killed before and after each effect that it comes to; prints a line of JSON for each. */
import { diceOf } from './dice.ts';
import { noExtras } from './extras.ts';
import { planAt, quietHabits } from './plan.ts';
import { playSeed } from './scenario.ts';

export interface KilledErasing {
  label: string;
  when: 'before' | 'after';
  time: number;
  isDead: boolean;
  violations: string[];
}

const seed = 11;
/** With which nobody undoes the deletion. */
const extrasSeed = 4;
/** A first call of each label, and one in the middle. */
const times = [1, 4];

const play = async (at: Parameters<typeof planAt>[1]) => {
  const plan = planAt(quietHabits, at);
  const extras = { ...noExtras, isDeleted: true, dice: diceOf(extrasSeed) };
  const outcome = await playSeed(seed, {
    ...{ plan, extras, exporters: 2, isAlone: false },
    act: async ({ scheduler }, { exporters }, people) => {
      for (const id of exporters) await people.start(id);
      await scheduler.sleepUntil(scheduler.now() + 60_000);
    },
  });
  return { outcome, isDead: plan.hasHappened() };
};

const { outcome: quiet } = await play({ label: 'none', when: 'before', kind: 'none' });
if (quiet.violations.length > 0) throw new Error(JSON.stringify(quiet.violations));
const labels = [...quiet.points]
  .flatMap((point) => (point.startsWith('erase ') ? [point.slice(6)] : []))
  .sort();
for (const label of labels)
  for (const when of ['before', 'after'] as const)
    for (const time of times) {
      const { outcome, isDead } = await play({ label, when, kind: 'erase', time });
      // It does not come there so often.
      if (!isDead) break;
      const violations = outcome.violations.map(({ invariant, what }) => `${invariant}: ${what}`);
      const line: KilledErasing = { label, when, time, isDead, violations };
      process.stdout.write(`${JSON.stringify(line)}\n`);
    }

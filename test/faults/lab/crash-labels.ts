/**
 * Every label, killed before and after its effect in each kind of step that comes to it; prints a line of JSON for each. The
 * labels are those of the ports as they are wired: a new one that nothing here comes to is printed as left.
 */

import { hasEnded } from '../../../server/domain/run.ts';
import { signer } from '../../../server/sandbox/xero/oauth/signing.ts';
import type { LabWorld } from './lab-world.ts';
import type { People } from './people.ts';
import { planAt, quietHabits } from './plan.ts';
import { playSeed } from './scenario.ts';
import type { Setting } from './setting.ts';

export type CrashLine =
  | {
      kind: 'killed';
      step: string;
      label: string;
      when: 'before' | 'after';
      isDead: boolean;
      violations: string[];
    }
  | { kind: 'labels'; all: string[]; reached: string[] };

const seed = 11;
const minute = 60_000;

/** A first run, a second with tokens that ran out and changed books; staged, so that every way of writing is gone. */
async function twoRuns(world: LabWorld, setting: Setting, people: People): Promise<void> {
  const { scheduler, store } = world;
  for (let round = 0; round < 2; round += 1) {
    for (let edit = 0; round > 0 && edit < 6; edit += 1) people.editBooks();
    for (const id of setting.exporters) await people.start(id);
    for (let waited = 0; waited < 200; waited += 1) {
      await scheduler.sleepUntil(scheduler.now() + 2_000);
      const runs = await store.query('runs', { limit: 50 });
      if (runs.length > 0 && runs.every(({ data }) => hasEnded(data))) break;
    }
    await scheduler.sleepUntil(scheduler.now() + 65 * minute);
  }
}

const play = (at: Parameters<typeof planAt>[1]) => {
  const plan = planAt(quietHabits, at);
  return playSeed(seed, { plan, exporters: 1, isAlone: false, isStaged: true, act: twoRuns }).then(
    (outcome) => ({ outcome, plan }),
  );
};
const tell = (line: CrashLine): void => void process.stdout.write(`${JSON.stringify(line)}\n`);

await signer().sign({});
const { outcome: quiet } = await play({ label: 'none', when: 'before', kind: 'none' });
if (quiet.violations.length > 0) throw new Error(JSON.stringify(quiet.violations));
const labels = [...quiet.labels].sort();
tell({
  kind: 'labels',
  all: labels,
  reached: [...new Set([...quiet.points].map((point) => point.split(' ')[1] ?? ''))].sort(),
});
for (const point of [...quiet.points].sort()) {
  const [step = '', label = ''] = point.split(' ');
  for (const when of ['before', 'after'] as const) {
    const { outcome, plan } = await play({ label, when, kind: step });
    tell({
      kind: 'killed',
      step,
      label,
      when,
      isDead: plan.hasHappened() && outcome.kills.has(`${step} ${label} ${when}`),
      violations: outcome.violations.map(({ invariant, what }) => `${invariant}: ${what}`),
    });
  }
}

/** The last look: a run of each exporter in calm, nine days later, must leave in every tab exactly what Xero has. */
import type { Exporter } from '../../../server/domain/exporter.ts';
import { hasEnded, type Run } from '../../../server/domain/run.ts';
import { blockIn, oracleToken, recordsAtXero, tableOf } from './books-and-tabs.ts';
import { type LabWorld, skipTime } from './lab-world.ts';
import type { People } from './people.ts';
import type { Setting } from './setting.ts';
import { leaksIn } from './watch.ts';
import { unitsOf } from './watched-step.ts';

const day = 86_400_000;
/** A day's limit that was met before the calm is kept to in it: 25 hours at most, and some to go on. */
const patienceMs = 27 * 3_600_000;
/** Refusals that name what people did to their own tab, and that they may answer with yes. */
const theirDoing = new Set(['BLOCK_OVERLAP', 'BLOCK_DAMAGED', 'RANGE_PROTECTED']);
const answers = { MANY_REMOVED: 'many-removed', EMPTY_ANSWER: 'empty-answer' } as const;

/**
 * A run of each at once: after the next pull no record is missing and none is old, though what vanished without a trace may stand.
 * Then one nine days later, when every list is read whole and the tabs must be right to the cell.
 */
export async function lastRuns(world: LabWorld, setting: Setting, people: People): Promise<void> {
  const { scheduler, store, xero } = world;
  await runEach(world, setting, people);
  xero.control.setLimits({ isOn: false });
  const access = await scheduler.busy(() => oracleToken(world, setting.organisations));
  for (const id of setting.exporters) {
    const exporter = (await store.get('exporters', id))?.data;
    if (exporter !== undefined && world.last.get(id)?.error === null)
      await compare(world, id, exporter, access, 'next');
  }
  xero.control.setLimits({ isOn: true });
  // What is owed to a grant is made good meanwhile.
  await scheduler.sleepUntil(scheduler.now() + 12 * 60_000);
  skipTime(world, 9 * day);
  await scheduler.sleepUntil(scheduler.now() + 61_000);
  await runEach(world, setting, people);
}

async function runEach(
  { scheduler, store, watch, last }: LabWorld,
  setting: Setting,
  people: People,
): Promise<void> {
  const ended = async (runId: string): Promise<Run | undefined> => {
    const until = scheduler.now() + patienceMs;
    while (scheduler.now() < until) {
      const run = (await store.get('runs', runId))?.data;
      if (run && hasEnded(run)) return run;
      const waitMs = (run?.dueAt ?? 0) - scheduler.now();
      await scheduler.sleepUntil(scheduler.now() + Math.min(Math.max(waitMs, 3_000), 20 * 60_000));
    }
    return undefined;
  };
  for (const id of setting.exporters) {
    let code = '';
    for (let time = 0; time < 3; time += 1) {
      const answer = answers[code as keyof typeof answers];
      const run = await ended(await people.start(id, answer === undefined ? [] : [answer]));
      if (run === undefined) return watch.violate('liveness', `the last run of ${id} did not end`);
      last.set(id, run);
      if (run.error === null) break;
      code = run.error.code;
    }
  }
}

/** `next`: after a pull of what changed; `whole`: after a sweep. */
async function compare(
  world: LabWorld,
  id: string,
  exporter: Exporter,
  access: string,
  after: 'next' | 'whole',
): Promise<number> {
  const { watch, google } = world;
  const wanted = tableOf((await recordsAtXero(world, exporter, access)).values(), exporter);
  const block = blockIn(google.control.dump(exporter.destination.spreadsheetId), id, exporter);
  if (!block) {
    watch.violate('I1', `${id} has no whole block`);
    return wanted.broken;
  }
  const lost = wanted.rows.filter((row) => !block.rows.includes(row));
  const more = block.rows.filter((row) => !wanted.rows.includes(row));
  const isDoubled =
    new Set(block.rows).size < block.rows.length && new Set(wanted.rows).size === wanted.rows.length;
  if (lost.length > 0 || isDoubled || (after === 'whole' && more.length > 0))
    watch.violate(
      'I1',
      `${id} (${exporter.dataset}) after the ${after} pull: ${wanted.rows.length} rows wanted, ${block.rows.length} shown; lost ${lost.slice(0, 2)}; beyond ${more.slice(0, 2)}`,
    );
  return wanted.broken;
}

export async function finalChecks(world: LabWorld, setting: Setting, people: People): Promise<void> {
  const { watch, store, google, graces } = world;
  world.xero.control.setLimits({ isOn: false });
  const access = await oracleToken(world, setting.organisations);
  for (const id of setting.exporters) {
    const exporter = (await store.get('exporters', id))?.data;
    const run = world.last.get(id);
    if (exporter === undefined || run === undefined) continue;
    if (exporter.activeRunId !== null) watch.violate('I5', `${id} is held by run ${exporter.activeRunId}`);
    if (run.error !== null) {
      if (!theirDoing.has(run.error.code))
        watch.violate('I1', `the last run of ${id} ${run.status}: ${JSON.stringify(run.error)}`);
      continue;
    }
    const broken = await compare(world, id, exporter, access, 'whole');
    const gaps = run.gaps.reduce((sum, { count }) => sum + count, 0);
    if (gaps !== broken) watch.violate('I1', `${id} names ${gaps} gaps of ${broken}`);
    if (run.status !== (broken > 0 ? 'succeeded-with-gaps' : 'succeeded'))
      watch.violate('I2', `${id} ${run.status} with ${broken} gaps`);
  }
  for (const spreadsheetId of setting.spreadsheets)
    for (const { title, hidden } of google.control.dump(spreadsheetId).sheets)
      if (hidden && /staging/i.test(title)) watch.violate('I4', `${title} was left behind`);
  for (const { id, data } of await store.query('grants', { limit: 20 }))
    if (data.status !== 'active' && !people.hasEnded() && !graces.isPastSaving(id))
      watch.violate('I7', `grant ${id} of ${data.provider} is ${data.status}, though nobody ended it`);
  await checkRuns(world);
  await checkSecrets(world);
}

async function checkRuns(world: LabWorld): Promise<void> {
  const { watch, store } = world;
  const runs = await store.query('runs', { limit: 300 });
  world.ended = runs.map(({ data }) => data);
  // Each death, standstill, failure or cancel may cost one unit, and no more (I9).
  const units = [...(unitsOf.get(watch)?.values() ?? [])].reduce((sum, count) => sum + count, 0);
  const recorded = runs.reduce((sum, { data }) => sum + data.units, 0);
  if (units - recorded > watch.disturbances() + 1)
    watch.violate('I9', `${units} units for ${recorded} recorded, with ${watch.disturbances()} disturbances`);
  const slackMs = 2 * 60_000 + 2 * world.plan.habits.skewMs;
  for (const { id, data } of runs) {
    if (!hasEnded(data)) watch.violate('I5', `run ${id} is ${data.status}`);
    // Nobody ticked in the days that were left out.
    const wasOpen = world.skips.some((at) => data.requestedAt <= at && (data.endedAt ?? 0) > at);
    const lastAt = world.graces.thereAgain(data.deadlineAt + slackMs) + slackMs;
    if (!wasOpen && (data.endedAt ?? 0) > lastAt)
      watch.violate('I5', `run ${id} ended ${(data.endedAt ?? 0) - data.deadlineAt} ms after its deadline`);
    if (data.status === 'failed' && data.error === null)
      watch.violate('I5', `run ${id} failed without a reason`);
    if (data.error?.code === 'INTERNAL') watch.violate('bug', `run ${id} ended by a bug`);
    if ((data.status === 'succeeded') !== (data.status.startsWith('succeeded') && data.gaps.length === 0))
      watch.violate('I2', `run ${id} is ${data.status} with ${data.gaps.length} gaps`);
  }
}

/** Canaries in what is stored, queued or said (I11). */
async function checkSecrets({ watch, store, queue }: LabWorld): Promise<void> {
  const secrets = watch.secrets();
  const tell = (where: string) => (secret: string) => watch.violate('I11', `${secret}… in ${where}`);
  for (const collection of [
    'grants',
    'connections',
    'exporters',
    'runs',
    'pulls',
    'leases',
    'notices',
    'budgets',
  ] as const)
    for (const { id, data } of await store.query(collection, { limit: 300 }))
      leaksIn(JSON.stringify(data), secrets, tell(`${collection}/${id}`));
  leaksIn(queue.payloads().join(' '), secrets, tell('a task'));
}

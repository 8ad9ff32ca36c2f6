/**
 * The last act of some seeds: an organisation is disconnected and its data deleted in the middle of its runs, under all the
 * troubles there are; then it is undone and everything must be right again, or thirty days pass and nothing of it may be left.
 */
import { mirrorIdOf } from '../../../server/domain/mirror-pointer.ts';
import { hasEnded } from '../../../server/domain/run.ts';
import type { Task } from '../../../server/ports.ts';
import { deleteOrganisationData, undoDeletion } from '../../../server/use-cases/delete-organisation-data.ts';
import { disconnect } from '../../../server/use-cases/disconnect.ts';
import { startExporterRun } from '../../../server/use-cases/start-run.ts';
import { calmDown } from './calm-down.ts';
import { checkErased, type Doomed, stateOf } from './deletion-checks.ts';
import { insistIn, serverUp } from './insist.ts';
import { type LabWorld, skipTime } from './lab-world.ts';
import type { People } from './people.ts';
import { connectXero, type Setting } from './setting.ts';

const minute = 60_000;

/** Undefined: there was nothing to delete. */
export async function deletionAct(
  world: LabWorld,
  setting: Setting,
  people: People,
): Promise<'undone' | 'erased' | undefined> {
  const { dice } = world.extras;
  const doomed = await someOrganisation(world, setting);
  if (doomed === undefined) return undefined;
  world.plan.rouse();
  world.xero.control.setLimits({ isOn: true });
  await askForDeletion(world, doomed, people);
  await pause(world, dice.one([1_000, 40_000, 11 * minute]));
  await triesInBetween(world, setting, doomed);
  if (dice.chance(0.35)) {
    await insistIn(world, dice)('undo a deletion', async (ports) => {
      // Undone by a click whose answer was lost.
      if ((await world.store.get('deletions', doomed.mirrorId)) !== undefined)
        await undoDeletion(ports, doomed.actor, doomed);
    });
    calmDown(world);
    await people.makeGood();
    await people.reconnect();
    return 'undone';
  }
  await dayComes(world, doomed, people);
  return 'erased';
}

async function someOrganisation(world: LabWorld, { exporters }: Setting): Promise<Doomed | undefined> {
  const { store, extras } = world;
  const first = (await store.get('exporters', extras.dice.one(exporters)))?.data;
  if (first === undefined) return undefined;
  const { teamId, organisationId, connectionId } = first;
  const connection = (await store.get('connections', connectionId))?.data;
  if (connection === undefined) return undefined;
  const mine: string[] = [];
  for (const id of exporters) {
    const data = (await store.get('exporters', id))?.data;
    if (data?.teamId === teamId && data.organisationId === organisationId) mine.push(id);
  }
  const mirrorId = mirrorIdOf(teamId, organisationId);
  const actor = { userId: 'user', teamId, role: 'owner' as const };
  return {
    actor,
    teamId,
    organisationId,
    connectionId,
    mirrorId,
    exporters: mine,
    name: connection.name,
    isConnectedAgain: false,
  };
}

/** With its runs under way. */
async function askForDeletion(world: LabWorld, doomed: Doomed, people: People): Promise<void> {
  const { extras, store, watch } = world;
  const { dice } = extras;
  const { actor, connectionId, name } = doomed;
  const insist = insistIn(world, dice);
  const mustFail = mustFailIn(world);
  for (const id of doomed.exporters) if (dice.chance(0.7)) await people.start(id);
  await pause(world, dice.one([50, 900, 4_000, 30_000]));
  const active = (await store.query('connections', { limit: 20 })).some(
    ({ id, data }) => id === connectionId && data.status === 'active',
  );
  if (active && dice.chance(0.3))
    await mustFail('delete what is connected', (ports) =>
      deleteOrganisationData(ports, actor, { connectionId, name }),
    );
  await insist('disconnect', (ports) => disconnect(ports, actor, { connectionId }));
  if (dice.chance(0.3))
    await mustFail('delete under another name', (ports) =>
      deleteOrganisationData(ports, actor, { connectionId, name: `${name} Ltd` }),
    );
  const stranger = { ...actor, teamId: 'strangers' };
  if (dice.chance(0.3))
    await mustFail('delete as a stranger', (ports) =>
      deleteOrganisationData(ports, stranger, { connectionId, name }),
    );
  // Each run that it stops may lose its unit.
  for (const _ of doomed.exporters) watch.disturbed();
  watch.event(`${name} is to be deleted`);
  await insist('delete data', (ports) => deleteOrganisationData(ports, actor, { connectionId, name }));
  for (const id of doomed.exporters) {
    const run = (await store.get('runs', (await store.get('exporters', id))?.data.activeRunId ?? ''))?.data;
    if (run !== undefined && !hasEnded(run))
      watch.violate('G27', `a run of ${id} goes on after the deletion`);
  }
}

/** While it is to be deleted nothing of it is run, connected or made again. */
async function triesInBetween(world: LabWorld, setting: Setting, doomed: Doomed): Promise<void> {
  const { dice } = world.extras;
  const mustFail = mustFailIn(world);
  for (const id of doomed.exporters)
    if (dice.chance(0.5))
      await mustFail('run what is to be deleted', (ports) => startExporterRun(ports, doomed.actor, id));
  if (!dice.chance(0.4)) return;
  doomed.isConnectedAgain = true;
  const user = setting.teams.find(({ teamId }) => teamId === doomed.teamId)?.user ?? 0;
  await mustFail('connect what is to be deleted', (ports) =>
    connectXero(world, ports, doomed.teamId, user, [doomed.organisationId]),
  );
}

/** Thirty days on; the erasing is stopped wherever the seed's troubles stop it, and late tasks come in between. */
async function dayComes(world: LabWorld, doomed: Doomed, people: People): Promise<void> {
  const { scheduler, store, watch, extras } = world;
  const { dice } = extras;
  const late = await lateTasks(world, doomed);
  const before = await stateOf(world, doomed);
  const dueAt = (await store.get('deletions', doomed.mirrorId))?.data.dueAt;
  if (dueAt === undefined) return watch.violate('G27', 'the deletion is gone before its day');
  await pause(world, dice.one([0, 2 * minute]));
  const early = dice.one([0, 20_000, 3 * minute]);
  skipTime(world, Math.max(0, dueAt - early - scheduler.now()));
  if (early > minute && (await store.get('deletions', doomed.mirrorId)) === undefined)
    watch.violate('G27', 'the data went before its day');
  for (let time = dice.one([2, 6, 15]); time > 0; time -= 1) {
    await pause(world, dice.one([5_000, 30_000, 2 * minute]));
    if (late.length > 0 && dice.chance(0.6)) void deliver(world, dice.one(late));
  }
  calmDown(world);
  await people.makeGood();
  // A lease that was taken by a clock that ran ahead ends late.
  const until = scheduler.now() + 75 * minute + 2 * world.plan.habits.skewMs;
  while ((await store.get('deletions', doomed.mirrorId)) !== undefined) {
    if (scheduler.now() > until) return watch.violate('G27', 'calm did not end the erasing');
    await pause(world, minute);
  }
  await checkErased(world, doomed, before);
  for (const task of late) await deliver(world, task);
  await pause(world, 20 * minute);
  await checkErased(world, doomed, before);
}

const deliver = async (world: LabWorld, task: Task): Promise<void> => {
  await (await serverUp(world, world.extras.dice)).handle(task);
};

/** Every task that there ever was for it. */
async function lateTasks({ store, queue }: LabWorld, { exporters }: Doomed): Promise<Task[]> {
  const runs = new Set<string>();
  for (const { id, data } of await store.query('runs', { limit: 300 }))
    if (exporters.includes(data.exporterId)) runs.add(id);
  return queue
    .payloads()
    .map((text) => JSON.parse(text) as Task)
    .filter(({ payload }) => runs.has(String(payload['runId'])));
}

const mustFailIn =
  (world: LabWorld) =>
  async (what: string, act: Parameters<ReturnType<typeof insistIn>>[1]): Promise<void> => {
    const server = await serverUp(world, world.extras.dice);
    if ((await server.attempt(what, act)) === 'done') world.watch.violate('G27', `somebody could ${what}`);
  };

const pause = ({ scheduler }: LabWorld, ms: number): Promise<void> =>
  scheduler.sleepUntil(scheduler.now() + ms);

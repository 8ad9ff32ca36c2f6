/** Cancel, asked for at every unit and between tasks: obeyed within the unit, and the exporter is free for the next run. */
import { afterEach, expect, test } from 'vitest';
import { requestRunCancel } from '../../server/engine/request-cancel.ts';
import { startRun } from '../../server/engine/start-run.ts';
import { playOut } from './play-out.ts';
import { exporterId, newWorld, smallSteps, teamId, type World } from './world.ts';

const worlds: World[] = [];
afterEach(() => {
  for (const world of worlds.splice(0)) world.close();
});
async function made(): Promise<World> {
  const world = await newWorld();
  worlds.push(world);
  return world;
}
const input = { teamId, exporterId, requestedBy: 'user', trigger: 'manual' as const, steps: smallSteps };

const units = 17;
/** The unit that waits is the fourteenth to begin, and records nothing. */
const waits = 13;

test('a cancel as any unit begins ends the run before that unit has an effect', async () => {
  for (let at = 0; at < units; at += 1) {
    const world = await made();
    const { run, runId } = await playOut(world, {
      onUnit: async () => {
        if (world.units.length !== at + 1) return;
        const [stored] = await world.store.query('runs', { limit: 1 });
        if (stored) await requestRunCancel(world, stored.id, world.options);
      },
    });
    expect(world.units, `unit ${at}`).toHaveLength(at + 1);
    expect(run.status, `unit ${at}`).toBe('cancelled');
    expect(run.units, `unit ${at}`).toBe(at <= waits ? at : at - 1);
    expect(run.counters.xeroCalls + run.counters.rows / 5, `unit ${at}`).toBe(run.units);
    const exporter = (await world.store.get('exporters', exporterId))?.data;
    expect(exporter, `unit ${at}`).toMatchObject({ activeRunId: null, lastRunId: runId, status: 'active' });
    expect((await startRun(world, input)).isNew).toBe(true);
  }
});

test('a cancel after the last effect comes too late: what is whole is not called cancelled', async () => {
  const world = await made();
  let writes = 0;
  const { run } = await playOut(world, {
    onPoint: async ({ label, side }) => {
      if (label !== 'sheet.write' || side !== 'after') return;
      writes += 1;
      const [stored] = writes === 6 ? await world.store.query('runs', { limit: 1 }) : [];
      if (stored)
        expect(await requestRunCancel(world, stored.id, world.options)).toMatchObject({ status: 'running' });
    },
  });
  expect(run).toMatchObject({ status: 'succeeded-with-gaps', units: 16 });
});

test('a cancel after the effect of a unit lets that unit be recorded, and no other begin', async () => {
  const world = await made();
  const { run } = await playOut(world, {
    onPoint: async ({ label, side }) => {
      if (label !== 'blobs.put' || side !== 'after') return;
      const [stored] = await world.store.query('runs', { limit: 1 });
      if (stored) await requestRunCancel(world, stored.id, world.options);
    },
  });
  expect(run).toMatchObject({ status: 'cancelled', units: 1, counters: { xeroCalls: 1 } });
  expect(world.units).toHaveLength(1);
});

test('a queued and a waiting run are cancelled at once, and their tasks do nothing', async () => {
  for (const isWaiting of [false, true]) {
    const world = await made();
    const { run, runId } = await playOut(world, {
      pick: (due) => (isWaiting ? due[0] : undefined),
      onPoint: async ({ label, side }) => {
        // The tick comes by before the first task is taken, and while the run waits.
        if (label !== 'store.query' || side !== 'before') return;
        const [stored] = await world.store.query('runs', { limit: 1 });
        if (stored?.data.status === (isWaiting ? 'waiting' : 'queued'))
          expect((await requestRunCancel(world, stored.id, world.options))?.status).toBe('cancelled');
      },
    });
    expect(run).toMatchObject({ status: 'cancelled', dueAt: null, waitingFor: null, leaseUntil: null });
    expect(await requestRunCancel(world, runId, world.options)).toEqual(run);
    expect(world.units).toHaveLength(isWaiting ? waits + 1 : 0);
  }
});

test('a cancel whose worker died ends the run without another unit', async () => {
  const world = await made();
  const { run } = await playOut(world, {
    isAlone: true,
    onPoint: async (_, number, life, lifeNumber) => {
      if (lifeNumber > 0 || number !== 20) return;
      const [stored] = await world.store.query('runs', { limit: 1 });
      if (stored) await requestRunCancel(world, stored.id, world.options);
      life.kill();
    },
  });
  expect(run.status).toBe('cancelled');
});

test('there is nothing to cancel under an unknown id', async () => {
  expect(await requestRunCancel(await made(), 'unknown')).toBeUndefined();
});

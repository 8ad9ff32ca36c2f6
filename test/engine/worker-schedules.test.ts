/** The product as it is wired: an exporter runs by itself when its time has come, and again after an outage, once. */
import { expect, it } from 'vitest';
import { temporaryFolders } from '../support/folders.ts';
import { amelia, servedPerson } from '../support/served-person.ts';
import { servedWorld } from '../support/served-world.ts';

const newFolder = temporaryFolders();
const hour = 3_600_000;

it('the worker runs an exporter at its slot, as it was shown', async () => {
  const world = await servedWorld({ folder: newFolder(), environment: { ENGINE_TICK_MS: '1000' } });
  try {
    const person = await servedPerson(world, amelia);
    const [connection] = await person.connectXero();
    const { id: exporterId } = await person.makeExporter(connection?.id ?? '');
    const params = { exporterId };
    const schedule = { cadence: 'hourly', minute: 30, zone: 'Pacific/Auckland' } as const;
    const { nextDueAt } = await person.call('editExporter', { params, body: { schedule } });
    await world.work();
    const ended = async () => {
      const { runs } = await person.call('listRuns', { params });
      return runs.map(({ status, trigger, slotAt }) => ({ status, trigger, slotAt }));
    };
    expect(await ended()).toEqual([]);
    const first = { status: 'succeeded', trigger: 'scheduled', slotAt: nextDueAt };
    world.clock.advance(Date.parse(nextDueAt ?? '') - world.clock.now());
    await expect.poll(ended).toEqual([first]);
    const { nextDueAt: second } = await person.call('getExporter', { params });
    expect(Date.parse(second ?? '') - Date.parse(nextDueAt ?? '')).toBe(hour);
    world.clock.advance(7 * hour);
    await expect.poll(ended).toEqual([{ ...first, slotAt: second }, first]);
    const { nextDueAt: third, published } = await person.call('getExporter', { params });
    expect(Date.parse(third ?? '')).toBeGreaterThan(world.clock.now());
    expect(published?.rows).toBeGreaterThan(0);
  } finally {
    await world.close();
  }
});

/** The product as it is wired: its worker looks after mirrors by itself. */
import { setTimeout as pause } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { tidyEveryMs } from '../../../server/engine/upkeep/tidy-mirrors.ts';
import { openQueryEngine } from '../../../server/mirror/query.ts';
import { cutOf, mirrorIn, put } from '../../mirror/world.ts';
import { temporaryFolders } from '../../support/folders.ts';
import { servedWorld } from '../../support/served-world.ts';

const newFolder = temporaryFolders();

it('the worker tidies mirrors whose turn has come', async () => {
  const folder = newFolder();
  const world = await servedWorld({ folder });
  const query = openQueryEngine({
    folder: `${folder}/other`,
    memoryLimitMb: 128,
    timeoutMs: 30_000,
    clock: world.clock,
    log: world.log,
  });
  try {
    const mirror = await mirrorIn({ ...world.ports, query });
    for (const id of ['a', 'b', 'c', 'd', 'e'])
      await put(mirror, 'accounts', cutOf('accounts', { AccountID: id }), id);
    const stored = await world.store.get('mirrors', mirror.id);
    if (stored === undefined) throw new Error('no mirror');
    const tidiedAt = world.clock.now() - tidyEveryMs;
    await world.store.replace('mirrors', mirror.id, stored.revision, { ...stored.data, tidiedAt });
    await world.work();
    const segments = async () => (await mirror.index()).resources['accounts']?.segments.length;
    for (let looks = 0; looks < 1_000 && (await segments()) !== 1; looks += 1) await pause(10);
    expect(await segments()).toBe(1);
  } finally {
    await query.close();
    await world.close();
  }
});

/** Mirrors are kept small beside pulls and queries, and what they say never changes. */
import { describe, expect, it } from 'vitest';
import type { Run } from '../../../server/domain/run.ts';
import { takePart } from '../../../server/engine/steps/pull/own-pull.ts';
import { quieten } from '../../../server/engine/upkeep/quiet-mirror.ts';
import { tidyEveryMs, tidyMirrors, tidySoonerMs } from '../../../server/engine/upkeep/tidy-mirrors.ts';
import { eraseMirror } from '../../../server/mirror/erase.ts';
import { openMirror } from '../../../server/mirror/open-mirror.ts';
import type { QueryEngine } from '../../../server/mirror/query.ts';
import { verifyMirror } from '../../../server/mirror/verify.ts';
import { cutOf, idsOf, mirrorIn, mirrorWorlds, put } from '../../mirror/world.ts';
import { recordingLog } from '../../support/recording-log.ts';
import { virtualClock } from '../../support/virtual-clock.ts';

const worlds = mirrorWorlds();
const mirrorId = 'team1.org1';
const day = 86_400_000;

async function worldWith(commits: number) {
  const clock = virtualClock();
  const log = recordingLog();
  let ids = 0;
  const ports = { ...worlds.ports(), clock, log, ids: { next: () => `id${ids++}` } };
  const mirror = await mirrorIn(ports);
  for (let n = 0; n < commits; n += 1)
    await put(mirror, 'accounts', cutOf('accounts', { AccountID: `a${n % 5}`, Name: String(n) }), `c${n}`);
  return {
    ports,
    clock,
    log,
    mirror,
    segments: async () => (await mirror.index()).resources['accounts']?.segments.length,
    files: () => [...ports.blobs.files.keys()].filter((path) => path.includes('/segments/')).length,
    stored: async () => (await ports.store.get('mirrors', mirrorId))?.data,
    pull: (runId: string | null) =>
      ports.store.transaction(async (tx) =>
        tx.set('pulls', mirrorId, {
          v: 1,
          teamId: 'team1',
          runId,
          number: 1,
          startedAt: 0,
          isClosed: false,
          asks: {},
          reads: {},
          missing: {},
        }),
      ),
    run: (run: Partial<Run>) => ports.store.transaction(async (tx) => tx.set('runs', 'owner', run as Run)),
  };
}

describe('a mirror whose turn has come', () => {
  it('becomes few segments, and what they replaced goes after a day', async () => {
    const world = await worldWith(9);
    const { ports, clock, mirror } = world;
    const before = await idsOf(mirror, 'accounts');
    await mirror.writeSegment('accounts', cutOf('accounts', { AccountID: 'of a dead run' }), 1);
    await tidyMirrors(ports);
    expect([await world.segments(), world.files()]).toEqual([9, 10]);
    await clock.advance(tidyEveryMs);
    for (let ticks = 0; ticks < 4; ticks += 1) await tidyMirrors(ports);
    expect([await world.segments(), world.files()]).toEqual([1, 11]);
    for (let turns = 0; turns < 5; turns += 1) {
      await clock.advance(tidyEveryMs);
      await tidyMirrors(ports);
    }
    expect(world.files()).toBe(1);
    expect(await idsOf(mirror, 'accounts')).toEqual(before);
    expect(await verifyMirror(ports, mirrorId)).toEqual([]);
    expect(ports.blobs.files.size).toBeLessThan(8);
    expect(world.log.entries.filter(({ level }) => level === 'error')).toEqual([]);
  });

  it('reads nothing of a generation that it looked at before', async () => {
    const { ports, clock } = await worldWith(9);
    await clock.advance(tidyEveryMs);
    for (let ticks = 0; ticks < 4; ticks += 1) await tidyMirrors(ports);
    await clock.advance(tidyEveryMs);
    let asked = 0;
    const query: QueryEngine = {
      ...ports.query,
      ask: (prepare, take) => {
        asked += 1;
        return ports.query.ask(prepare, take);
      },
    };
    await tidyMirrors({ ...ports, query });
    expect(asked).toBe(0);
  });

  it('keeps its garbage while a pull is in flight, and looks again soon', async () => {
    const world = await worldWith(1);
    const { ports, clock, mirror } = world;
    const pending = await mirror.writeSegment('accounts', cutOf('accounts', { AccountID: 'pending' }), 1);
    const everyTurn = async (turns: number) => {
      for (let turn = 0; turn < turns; turn += 1) {
        await clock.advance(tidyEveryMs);
        await tidyMirrors(ports);
      }
    };
    await everyTurn(1);
    await world.pull('owner');
    await world.run({ status: 'waiting', dueAt: 1, endedAt: null });
    await everyTurn(6);
    expect(await idsOf(mirror, 'contacts', [pending])).toEqual([['pending', '']]);
    expect((await world.stored())?.tidiedAt).toBe(clock.now() - tidyEveryMs + tidySoonerMs);
    // Ended just now: its worker may still be storing what it read.
    await world.run({ status: 'cancelled', endedAt: clock.now() });
    expect(await quieten(ports, { mirrorId, teamId: 'team1' }, day)).toBeUndefined();
    await everyTurn(6);
    await expect(idsOf(mirror, 'contacts', [pending])).rejects.toMatchObject({ code: 'BLOB_DAMAGED' });
  });

  it('lets no pull begin while garbage is taken out, and lets it go on afterwards', async () => {
    const { ports, clock } = await worldWith(1);
    const input = {
      teamId: 'team1',
      organisationId: 'org1',
      connectionId: 'c',
      resources: ['accounts'],
      reports: [],
      isRemovalConfirmed: false,
    };
    const begin = () => takePart(ports, input, { runId: 'r', requestedAt: clock.now() });
    await quieten(ports, { mirrorId, teamId: 'team1' }, 10_000);
    await expect(begin()).rejects.toMatchObject({ code: 'PULL_IN_FLIGHT' });
    expect(await quieten(ports, { mirrorId, teamId: 'team1' }, 10_000)).toBeUndefined();
    await clock.advance(10_000);
    expect((await begin()).kind).toBe('begin');
  });

  it('removes nothing once its right to has ended', async () => {
    const world = await worldWith(1);
    const { ports, clock, mirror } = world;
    await mirror.writeSegment('accounts', cutOf('accounts', { AccountID: 'left' }), 1);
    await clock.advance(tidyEveryMs);
    await tidyMirrors(ports);
    const { list } = ports.blobs;
    const slow: typeof ports.blobs = {
      ...ports.blobs,
      async list(...given) {
        await clock.advance(day);
        return list(...given);
      },
    };
    await tidyMirrors({ ...ports, blobs: slow });
    await clock.advance(tidyEveryMs);
    await tidyMirrors({ ...ports, blobs: slow });
    expect(world.files()).toBe(2);
    expect(world.log.entries.some(({ level }) => level === 'error')).toBe(true);
  });

  it('that cannot be read does not keep the others', async () => {
    const world = await worldWith(5);
    const { ports, clock } = world;
    for (const path of [...ports.blobs.files.keys()])
      if (path.includes('/index/')) ports.blobs.files.delete(path);
    await clock.advance(1);
    const other = await openMirror(ports, {
      teamId: 'team2',
      organisationId: 'org1',
      pullerConnectionId: 'c',
    });
    for (let n = 0; n < 5; n += 1)
      await put(other, 'accounts', cutOf('accounts', { AccountID: `b${n}` }), `o${n}`);
    await clock.advance(tidyEveryMs);
    await tidyMirrors(ports);
    expect((await other.index()).resources['accounts']?.segments).toHaveLength(1);
    await eraseMirror(ports, mirrorId);
    await clock.advance(tidyEveryMs);
    await tidyMirrors(ports);
    expect(await ports.store.get('mirrors', mirrorId)).toBeUndefined();
  });
});

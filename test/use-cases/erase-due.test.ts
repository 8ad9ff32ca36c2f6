/** Erasing what was deleted: in order, once, and to the end wherever it is stopped. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Exporter } from '../../server/domain/exporter.ts';
import { mirrorIdOf } from '../../server/domain/mirror-pointer.ts';
import type { Actor } from '../../server/domain/team.ts';
import { startRun } from '../../server/engine/start-run.ts';
import type { Blobs, Ports, Queue, Store } from '../../server/ports.ts';
import {
  deleteOrganisationData,
  listReceipts,
  undoDeletion,
} from '../../server/use-cases/delete-organisation-data.ts';
import { disconnect } from '../../server/use-cases/disconnect.ts';
import { type ErasePorts, eraseDue } from '../../server/use-cases/erase-due.ts';
import { wrapMethods } from '../../server/wrappers/wrap-methods.ts';
import { type ConsentWorld, consentWorld } from '../support/consent-world.ts';
import { exporterDocument } from '../support/exporter-document.ts';
import { memoryBlobs } from '../support/memory-blobs.ts';

const dayMs = 24 * 3_600_000;
const canary = 'Canary & Sons';
let world: ConsentWorld;
let blobs: ReturnType<typeof memoryBlobs>;
let actor: Actor;
let ports: ErasePorts & Pick<Ports, 'store'>;
let connectionId: string;
let keptId: string;
let ids: { gone: string; kept: string };
const queue: Queue = { enqueue: async () => undefined };

beforeEach(freshWorld);
afterEach(() => world.close());

async function freshWorld(): Promise<void> {
  world = consentWorld();
  blobs = memoryBlobs();
  ports = { ...world.ports, blobs };
  actor = await world.actor();
  const outcome = await world.connect(actor, { organisations: [0, 1] });
  const [gone, kept] = outcome.kind === 'connected' ? outcome.connections : [];
  connectionId = gone?.id ?? '';
  keptId = kept?.id ?? '';
  ids = {
    gone: mirrorIdOf(actor.teamId, gone?.organisationId ?? ''),
    kept: mirrorIdOf(actor.teamId, kept?.organisationId ?? ''),
  };
  for (const [mirrorId, connection] of [
    [ids.gone, gone],
    [ids.kept, kept],
  ] as const) {
    if (connection === undefined) throw new Error('not connected');
    const { organisationId } = connection;
    const { store } = ports;
    await store.create('mirrors', mirrorId, {
      v: 1,
      teamId: actor.teamId,
      organisationId,
      pullerConnectionId: connection.id,
      wrappedKey: `wrapped key of ${mirrorId}`,
      generation: 3,
      indexPath: '',
    });
    await store.create('snapshots', `${mirrorId}.3`, {
      v: 1,
      teamId: actor.teamId,
      mirrorId,
      generation: 3,
      path: 'x',
      takenAt: 1,
    });
    for (let file = 0; file < 3; file += 1)
      await blobs.put(`mirrors/${mirrorId}/segments/contacts/${file}.parquet`, Buffer.from(`sealed ${file}`));
    const exporter: Exporter = {
      ...exporterDocument(),
      teamId: actor.teamId,
      name: canary,
      connectionId: connection.id,
      organisationId,
      activeRunId: null,
    };
    const exporterId = `exporter${mirrorId === ids.gone ? 'gone' : 'kept'}`;
    await store.create('exporters', exporterId, exporter);
    await startRun(
      { ...ports, queue },
      {
        teamId: actor.teamId,
        exporterId,
        requestedBy: actor.userId,
        trigger: 'manual',
        steps: [{ kind: 'pull', input: { canary } }],
      },
    );
  }
  const place = { confirmed: [], requestedAt: 1, trigger: 'scheduled' as const, settled: null };
  const itsOwn = { ...place, exporterId: 'exportergone' };
  const another = { ...place, exporterId: 'exporterkept' };
  const gathering = { v: 1 as const, teamId: actor.teamId, turn: null };
  await ports.store.create('gatherings', 'of one', { ...gathering, runs: { one: itsOwn } });
  await ports.store.create('gatherings', 'of both', { ...gathering, runs: { one: itsOwn, other: another } });
}

const name = () => world.xero.organisations[0]?.name ?? '';
async function due(days = 30): Promise<void> {
  await disconnect(ports, actor, { connectionId });
  await deleteOrganisationData(ports, actor, { connectionId, name: name() });
  await world.clock.advance(days * dayMs);
}

/** Every document but the receipt and the audit, and every path of a blob. */
async function left(): Promise<string> {
  const names = [
    'mirrors',
    'snapshots',
    'exporters',
    'runs',
    'connections',
    'pulls',
    'deletions',
    'notices',
    'gatherings',
  ] as const;
  const found = await Promise.all(names.map((one) => ports.store.query(one, { limit: 100 })));
  return JSON.stringify([found, [...blobs.files.keys()].sort()]);
}

/** What is left when nothing stood in the way, and the receipt. */
async function erased(): Promise<void> {
  const text = await left();
  expect(text).not.toContain(ids.gone);
  expect(text).not.toContain(connectionId);
  expect(text).not.toContain('exportergone');
  expect(await ports.store.query('deletions', { limit: 10 })).toEqual([]);
  const gatherings = await ports.store.query('gatherings', { limit: 10 });
  expect(gatherings.map(({ id, data }) => [id, Object.keys(data.runs)])).toEqual([['of both', ['other']]]);
  const { receipts } = await listReceipts(ports, actor);
  expect(receipts).toHaveLength(1);
  expect(receipts[0]?.text).toMatch(/Files of the mirror +3 with 24 bytes/);
  expect(receipts[0]?.text).toMatch(/Snapshots +1\n.*Exporters +1\n.*Runs +1\n/);
  expect(receipts[0]?.text).toMatch(/Data key destroyed +[0-9a-f]{16}\n/);
  const acts = await ports.store.query('audit', { limit: 100 });
  expect(acts.filter(({ data }) => data.act === 'erase')).toHaveLength(1);
}

describe('the chore', () => {
  test('waits for the day, and does nothing when it was undone', async () => {
    await due(29);
    const before = await left();
    await eraseDue(ports);
    expect(await left()).toBe(before);
    await undoDeletion(ports, actor, { connectionId });
    const undone = await left();
    await world.clock.advance(2 * dayMs);
    await eraseDue(ports);
    expect(await left()).toBe(undone);
  });

  test('erases one organisation whole and leaves the other as it was', async () => {
    const others = async () =>
      JSON.stringify([
        await ports.store.get('mirrors', ids.kept),
        await ports.store.get('connections', keptId),
        await ports.store.get('exporters', 'exporterkept'),
        await ports.store.query('runs', {
          where: [{ field: 'exporterId', op: '==', value: 'exporterkept' }],
          limit: 9,
        }),
        [...blobs.files.keys()].filter((path) => path.includes(ids.kept)),
      ]);
    const before = await others();
    await due();
    await eraseDue(ports);
    await erased();
    expect(await others()).toBe(before);
    await eraseDue(ports);
    await erased();
  });

  test('ends runs the moment deletion is asked for, and none begins', async () => {
    await disconnect(ports, actor, { connectionId });
    await deleteOrganisationData(ports, actor, { connectionId, name: name() });
    const runs = await ports.store.query('runs', { limit: 10 });
    expect(runs.find(({ data }) => data.exporterId === 'exportergone')?.data).toMatchObject({
      status: 'cancelled',
    });
    expect(runs.find(({ data }) => data.exporterId === 'exporterkept')?.data.status).toBe('queued');
  });

  test('cannot be undone once it has begun, and goes on', async () => {
    await due();
    const stuck: Blobs = { ...blobs, list: () => Promise.reject(new Error('the disk is gone')) };
    const half = {
      ...ports,
      blobs: { ...blobs, delete: () => Promise.reject(new Error('the disk is gone')) },
    };
    await eraseDue(half);
    await expect(undoDeletion(ports, actor, { connectionId })).rejects.toMatchObject({
      code: 'DELETION_DUE',
    });
    expect(await ports.store.get('mirrors', ids.gone)).toBeUndefined();
    await eraseDue({ ...ports, blobs: stuck });
    await world.clock.advance(3_600_000);
    await eraseDue(ports);
    await erased();
  });

  test('works in pieces when there is much', async () => {
    await due();
    for (let file = 0; file < 50; file += 1)
      await blobs.put(`mirrors/${ids.gone}/segments/items/${file}.parquet`, Buffer.from('x'));
    const slow: Blobs = {
      ...blobs,
      async delete(path) {
        await world.clock.advance(1_000);
        await blobs.delete(path);
      },
    };
    for (let tick = 0; tick < 10; tick += 1) await eraseDue({ ...ports, blobs: slow });
    expect([...blobs.files.keys()].some((path) => path.includes(ids.gone))).toBe(false);
    expect((await listReceipts(ports, actor)).receipts[0]?.text).toContain('53 with 74 bytes');
  });

  test('finds what a writer left behind after the key went', async () => {
    await due();
    let isLate = true;
    const late: Blobs = {
      ...blobs,
      async delete(path) {
        await blobs.delete(path);
        if (isLate) await blobs.put(`mirrors/${ids.gone}/late`, Buffer.from('late'));
        isLate = false;
      },
    };
    await eraseDue({ ...ports, blobs: late });
    await eraseDue(ports);
    await erased();
  });
});

/** Counts effects and stops before or after the one of this number, as a crash does. */
function stoppedAt(number: number, when: 'before' | 'after'): { ports: ErasePorts; effects: () => number } {
  let count = 0;
  const guard = async <T>(make: () => Promise<T>): Promise<T> => {
    count += 1;
    if (count > number) throw new Error('stopped');
    if (count === number && when === 'before') throw new Error('stopped');
    const made = await make();
    if (count === number) throw new Error('stopped');
    return made;
  };
  const effectful = new Set(['transaction', 'create', 'replace', 'delete', 'put', 'disconnect']);
  const wrap = <P extends object>(port: P): P =>
    wrapMethods(port, ({ method, make }) => (effectful.has(method) ? guard(make) : make()));
  return {
    ports: {
      ...ports,
      store: wrap(ports.store) as Store,
      blobs: wrap(blobs as Blobs),
      xero: wrap(ports.xero),
    },
    effects: () => count,
  };
}

test('a stop before or after any effect is made good by the next tick', async () => {
  await due();
  const quiet = stoppedAt(10_000, 'after');
  await eraseDue(quiet.ports);
  await erased();
  const effects = quiet.effects();
  expect(effects).toBeGreaterThan(12);
  // Stopped after one is stopped before the next.
  for (let number = 0; number <= effects; number += 1)
    for (const when of [number === 0 ? 'before' : 'after'] as const) {
      world.close();
      await freshWorld();
      await due();
      await eraseDue(stoppedAt(Math.max(1, number), when).ports);
      // A server that died holds the right for a quarter of an hour.
      await world.clock.advance(20 * 60_000);
      await eraseDue(ports);
      await erased();
    }
}, 60_000);

/** Snapshots, compaction, garbage, checks, comparison and erasure: what a mirror says never changes under them. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compactMirror } from '../../server/mirror/compact.ts';
import { nextMerge, type SegmentUse } from '../../server/mirror/compact-plan.ts';
import { compareResource } from '../../server/mirror/compare.ts';
import { eraseMirror, rewrapKey } from '../../server/mirror/erase.ts';
import { collectGarbage } from '../../server/mirror/garbage.ts';
import type { CutRecord, Mirror } from '../../server/mirror/mirror.ts';
import { type MirrorPorts, openMirror, partsOf } from '../../server/mirror/open-mirror.ts';
import { dropSnapshot, readSnapshot, takeSnapshot } from '../../server/mirror/snapshot.ts';
import { verifyMirror } from '../../server/mirror/verify.ts';
import { cutRecord } from '../support/cut-record.ts';
import { virtualClock } from '../support/virtual-clock.ts';
import {
  collect,
  cutOf,
  idsOf,
  mirrorIn,
  mirrorWorlds,
  put,
  requestOf,
  someTeam,
  tombstoneOf,
} from './world.ts';

const worlds = mirrorWorlds();
const mirrorId = 'team1.org1';
const dayMs = 86_400_000;
const account = (id: string, name = id) => ({ AccountID: id, Name: name });

async function contentOf(mirror: Mirror, generation?: number) {
  return {
    rows: await collect(mirror, requestOf('accounts', ['account-id', 'name']), generation),
    ids: generation === undefined ? await idsOf(mirror, 'accounts') : [],
    count: (await mirror.index()).resources['accounts']?.count,
  };
}

const segmentsOf = async (mirror: Mirror) => (await mirror.index()).resources['accounts']?.segments ?? [];

describe('compaction', () => {
  it('never changes what the mirror says, whatever was written before', async () => {
    const change = fc.record({ id: fc.constantFrom(...'abcdefgh'), name: fc.constantFrom('1', '2', null) });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(change, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 9 }),
        async (commits) => {
          const ports = worlds.ports();
          const mirror = await mirrorIn(ports);
          for (const [at, changes] of commits.entries()) {
            const records = changes.flatMap(({ id, name }): CutRecord[] =>
              name === null ? [tombstoneOf(id)] : cutOf('accounts', account(id, name)),
            );
            await put(mirror, 'accounts', records, `operation ${at}`);
          }
          const before = await contentOf(mirror);
          const { generation } = await mirror.index();
          const segments = (await segmentsOf(mirror)).length;
          const merges = await compactMirror(ports, mirrorId);
          expect(await contentOf(mirror)).toEqual(before);
          expect((await mirror.index()).generation).toBe(generation);
          if (segments >= 4) expect(merges).toBeGreaterThan(0);
          expect((await segmentsOf(mirror)).length).toBeLessThan(4);
          expect(await verifyMirror(ports, mirrorId)).toEqual([]);
          await put(mirror, 'accounts', cutOf('accounts', account('z')), 'after');
          expect((await contentOf(mirror)).ids).toEqual([...before.ids, ['z', '']]);
        },
      ),
      { numRuns: 8 },
    );
  });

  it('gives way to a commit that came first, and a commit to it', async () => {
    const ports = worlds.ports();
    const mirror = await mirrorIn(ports);
    for (const id of ['a', 'b', 'c', 'd']) await put(mirror, 'accounts', cutOf('accounts', account(id)), id);
    const segment = await mirror.writeSegment('accounts', cutOf('accounts', account('e')), 1);
    const cursor = { modifiedSince: null, lastFullSweepAt: null, sweptBy: null };
    await Promise.all([
      compactMirror(ports, mirrorId),
      mirror.commit({
        expected: 4,
        operationId: 'e',
        changes: { accounts: { mode: 'merge', segments: [segment], cursor, gaps: [] } },
      }),
    ]);
    expect((await contentOf(mirror)).ids.map(([id]) => id)).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  const use = (records: number, live = records, pinned = 0): SegmentUse => ({ records, live, pinned });
  it.each<[string, SegmentUse[], { from: number; to: number } | undefined]>([
    ['nothing', [], undefined],
    ['a base with a few small ones', [use(40_000), use(5), use(7), use(2)], undefined],
    ['a base with enough small ones', [use(40_000), use(5), use(7), use(2), use(1)], { from: 1, to: 5 }],
    [
      'pages of a first sweep, up to the largest size',
      Array.from({ length: 40 }, () => use(1000)),
      { from: 0, to: 32 },
    ],
    [
      'small ones before larger ones',
      [use(30_000), use(8000), use(3), use(3), use(3), use(3), use(8000)],
      { from: 2, to: 6 },
    ],
    ['a base of which most is superseded', [use(40_000, 19_999), use(30_000)], { from: 0, to: 1 }],
    ['a base of which half is superseded', [use(40_000, 20_000), use(30_000)], undefined],
    ['a base that a snapshot still needs', [use(40_000, 10, 30_000), use(30_000)], undefined],
    ['an empty segment alone', [use(0, 0)], undefined],
  ])('plans for %s', (_, segments, merge) => {
    expect(nextMerge(segments)).toEqual(merge);
  });

  it('comes to an end from any sizes', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 50_000 }), { maxLength: 60 }), (sizes) => {
        const segments = sizes.map((records) => use(records));
        for (let merges = 0; ; merges++) {
          const merge = nextMerge(segments);
          if (merge === undefined) break;
          expect(merges).toBeLessThan(sizes.length);
          const run = segments.slice(merge.from, merge.to);
          expect(run.length).toBeGreaterThan(1);
          segments.splice(
            merge.from,
            run.length,
            use(run.reduce((total, { records }) => total + records, 0)),
          );
        }
      }),
    );
  });
});

describe('snapshots', () => {
  it('pin counts, exact totals by currency, reports and gaps, once for a generation', async () => {
    const ports = worlds.ports();
    const mirror = await mirrorIn(ports);
    await put(
      mirror,
      'invoices',
      cutOf(
        'invoices',
        '{"InvoiceID":"1","Total":0.1,"CurrencyCode":"NZD"}',
        '{"InvoiceID":"2","Total":0.2,"AmountDue":5,"CurrencyCode":"NZD"}',
        '{"InvoiceID":"3","Total":9999999999999999.99}',
        '{"InvoiceID":"4","Total":}',
      ),
      'a',
    );
    await put(mirror, 'reports', [cutRecord('TrialBalance?date=1', '{}')], 'b');
    const { id, snapshot, pointer } = await takeSnapshot(ports, mirrorId);
    expect(id).toBe('team1.org1.2');
    expect(snapshot.totals).toEqual([
      { resource: 'invoices', column: 'due', currency: 'NZD', sum: '5' },
      { resource: 'invoices', column: 'total', currency: '', sum: '9999999999999999.99' },
      { resource: 'invoices', column: 'total', currency: 'NZD', sum: '0.3' },
    ]);
    expect(snapshot).toMatchObject({ generation: 2, reports: ['TrialBalance?date=1'], attachments: [] });
    expect(snapshot.resources['invoices']).toMatchObject({
      count: 4,
      gaps: [{ reason: 'unreadable-record', count: 1 }],
    });
    expect(await takeSnapshot(ports, mirrorId)).toEqual({ id, snapshot, pointer });
    expect(await readSnapshot(await partsOf(ports, mirrorId), pointer.path)).toEqual(snapshot);
    await expect(takeSnapshot(worlds.ports(), mirrorId)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('garbage', () => {
  it('goes after two looks a day apart, and never what an index, a snapshot or a checkpoint needs', async () => {
    const clock = virtualClock();
    const ports: MirrorPorts = { ...worlds.ports(), clock };
    const mirror = await mirrorIn(ports);
    for (const id of ['a', 'b', 'c']) await put(mirror, 'accounts', cutOf('accounts', account(id)), id);
    const pinned = await takeSnapshot(ports, mirrorId);
    const kept = await contentOf(mirror);
    await put(mirror, 'accounts', cutOf('accounts', account('d')), 'd');
    expect(await compactMirror(ports, mirrorId)).toBe(1);
    const pending = await mirror.writeSegment('accounts', cutOf('accounts', account('e')), 1);
    const lost = await mirror.writeSegment('accounts', cutOf('accounts', account('f')), 1);
    const collectNow = () => collectGarbage(ports, mirrorId, [pending]);
    const { marked } = await collectNow();
    expect(marked).toBeGreaterThan(3);
    await clock.advance(dayMs - 1);
    expect((await collectNow()).removed).toBe(0);
    await clock.advance(1);
    expect(await collectNow()).toEqual({ marked: 0, removed: marked });
    expect((await contentOf(mirror)).ids.map(([id]) => id)).toEqual(['a', 'b', 'c', 'd']);
    expect(await verifyMirror(ports, mirrorId)).toEqual([]);
    expect(await idsOf(mirror, 'contacts', [pending])).toEqual([['e', '']]);
    await expect(idsOf(mirror, 'contacts', [lost])).rejects.toMatchObject({ code: 'BLOB_DAMAGED' });
    const parts = await partsOf(ports, mirrorId);
    const snapshot = await readSnapshot(parts, pinned.pointer.path);
    const now = await mirror.index();
    const changes = [];
    for await (const batch of compareResource(parts, 'accounts', snapshot, now)) changes.push(...batch);
    expect(changes).toEqual([{ id: 'd', change: 'added' }]);
    expect(kept.count).toBe(3);
    await dropSnapshot(ports.store, pinned.id);
    await clock.advance(1);
    await collectNow();
    await clock.advance(dayMs);
    expect((await collectNow()).removed).toBeGreaterThan(2);
  });

  it('begins again for what was referred to in between', async () => {
    const clock = virtualClock();
    const ports: MirrorPorts = { ...worlds.ports(), clock };
    const mirror = await mirrorIn(ports);
    const segment = await mirror.writeSegment('accounts', cutOf('accounts', account('a')), 1);
    await collectGarbage(ports, mirrorId, []);
    await clock.advance(dayMs / 2);
    await collectGarbage(ports, mirrorId, [segment]);
    await clock.advance(dayMs / 2);
    expect((await collectGarbage(ports, mirrorId, [])).removed).toBe(0);
    await clock.advance(dayMs);
    expect((await collectGarbage(ports, mirrorId, [])).removed).toBe(1);
  });
});

describe('comparison and checks', () => {
  it('tells added, changed and removed records apart', async () => {
    const ports = worlds.ports();
    const mirror = await mirrorIn(ports);
    await put(mirror, 'accounts', cutOf('accounts', account('a'), account('b'), account('c')), '1');
    const before = await mirror.index();
    await put(
      mirror,
      'accounts',
      [...cutOf('accounts', account('a'), account('b', 'other'), account('d')), tombstoneOf('c')],
      '2',
    );
    const changes = [];
    for await (const batch of compareResource(
      await partsOf(ports, mirrorId),
      'accounts',
      before,
      await mirror.index(),
    ))
      changes.push(...batch);
    expect(changes).toEqual([
      { id: 'b', change: 'changed' },
      { id: 'c', change: 'removed' },
      { id: 'd', change: 'added' },
    ]);
  });

  it('finds damaged and missing segments by their path', async () => {
    const ports = worlds.ports();
    const mirror = await mirrorIn(ports);
    await put(mirror, 'accounts', cutOf('accounts', account('a')), '1');
    await put(mirror, 'accounts', cutOf('accounts', account('b')), '2');
    expect(await verifyMirror(ports, mirrorId)).toEqual([]);
    const paths = [...ports.blobs.files.keys()].filter((path) => path.includes('/segments/')).sort();
    const [damaged = '', missing = ''] = paths;
    const bytes = ports.blobs.files.get(damaged);
    if (bytes !== undefined) bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 255;
    ports.blobs.files.delete(missing);
    const findings = await verifyMirror(ports, mirrorId);
    expect(findings.sort((a, b) => (a.what < b.what ? -1 : 1))).toEqual(
      paths.map((what) => ({ what, problem: 'damaged' })),
    );
  });

  it('finds a segment that another of the same mirror stands in for', async () => {
    const ports = worlds.ports();
    const mirror = await mirrorIn(ports);
    const a = await mirror.writeSegment('accounts', cutOf('accounts', account('a')), 1);
    await put(mirror, 'accounts', cutOf('accounts', account('b')), '1');
    const [b] = await segmentsOf(mirror);
    const bytes = ports.blobs.files.get(`mirrors/${mirrorId}/segments/accounts/${a.hash}.parquet`);
    ports.blobs.files.set(
      `mirrors/${mirrorId}/segments/accounts/${b?.hash}.parquet`,
      bytes ?? new Uint8Array(),
    );
    expect((await verifyMirror(ports, mirrorId)).map(({ problem }) => problem)).toEqual(['damaged']);
  });
});

describe('erasure and keys', () => {
  it('leaves nothing of a mirror, and the other team whole', async () => {
    const ports = worlds.ports();
    const mirror = await mirrorIn(ports);
    const other = await openMirror(ports, { ...someTeam, teamId: 'team2' });
    await put(mirror, 'accounts', cutOf('accounts', account('a')));
    await put(other, 'accounts', cutOf('accounts', account('a')));
    await takeSnapshot(ports, mirrorId);
    await eraseMirror(ports, mirrorId);
    await eraseMirror(ports, mirrorId);
    expect([...ports.blobs.files.keys()].every((path) => path.startsWith('mirrors/team2.org1/'))).toBe(true);
    expect(await ports.store.query('snapshots', { limit: 5 })).toEqual([]);
    await expect(mirror.index()).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect((await contentOf(other)).ids).toEqual([['a', '']]);
    await put(await mirrorIn(ports), 'accounts', cutOf('accounts', account('a')));
    expect((await contentOf(await mirrorIn(ports))).count).toBe(1);
  });

  it('opens with a key that was wrapped anew, and not with the key of another mirror', async () => {
    const ports = worlds.ports();
    const mirror = await mirrorIn(ports);
    await put(mirror, 'accounts', cutOf('accounts', account('a')));
    const before = (await ports.store.get('mirrors', mirrorId))?.data.wrappedKey;
    await rewrapKey(ports, mirrorId);
    const after = await ports.store.get('mirrors', mirrorId);
    expect(after?.data.wrappedKey).not.toBe(before);
    expect((await contentOf(await mirrorIn(ports))).count).toBe(1);
    await openMirror(ports, { ...someTeam, teamId: 'team2' });
    const other = await ports.store.get('mirrors', 'team2.org1');
    if (other === undefined || after === undefined) throw new Error('no document');
    await ports.store.replace('mirrors', mirrorId, after.revision, {
      ...after.data,
      wrappedKey: other.data.wrappedKey,
    });
    await expect(mirrorIn(ports)).rejects.toMatchObject({ code: 'BLOB_DAMAGED' });
  });
});

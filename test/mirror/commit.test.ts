/** The commit: the old whole or the new whole, once, whatever crashes or races. */
import { describe, expect, it } from 'vitest';
import { RetryError } from '../../server/errors.ts';
import { cutPage } from '../../server/mirror/cutter.ts';
import { type MirrorPorts, openMirror } from '../../server/mirror/open-mirror.ts';
import { resourceNamed } from '../../server/resources/index.ts';
import { Crash, type FaultPoint, faultAt } from '../../server/wrappers/faults.ts';
import { faultLab } from '../../server/wrappers/with-faults.ts';
import { collect, cutOf, idsOf, mergeOf, mirrorIn, mirrorWorlds, put, requestOf, someTeam } from './world.ts';

const worlds = mirrorWorlds();
const accounts = (...names: string[]) =>
  cutOf('accounts', ...names.map((name) => ({ AccountID: name, Name: name })));
const namesIn = async (ports: MirrorPorts) =>
  (await collect(await mirrorIn(ports), requestOf('accounts', ['name']))).rows.flat().join('');

/** Ports of a process that dies at one point. */
const dyingAt = (ports: MirrorPorts, { label, call, when }: FaultPoint): MirrorPorts => {
  const lab = faultLab(faultAt(label, call, when, 'crash'));
  return {
    ...ports,
    store: lab.wrap(ports.store, 'store'),
    blobs: lab.wrap(ports.blobs, 'blobs'),
    keys: lab.wrap(ports.keys, 'keys'),
  };
};

describe('opening a mirror', () => {
  it('makes one document and key, however many open it at once', async () => {
    const ports = worlds.ports();
    const mirrors = await Promise.all(Array.from({ length: 4 }, () => mirrorIn(ports)));
    const segment = await mirrors[0]?.writeSegment('accounts', accounts('a'), 1);
    if (segment === undefined) throw new Error('no mirror');
    expect(await idsOf(mirrors[3] ?? (await mirrorIn(ports)), 'accounts', [segment])).toEqual([['a', '']]);
    expect(
      (await ports.store.query('mirrors', { limit: 10 })).map(({ data }) => data.pullerConnectionId),
    ).toEqual(['connection1']);
  });

  it('keeps two teams of one organisation apart', async () => {
    const ports = worlds.ports();
    const one = await mirrorIn(ports);
    const other = await openMirror(ports, { ...someTeam, teamId: 'team2' });
    await put(one, 'accounts', accounts('a'));
    expect((await other.index()).generation).toBe(0);
    expect(await idsOf(other, 'accounts')).toEqual([]);
    const before = new Set(ports.blobs.files.keys());
    await put(other, 'accounts', accounts('a'));
    const added = [...ports.blobs.files.keys()].filter((path) => !before.has(path));
    expect(added.every((path) => path.startsWith('mirrors/team2.org1/'))).toBe(true);
    const names = (paths: Iterable<string>) => [...paths].map((path) => path.split('/').at(-1));
    expect(names(added).filter((name) => names(before).includes(name))).toEqual([]);
  });
});

describe('writeSegment', () => {
  it('refuses records of a page that was released before', async () => {
    const ports = worlds.ports();
    const mirror = await mirrorIn(ports);
    const stored = new Set(ports.blobs.files.keys());
    const text = `{"Accounts":[{"AccountID":"a","Name":"${'x'.repeat(60_000)}"}]}`;
    const { records, release } = cutPage(
      new TextEncoder().encode(text),
      'Accounts',
      resourceNamed('accounts'),
    );
    release();
    await expect(mirror.writeSegment('accounts', records, 1)).rejects.toThrow('was released');
    expect(new Set(ports.blobs.files.keys())).toEqual(stored);
  });

  it('lands at the same address for the same records, in whatever order and whenever fetched', async () => {
    const ports = worlds.ports();
    const mirror = await mirrorIn(ports);
    const first = await mirror.writeSegment('accounts', accounts('a', 'b'), 1);
    const stored = new Map(ports.blobs.files);
    expect(await mirror.writeSegment('accounts', accounts('b', 'a'), 99)).toEqual(first);
    expect(
      await (await mirrorIn(ports)).writeSegment(
        'accounts',
        [...accounts('x'), ...accounts('a', 'b')].slice(1),
        2,
      ),
    ).toEqual(first);
    expect(new Map(ports.blobs.files)).toEqual(stored);
    expect((await mirror.writeSegment('accounts', accounts('a', 'c'), 1)).hash).not.toBe(first.hash);
    expect(first).toEqual({
      resource: 'accounts',
      hash: expect.stringMatching(/^[0-9a-f]{64}$/),
      records: 2,
      bytes: expect.any(Number),
    });
  });

  it('keeps the last of several versions of one id', async () => {
    const mirror = await mirrorIn(worlds.ports());
    const segment = await mirror.writeSegment(
      'accounts',
      cutOf('accounts', { AccountID: 'a', Name: '1' }, { AccountID: 'a', Name: '2' }),
      1,
    );
    expect(segment.records).toBe(1);
    await mirror.commit({ expected: 0, operationId: 'x', changes: { accounts: mergeOf(segment) } });
    expect(await mirror.record('accounts', 'a')).toContain('"2"');
  });

  it('stores nothing in clear, and notices a byte that changed', async () => {
    const ports = worlds.ports();
    const mirror = await mirrorIn(ports);
    await put(mirror, 'accounts', cutOf('accounts', { AccountID: 'a', Name: 'a secret name' }));
    for (const bytes of ports.blobs.files.values()) expect(Buffer.from(bytes).includes('secret')).toBe(false);
    const [path] = [...ports.blobs.files.keys()].filter((known) => known.includes('/segments/'));
    const bytes = ports.blobs.files.get(path ?? '');
    if (bytes === undefined) throw new Error('no segment');
    bytes[40] = (bytes[40] ?? 0) ^ 1;
    await expect(idsOf(mirror, 'accounts')).rejects.toMatchObject({
      code: 'BLOB_DAMAGED',
      details: { path },
    });
    ports.blobs.files.delete(path ?? '');
    await expect(idsOf(mirror, 'accounts')).rejects.toMatchObject({ code: 'BLOB_DAMAGED' });
  });
});

describe('commit', () => {
  it('publishes several resources together, and replaces where a change says so', async () => {
    const ports = worlds.ports();
    const mirror = await mirrorIn(ports);
    const both = {
      accounts: mergeOf(await mirror.writeSegment('accounts', accounts('a', 'b'), 1)),
      contacts: mergeOf(await mirror.writeSegment('contacts', cutOf('contacts', { ContactID: 'c' }), 1)),
    };
    const made = await mirror.commit({ expected: 0, operationId: 'one', changes: both });
    expect([made.generation, made.resources['accounts']?.count, made.resources['contacts']?.count]).toEqual([
      1, 2, 1,
    ]);
    const cursor = { modifiedSince: '2026-01-01T00:00:00Z', lastFullSweepAt: 5, sweptBy: 'g' };
    const missing = { what: 'accounts', reason: 'no-permission', count: 1 } as const;
    const replace = {
      mode: 'replace',
      segments: [await mirror.writeSegment('accounts', accounts('d'), 1)],
      cursor,
      gaps: [missing],
    } as const;
    const after = await mirror.commit({
      expected: 1,
      operationId: 'two',
      changes: { accounts: { ...replace, segments: [...replace.segments], gaps: [missing] } },
    });
    expect(after.resources['accounts']).toMatchObject({ count: 1, cursor, gaps: [missing] });
    expect(after.resources['contacts']).toEqual(made.resources['contacts']);
    expect(await namesIn(ports)).toBe('d');
    expect((await collect(mirror, requestOf('accounts', ['name']))).gaps).toEqual([missing]);
  });

  it('lets a segment that comes again count as the newest', async () => {
    const mirror = await mirrorIn(worlds.ports());
    const version = (name: string) => cutOf('accounts', { AccountID: 'a', Name: name });
    for (const [at, name] of ['old', 'new', 'old'].entries())
      await put(mirror, 'accounts', version(name), `operation ${at}`);
    expect(await mirror.record('accounts', 'a')).toContain('old');
    expect((await mirror.index()).resources['accounts']?.segments).toHaveLength(2);
  });

  it('is done once by one operation, also when it is repeated after others', async () => {
    const ports = worlds.ports();
    const mirror = await mirrorIn(ports);
    const changes = { accounts: mergeOf(await mirror.writeSegment('accounts', accounts('a'), 1)) };
    const made = await mirror.commit({ expected: 0, operationId: 'one', changes });
    expect(await mirror.commit({ expected: 0, operationId: 'one', changes })).toEqual(made);
    await put(mirror, 'accounts', accounts('b'), 'two');
    await put(mirror, 'accounts', accounts('c'), 'three');
    expect(await (await mirrorIn(ports)).commit({ expected: 0, operationId: 'one', changes })).toEqual(made);
    expect((await mirror.index()).generation).toBe(3);
    await expect(mirror.commit({ expected: 1, operationId: 'four', changes })).rejects.toMatchObject({
      code: 'FENCED_OUT',
    });
  });

  it('has one winner among many at once', async () => {
    const ports = worlds.ports();
    const mirror = await mirrorIn(ports);
    const names = ['a', 'b', 'c', 'd'];
    const outcomes = await Promise.allSettled(
      names.map(async (name) => {
        const changes = { accounts: mergeOf(await mirror.writeSegment('accounts', accounts(name), 1)) };
        return mirror.commit({ expected: 0, operationId: name, changes });
      }),
    );
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const outcome of outcomes)
      if (outcome.status === 'rejected')
        expect(outcome.reason).toSatisfy(
          (error) => error instanceof RetryError && error.code === 'FENCED_OUT',
        );
    expect((await mirror.index()).generation).toBe(1);
    expect(names).toContain(await namesIn(ports));
  });

  it('leaves the old whole or the new whole after a crash at every point, and a repeat finishes it', {
    timeout: 240_000,
  }, async () => {
    const points: FaultPoint[] = [
      'store.get',
      'store.transaction',
      'blobs.put',
      'blobs.size',
      'blobs.get',
      'keys.unwrap',
    ].flatMap((label) =>
      [1, 2, 3].flatMap((call) => (['before', 'after'] as const).map((when) => ({ label, call, when }))),
    );
    const act = async (ports: MirrorPorts) => {
      const mirror = await mirrorIn(ports);
      const segment = await mirror.writeSegment('accounts', accounts('b', 'c'), 1);
      await mirror.commit({ expected: 1, operationId: 'second', changes: { accounts: mergeOf(segment) } });
    };
    let crashes = 0;
    for (const point of points) {
      const ports = worlds.ports();
      await put(await mirrorIn(ports), 'accounts', accounts('a', 'b'), 'first');
      const died = await act(dyingAt(ports, point)).then(
        () => false,
        (error: unknown) => {
          if (!(error instanceof Crash)) throw error;
          return true;
        },
      );
      if (died) crashes++;
      expect(['ab', 'abc']).toContain(await namesIn(ports));
      await act(ports);
      expect(await namesIn(ports)).toBe('abc');
      expect((await (await mirrorIn(ports)).index()).generation).toBe(2);
    }
    expect(crashes).toBeGreaterThan(12);
  });

  it('makes the document once although creating it crashed', async () => {
    for (const point of [
      { label: 'store.create', call: 1, when: 'before' },
      { label: 'store.create', call: 1, when: 'after' },
      { label: 'keys.wrap', call: 1, when: 'after' },
    ] as const) {
      const ports = worlds.ports();
      await expect(mirrorIn(dyingAt(ports, point))).rejects.toBeInstanceOf(Crash);
      await put(await mirrorIn(ports), 'accounts', accounts('a'));
      expect(await namesIn(ports)).toBe('a');
    }
  });
});

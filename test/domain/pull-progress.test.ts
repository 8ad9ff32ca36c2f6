import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { afterPage, isComplete, type Order } from '../../server/domain/paging.ts';
import {
  afterLists,
  beginResource,
  callsOf,
  modeOf,
  overlapMs,
  type ProgressOfResource,
  readAgain,
  sweepAgain,
  type Traits,
} from '../../server/domain/pull-progress.ts';

type Edit = { at: number; kind: 'create' | 'change' | 'vanish'; id: number };

/**
 * A list that is edited between answers and swept as its order asks; what the sweep, its pass and its check end with is
 * compared with the list as it then is.
 */
function sweep(order: Order, count: number, edits: readonly Edit[]) {
  const size = 3;
  const traits: Traits = { paging: { kind: order }, hasModifiedSince: true };
  let now = 1_000_000_000_000;
  const source = new Map<number, number>();
  for (let id = 0; id < count; id += 1) source.set(id * 2, now - 86_400_000 + id);
  const seen = new Map<number, number>();
  let swept = new Set<number>();
  let progress: ProgressOfResource = beginResource('sweep', null);
  for (let call = 0; call < 400 && progress.stage !== 'read'; ) {
    if (progress.stage === 'check') {
      if (isComplete(progress.sweptLists, swept.size, seen.size))
        return { seen, source, calls: call, readThere: progress.readThere ?? 0 };
      progress = sweepAgain(progress);
      swept = new Set();
      seen.clear();
    }
    const wave = callsOf(progress, order, 5);
    const isPass = progress.stage === 'pass';
    if (wave.length > 1) expect(order).toBe('by-id');
    for (const one of wave) {
      if (one.kind !== 'page') continue;
      for (const { at, kind, id } of edits) {
        if (at !== call) continue;
        if (kind === 'vanish') source.delete(id);
        else if (kind === 'create' || source.has(id)) source.set(id, now);
      }
      now += 5;
      call += 1;
      const since = progress.since ?? 0;
      const found = [...source]
        .filter(([, updatedAt]) => updatedAt >= since)
        .sort(([a, changedA], [b, changedB]) => (order === 'by-id' ? a - b : changedA - changedB || a - b));
      const page = found.slice((one.page - 1) * size, one.page * size);
      for (const [id, updatedAt] of page) {
        seen.set(id, updatedAt);
        if (!isPass) swept.add(id);
      }
      const { sweptFrom } = progress;
      const hasMoved = isPass && page.some(([, updatedAt]) => updatedAt >= (sweptFrom ?? 0));
      progress = {
        ...progress,
        begunAt: progress.begunAt ?? now,
        begunThere: progress.begunThere ?? now - 5,
        hasMoved: progress.hasMoved || hasMoved,
        lists: progress.lists.map((list, at) =>
          at === one.list
            ? afterPage(list, one.page, page.length, {
                pageCount: Math.ceil(found.length / size),
                itemCount: found.length,
              })
            : list,
        ),
      };
    }
    progress = afterLists(progress, traits);
  }
  return { seen, source, calls: -1, readThere: 0 };
}

const edits = (kinds: ReadonlyArray<Edit['kind']>) =>
  fc.array(fc.record({ at: fc.nat(12), kind: fc.constantFrom(...kinds), id: fc.nat(36) }), { maxLength: 6 });

describe.each<Order>(['by-id', 'backwards'])('a sweep of a list %s', (order) => {
  it('costs its pages and one call more on a quiet list', () => {
    for (const count of [0, 1, 3, 4, 17]) {
      const { calls, seen, source } = sweep(order, count, []);
      expect(calls).toBe(Math.max(1, Math.ceil(count / 3)) + 1);
      expect(seen).toEqual(source);
    }
  });

  it('has every record as it was when the last reading began; what is newer the next pull asks for', () => {
    fc.assert(
      fc.property(fc.nat(17), edits(['create', 'change']), (count, list) => {
        const { calls, seen, source, readThere } = sweep(order, count, list);
        expect(calls).toBeGreaterThan(0);
        for (const [id, updatedAt] of source)
          expect(seen.get(id) === updatedAt || updatedAt >= readThere).toBe(true);
      }),
      { numRuns: 400 },
    );
  });

  it('loses none when another vanishes', () => {
    fc.assert(
      fc.property(fc.nat(17), fc.nat(12), fc.nat(17), (count, at, id) => {
        const { calls, seen, source } = sweep(order, count, [{ at, kind: 'vanish', id: id * 2 }]);
        expect(calls).toBeGreaterThan(0);
        for (const [known, updatedAt] of source) expect(seen.get(known)).toBe(updatedAt);
      }),
      { numRuns: 400 },
    );
  });
});

describe('a sweep backwards', () => {
  it('reads page 1 once more, and not everything, when a change pulled records into it', () => {
    const { calls, seen, source } = sweep('backwards', 12, [{ at: 2, kind: 'change', id: 0 }]);
    expect(calls).toBe(4 + 1 + 1);
    expect(seen).toEqual(source);
  });
});

describe('how a resource is read', () => {
  const traits: Traits = { paging: { kind: 'by-id' }, hasModifiedSince: true };
  const now = { at: 1_000_000, reader: 'grant 1', sweepEveryMs: 1_000 };
  const cursor = { modifiedSince: '2026-01-01T00:00:00.000Z', lastFullSweepAt: 999_500, sweptBy: 'grant 1' };

  it.each([
    ['since the last time', traits, cursor, 'since'],
    ['whole at first', traits, undefined, 'sweep'],
    ['whole when a sweep is due', traits, { ...cursor, lastFullSweepAt: 998_000 }, 'sweep'],
    ['whole when another reads', traits, { ...cursor, sweptBy: 'grant 2' }, 'sweep'],
    ['whole when Xero cannot tell changes', { ...traits, hasModifiedSince: false }, cursor, 'sweep'],
    ['in one answer', { ...traits, paging: { kind: 'whole' as const } }, cursor, 'whole'],
  ])('%s', (_, of, known, mode) => {
    expect(modeOf(of, known, now)).toBe(mode);
  });

  it('is once more by what changed, with an overlap', () => {
    const read = {
      ...beginResource('since', 5_000_000),
      stage: 'read' as const,
      readAt: 1,
      readThere: 9_000_000,
    };
    expect(readAgain(read, traits)).toMatchObject({
      stage: 'pass',
      since: 9_000_000 - overlapMs,
      begunAt: null,
    });
    const whole = { ...read, mode: 'whole' as const };
    expect(readAgain(whole, { ...traits, hasModifiedSince: false })).toMatchObject({
      stage: 'pages',
      since: null,
    });
  });
});

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

/** Pages of three, so that a few records fill many; `turns` say in which order the calls of a wave are answered. */
interface Story {
  mode: 'sweep' | 'since';
  order: Order;
  count: number;
  edits?: readonly Edit[];
  turns?: readonly number[];
}

/**
 * A list that is edited between answers and read as its order asks, whole or what changed since the beginning; what the
 * reading, its pass and its check end with is compared with the list as it then is.
 */
function read({ mode, order, count, edits = [], turns = [] }: Story) {
  const size = 3;
  const traits: Traits = { paging: { kind: order }, hasModifiedSince: true };
  let now = 1_000_000_000_000;
  const source = new Map<number, number>();
  for (let id = 0; id < count; id += 1) source.set(id * 2, now - 86_400_000 + id);
  const seen = new Map<number, number>();
  let swept = new Set<number>();
  let progress: ProgressOfResource = beginResource(mode, mode === 'since' ? now - 2 * 86_400_000 : null);
  for (let call = 0; call < 400; ) {
    const { stage, readThere } = progress;
    if (stage === 'read') return { seen, source, calls: call, readThere: readThere ?? 0 };
    if (stage === 'check') {
      if (isComplete(progress.sweptLists, swept.size, seen.size))
        return { seen, source, calls: call, readThere: readThere ?? 0 };
      progress = sweepAgain(progress);
      swept = new Set();
      seen.clear();
    }
    const wave = callsOf(progress, order, 5);
    const isPass = progress.stage === 'pass';
    if (wave.length > 1) expect(order).toBe('by-id');
    const turnOf = (at: number): number => turns[(call + at) % Math.max(1, turns.length)] ?? 0;
    const answered = wave.map((one, at) => ({ one, turn: turnOf(at) })).sort((a, b) => a.turn - b.turn);
    for (const { one } of answered) {
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
      progress = {
        ...progress,
        begunAt: progress.begunAt ?? now,
        begunThere: progress.begunThere ?? now - 5,
        lists: progress.lists.map((list, at) =>
          at === one.list
            ? afterPage(list, one.page, page.length, {
                pageSize: size,
                pageCount: Math.ceil(found.length / size),
                itemCount: found.length,
              })
            : list,
        ),
      };
    }
    progress = afterLists(progress, traits);
  }
  throw new Error('the reading has no end');
}

const edits = (kinds: ReadonlyArray<Edit['kind']>) =>
  fc.array(fc.record({ at: fc.nat(12), kind: fc.constantFrom(...kinds), id: fc.nat(36) }), { maxLength: 8 });
const turns = fc.array(fc.nat(4), { maxLength: 12 });

describe.each<Order>(['by-id', 'backwards'])('a list %s', (order) => {
  it('costs its pages, one call for what changed meanwhile, and read backwards page 1 again', () => {
    for (const count of [0, 1, 3, 4, 17]) {
      const pages = Math.max(1, Math.ceil(count / 3));
      const again = order === 'backwards' && pages > 1 ? 1 : 0;
      const sweep = read({ mode: 'sweep', order, count });
      expect(sweep.calls).toBe(pages + 1 + again);
      expect(sweep.seen).toEqual(sweep.source);
      expect(read({ mode: 'since', order, count }).calls).toBe(pages + again);
    }
  });

  it.each(['sweep', 'since'] as const)(
    'read for a %s has every record as it was when the last reading began, in whatever order calls are answered; what is newer the next pull asks for',
    (mode) => {
      fc.assert(
        fc.property(fc.nat(17), edits(['create', 'change']), turns, (count, list, answered) => {
          const { seen, source, readThere } = read({ mode, order, count, edits: list, turns: answered });
          for (const [id, updatedAt] of source)
            expect(seen.get(id) === updatedAt || updatedAt >= readThere).toBe(true);
        }),
        { numRuns: 1_000 },
      );
    },
  );

  it('loses none when another vanishes', () => {
    fc.assert(
      fc.property(fc.nat(17), fc.nat(12), fc.nat(17), turns, (count, at, id, answered) => {
        const vanish: Edit = { at, kind: 'vanish', id: id * 2 };
        const { seen, source } = read({ mode: 'sweep', order, count, edits: [vanish], turns: answered });
        for (const [known, updatedAt] of source) expect(seen.get(known)).toBe(updatedAt);
      }),
      { numRuns: 400 },
    );
  });
});

describe('a page that was read too early', () => {
  it('is read again, and no other, when a record was pushed onto it later', () => {
    // Page 3 is answered before page 2, and between them something new comes before both.
    const edit: Edit = { at: 2, kind: 'create', id: 1 };
    const { calls, seen, source } = read({
      mode: 'since',
      order: 'by-id',
      count: 12,
      edits: [edit],
      turns: [0, 2, 1, 3],
    });
    expect(calls).toBe(5 + 1);
    for (const [id, updatedAt] of source) if (id !== 1) expect(seen.get(id)).toBe(updatedAt);
  });
});

describe('a sweep that is begun again', () => {
  it('lays nothing that was found before over what it reads', () => {
    const segment = { resource: 'invoices', hash: 'old', records: 1, bytes: 1 };
    expect(sweepAgain({ ...beginResource('sweep', null), found: [segment] }).found).toEqual([]);
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

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  afterPage,
  isComplete,
  isRead,
  itemCountOf,
  type List,
  newList,
  nextPages,
  type Order,
  splitList,
  whereOf,
} from '../../server/domain/paging.ts';

/** Reads a list of `count` records in pages of `size` and answers the order of the pages. */
function readAll(order: Order, count: number, size: number, room: number): { list: List; pages: number[] } {
  let list = newList();
  const pages: number[] = [];
  for (let wave = nextPages(list, order, room); wave.length > 0; wave = nextPages(list, order, room)) {
    expect(wave.length).toBeLessThanOrEqual(room);
    for (const page of wave) {
      const records = Math.max(0, Math.min(size, count - (page - 1) * size));
      list = afterPage(list, page, records, { pageCount: Math.ceil(count / size), itemCount: count });
      pages.push(page);
    }
  }
  return { list, pages };
}

describe('the pages of a list', () => {
  it('are each asked for once, in any number at a time', () => {
    fc.assert(
      fc.property(
        fc.constantFrom<Order>('by-id', 'backwards'),
        fc.nat(60),
        fc.integer({ min: 1, max: 10 }),
        fc.integer({ min: 1, max: 5 }),
        (order, count, size, room) => {
          const { list, pages } = readAll(order, count, size, room);
          expect(pages.toSorted((a, b) => a - b)).toEqual(
            Array.from({ length: Math.max(1, Math.ceil(count / size)) }, (_, at) => at + 1),
          );
          expect(isRead(list)).toBe(true);
          expect(isComplete([list], count, count)).toBe(true);
        },
      ),
    );
  });

  it('come last first, one at a time, where a change moves records', () => {
    expect(readAll('backwards', 40, 10, 5).pages).toEqual([1, 4, 3, 2]);
  });

  it('go on until one is empty when Xero does not say how many there are', () => {
    let list = newList();
    for (const records of [5, 5, 2, 0]) {
      const [page = 0] = nextPages(list, 'by-id', 1);
      list = afterPage(list, page, records);
    }
    expect(list.pages).toEqual([1, 2, 3, 4]);
    expect(isRead(list)).toBe(true);
    expect(itemCountOf([list])).toBeNull();
    expect(isComplete([list], 12, 12)).toBe(true);
  });

  it('grow with the list while it is read', () => {
    let list = afterPage(newList(), 1, 10, { pageCount: 2, itemCount: 20 });
    list = afterPage(list, 2, 10, { pageCount: 3, itemCount: 21 });
    expect(nextPages(list, 'by-id', 5)).toEqual([3]);
  });
});

describe('a list that was read', () => {
  const list = (...counts: number[]): List =>
    counts.reduce(
      (read, itemCount, at) => afterPage(read, at + 1, 10, { pageCount: counts.length, itemCount }),
      newList(),
    );

  it.each([
    ['all there is', list(20, 20), 20, 20, true],
    ['one that appeared in a page already read and was found after', list(20, 21), 20, 21, true],
    ['one that appeared and was not found', list(20, 21), 20, 20, false],
    ['one that slipped between two pages', list(20, 20), 19, 19, false],
    ['a count that dropped: another may have slipped', list(20, 19), 19, 19, false],
    ['more than Xero counts', list(20, 20), 21, 21, false],
    ['more than Xero counts, but found later', list(20, 20), 20, 22, true],
  ])('with %s', (_, read, swept, found, isAll) => {
    expect(isComplete([read], swept, found)).toBe(isAll);
  });
});

describe('windows of a list that is too large', () => {
  const today = '2026-11-20';
  const within = (date: string, { from, before }: List) =>
    (from === null || date >= from) && (before === null || date < before);
  const dates = fc
    .integer({ min: -20_000, max: 40_000 })
    .map((days) => new Date(days * 86_400_000).toISOString().slice(0, 10));

  it('hold every date once, however often they are cut', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(30), { maxLength: 30 }), dates, (cuts, date) => {
        let lists = [newList()];
        for (const cut of cuts) {
          const at = cut % lists.length;
          const list = lists[at];
          const windows = list === undefined ? null : splitList(list, today);
          if (windows !== null) lists = [...lists.slice(0, at), ...windows, ...lists.slice(at + 1)];
        }
        expect(lists.filter((list) => within(date, list))).toHaveLength(1);
      }),
    );
  });

  it('end at a single day', () => {
    expect(splitList(newList('2026-01-01', '2026-01-02'), today)).toBeNull();
    let lists = [newList('2020-01-01', '2026-01-01')];
    for (let times = 0; times < 20; times += 1) lists = splitList(lists[0] ?? newList(), today) ?? lists;
    expect(lists[0]?.before).toBe('2020-01-02');
  });

  it('are asked for in the words of Xero', () => {
    expect(whereOf(newList('2026-01-09', '2026-02-01'), 'Date')).toBe(
      'Date >= DateTime(2026, 01, 09) AND Date < DateTime(2026, 02, 01)',
    );
    expect(whereOf(newList(null, '2026-02-01'), 'Date')).toBe('Date < DateTime(2026, 02, 01)');
    expect(whereOf(newList(), 'Date')).toBe('');
  });
});

import { describe, expect, test } from 'vitest';
import {
  columnValue,
  findBlock,
  MARK,
  nextGeneration,
  writeIdOf,
  writeValue,
} from '../../server/domain/block-marks.ts';
import type { MarkPlace, SheetMark, SpreadsheetLayout } from '../../server/domain/spreadsheet.ts';

let nextId = 1;
const mark = (key: string, value: string, place: MarkPlace): SheetMark => ({
  metadataId: nextId++,
  key,
  value,
  place,
});
const row = (index: number, sheetId = 5): MarkPlace => ({ kind: 'row', sheetId, index });
const marksOf = (
  rows: { header?: number; last?: number; below?: number },
  sheetId = 5,
  wrote = 3,
): SheetMark[] => [
  mark(MARK.tab, 'e1', { kind: 'tab', sheetId }),
  ...(rows.header === undefined ? [] : [mark(MARK.header, 'e1', row(rows.header, sheetId))]),
  ...(rows.last === undefined ? [] : [mark(MARK.last, 'e1', row(rows.last, sheetId))]),
  ...(rows.below === undefined ? [] : [mark(MARK.below, 'e1', row(rows.below, sheetId))]),
  mark(MARK.column, columnValue('e1', { key: 'a', look: 'text' }), { kind: 'column', sheetId, index: 2 }),
  mark(
    MARK.write,
    writeValue('e1', {
      generation: 4,
      runId: 'r',
      rows: wrote,
      cells: 9,
      rowsHash: 'h',
    }),
    {
      kind: 'tab',
      sheetId,
    },
  ),
];
const layout = (marks: SheetMark[], sheetIds = [5]): SpreadsheetLayout => ({
  spreadsheetId: 's',
  title: '',
  timeZone: 'Etc/UTC',
  tabs: sheetIds.map((sheetId) => ({
    sheetId,
    title: `T${sheetId}`,
    isHidden: false,
    rowCount: 50,
    columnCount: 9,
    protectedRanges: [],
  })),
  marks,
});

describe('finding the block', () => {
  test('is by its marks, wherever people moved it', () => {
    expect(findBlock(layout(marksOf({ header: 7, last: 10, below: 11 })), 'e1', null)).toMatchObject({
      kind: 'found',
      block: { headerRow: 7, lastRow: 10, columns: [{ key: 'a', look: 'text', index: 2 }] },
    });
  });

  test('after rows inside it were inserted or deleted ends where its last row is', () => {
    expect(findBlock(layout(marksOf({ header: 0, last: 8, below: 9 })), 'e1', null)).toMatchObject({
      block: { lastRow: 8 },
    });
    expect(findBlock(layout(marksOf({ header: 0, last: 1, below: 2 })), 'e1', null)).toMatchObject({
      block: { lastRow: 1 },
    });
  });

  test('after the last row was deleted ends above the row that was below it', () => {
    expect(findBlock(layout(marksOf({ header: 0, below: 3 })), 'e1', null)).toMatchObject({
      block: { lastRow: 2 },
    });
    expect(findBlock(layout(marksOf({ header: 0, below: 1 })), 'e1', null)).toMatchObject({
      block: { lastRow: 0 },
    });
  });

  test('never takes rows that people put in the place of deleted ones', () => {
    expect(findBlock(layout(marksOf({ header: 0, below: 4 })), 'e1', null)).toMatchObject({
      kind: 'damaged',
    });
    expect(findBlock(layout(marksOf({ header: 0 })), 'e1', null)).toMatchObject({ kind: 'damaged' });
  });

  test('without its header row, or with it below the end, is refused', () => {
    expect(findBlock(layout(marksOf({ last: 3, below: 4 })), 'e1', null)).toMatchObject({ kind: 'damaged' });
    expect(findBlock(layout(marksOf({ header: 9, last: 3, below: 4 })), 'e1', null)).toMatchObject({
      kind: 'damaged',
    });
  });

  test('on a duplicated tab is the one that was written last time', () => {
    const both = layout(
      [...marksOf({ header: 0, last: 3, below: 4 }), ...marksOf({ header: 0, last: 3, below: 4 }, 6)],
      [5, 6],
    );
    expect(findBlock(both, 'e1', { sheetId: 6 })).toMatchObject({
      block: { tab: { sheetId: 6 } },
    });
    expect(findBlock(both, 'e1', null)).toMatchObject({ block: { tab: { sheetId: 5 } } });
    expect(findBlock(both, 'e1', { sheetId: 99 })).toMatchObject({
      block: { tab: { sheetId: 5 } },
    });
  });

  test('of another exporter is absent', () => {
    expect(findBlock(layout(marksOf({ header: 0, last: 3, below: 4 })), 'e', null)).toEqual({
      kind: 'absent',
    });
  });
});

describe('generations', () => {
  test('follow every one that any tab knows', () => {
    expect(nextGeneration(layout(marksOf({ header: 0 })), 'e1', 0)).toBe(5);
    expect(nextGeneration(layout(marksOf({ header: 0 })), 'e1', 8)).toBe(9);
    expect(nextGeneration(layout([]), 'e1', 0)).toBe(1);
  });

  test('have ids that Google takes, the same each time', () => {
    const ids = Array.from({ length: 2000 }, (_, generation) => writeIdOf('exporter', generation));
    expect(new Set(ids).size).toBe(2000);
    expect(ids.every((id) => Number.isInteger(id) && id > 0 && id < 2 ** 31)).toBe(true);
    expect(writeIdOf('exporter', 3)).toBe(ids[3]);
  });
});

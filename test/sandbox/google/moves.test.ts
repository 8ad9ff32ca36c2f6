/** Everything that hangs on cells goes where they go: properties over a tab that has one of each. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Book, lines, openBook, rangeOf } from './open-book.ts';

const ROWS = 14;
const COLUMNS = 8;
const bold = { userEnteredFormat: { textFormat: { bold: true } }, note: 'seen' };
const blue = { rgbColor: { blue: 1 } };

/** One of everything, spread over the grid. */
const openRichBook = async (): Promise<Book> => {
  const book = await openBook({ rows: ROWS, columns: COLUMNS });
  await book.type([
    ['id', 'net', 'tax', '=SUM(B2:B5)', '=$B$3', '=mine'],
    ['a', 10, 1, '=B2+C2', '=SUM(B:B)', "='Sheet1'!B4"],
    ['b', 20, 2, '=B3+C3', '=SUM(2:4)', '=Other!A1'],
    ['c', 30, 3, '=B4+C4', '=B5:B5', 'x'],
    ['d', 40, 4, '=B5+C5', '', true],
  ]);
  await book.update(
    { addSheet: { properties: { sheetId: 1, title: 'Other' } } },
    {
      updateCells: {
        start: { sheetId: 1 },
        rows: [{ values: [{ userEnteredValue: { formulaValue: '=SUM(Sheet1!B2:B5)' } }] }],
        fields: 'userEnteredValue',
      },
    },
    { repeatCell: { range: rangeOf(1, 4, 1, 3), cell: bold, fields: 'userEnteredFormat,note' } },
    {
      setDataValidation: {
        range: rangeOf(2, 5, 0, 1),
        rule: { condition: { type: 'ONE_OF_LIST', values: [{ userEnteredValue: 'b' }] } },
      },
    },
    { addNamedRange: { namedRange: { namedRangeId: 'n', name: 'mine', range: rangeOf(3, 4, 1, 2) } } },
    {
      addProtectedRange: {
        protectedRange: { protectedRangeId: 1, range: rangeOf(2, 6, 1, 4), warningOnly: true },
      },
    },
    {
      addBanding: {
        bandedRange: {
          bandedRangeId: 2,
          range: rangeOf(8, 12, 0, 3),
          rowProperties: { firstBandColorStyle: blue, secondBandColorStyle: blue },
        },
      },
    },
    { addTable: { table: { tableId: 't', name: 'Things', range: rangeOf(8, 12, 4, 7) } } },
    {
      addConditionalFormatRule: {
        rule: {
          ranges: [rangeOf(1, 5, 1, 2), rangeOf(7, 9, 0, 2)],
          booleanRule: { condition: { type: 'NOT_BLANK' }, format: { textFormat: { italic: true } } },
        },
      },
    },
    { addFilterView: { filter: { filterViewId: 3, title: 'Mine', range: rangeOf(0, 5, 0, 4) } } },
    { setBasicFilter: { filter: { range: rangeOf(0, 6, 0, 5) } } },
    { addDimensionGroup: { range: lines('ROWS', 4, 7) } },
    {
      createDeveloperMetadata: {
        developerMetadata: {
          metadataId: 4,
          metadataKey: 'row',
          visibility: 'DOCUMENT',
          location: { dimensionRange: lines('ROWS', 3, 4) },
        },
      },
    },
    {
      createDeveloperMetadata: {
        developerMetadata: {
          metadataId: 5,
          metadataKey: 'column',
          visibility: 'DOCUMENT',
          location: { dimensionRange: lines('COLUMNS', 2, 3) },
        },
      },
    },
    {
      updateDimensionProperties: {
        range: lines('ROWS', 2, 3),
        properties: { pixelSize: 40 },
        fields: 'pixelSize',
      },
    },
  );
  return book;
};

const dimension = fc.constantFrom('ROWS' as const, 'COLUMNS' as const);
const sizeOf = (of: 'ROWS' | 'COLUMNS'): number => (of === 'ROWS' ? ROWS : COLUMNS);

describe('whatever hangs on cells', () => {
  it('is as before when rows or columns are inserted and deleted again [google-moves-together]', async () => {
    const book = await openRichBook();
    const before = book.dump();
    await fc.assert(
      fc.asyncProperty(
        dimension,
        fc.nat(),
        fc.integer({ min: 1, max: 3 }),
        fc.boolean(),
        async (of, at, count, fromBefore) => {
          const start = at % sizeOf(of);
          const range = lines(of, start, start + count);
          await book.update({ insertDimension: { range, inheritFromBefore: fromBefore && start > 0 } });
          expect(book.dump()).not.toBe(before);
          await book.update({ deleteDimension: { range } });
          expect(book.dump()).toBe(before);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('goes on by one when a row and a column come before everything [google-moves-together]', async () => {
    const book = await openRichBook();
    const sides = ['startRowIndex', 'endRowIndex', 'startColumnIndex', 'endColumnIndex'] as const;
    /** Every range of the first tab, wherever it stands. */
    const rangesIn = (value: unknown): Record<string, number>[] => {
      if (value === null || typeof value !== 'object') return [];
      const own = value as Record<string, number>;
      if (sides.some((side) => side in own)) return own['sheetId'] === 0 ? [own] : [];
      return Object.values(value).flatMap(rangesIn);
    };
    const before = rangesIn(JSON.parse(book.dump()));
    expect(before).toHaveLength(9);
    await book.update(
      { insertDimension: { range: lines('ROWS', 0, 1) } },
      { insertDimension: { range: lines('COLUMNS', 0, 1) } },
    );
    const shifted = before.map((range) =>
      Object.fromEntries(Object.entries(range).map(([side, at]) => [side, side === 'sheetId' ? at : at + 1])),
    );
    expect(rangesIn(JSON.parse(book.dump()))).toEqual(shifted);
    const { metadata } = book.sandbox.control.dump(book.spreadsheetId);
    expect(metadata.map(({ location }) => location)).toEqual([
      { type: 'ROW', sheetId: 0, index: 4 },
      { type: 'COLUMN', sheetId: 0, index: 3 },
    ]);
  });

  it('shifts with a band only where it lies wholly within [google-band-shift]', async () => {
    const book = await openBook();
    const name = (namedRangeId: string, left: number, right: number) => ({
      addNamedRange: {
        namedRange: { namedRangeId, name: `name_${namedRangeId}`, range: rangeOf(4, 6, left, right) },
      },
    });
    await book.type([['a', 'b', 'c']], 'A5');
    await book.update(name('in', 0, 2), name('out', 1, 3), {
      insertRange: { range: rangeOf(2, 5, 0, 2), shiftDimension: 'ROWS' },
    });
    const places = JSON.parse(book.dump()).namedRanges.map(({ range }: { range: object }) => range);
    expect(places).toEqual([rangeOf(7, 9, 0, 2), rangeOf(4, 6, 1, 3)]);
    expect(await book.read('A5:C8')).toEqual([['', '', 'c'], [], [], ['a', 'b']]);
    await book.update({ insertRange: { range: rangeOf(7, 8, 0, 1), shiftDimension: 'COLUMNS' } });
    expect(await book.read('A8:C8')).toEqual([['', 'a', 'b']]);
    await book.update({ deleteRange: { range: rangeOf(7, 8, 0, 2), shiftDimension: 'COLUMNS' } });
    expect(await book.read('A8:C8')).toEqual([['b']]);
  });

  it('is as before when rows or columns are moved there and back [google-moves-together]', async () => {
    const book = await openRichBook();
    const before = book.dump();
    await fc.assert(
      fc.asyncProperty(
        dimension,
        fc.nat(),
        fc.integer({ min: 1, max: 3 }),
        fc.nat(),
        async (of, from, length, onto) => {
          const size = sizeOf(of);
          const start = from % (size - 1);
          const end = Math.min(size, start + length);
          const to = onto % (size + 1);
          if (to >= start && to <= end) return;
          await book.update({ moveDimension: { source: lines(of, start, end), destinationIndex: to } });
          const count = end - start;
          const landed = to > end ? to - count : to;
          const back = to > end ? start : end;
          await book.update({
            moveDimension: { source: lines(of, landed, landed + count), destinationIndex: back },
          });
          expect(book.dump()).toBe(before);
        },
      ),
      { numRuns: 80 },
    );
  });

  it('is as before when cells are inserted and deleted again within a band [google-band-shift]', async () => {
    const book = await openRichBook();
    const before = book.dump();
    await fc.assert(
      fc.asyncProperty(
        fc.nat({ max: 5 }),
        fc.nat({ max: 5 }),
        fc.integer({ min: 1, max: 2 }),
        async (top, left, width) => {
          const range = rangeOf(top, top + 1, left, left + width);
          await book.update({ insertRange: { range, shiftDimension: 'ROWS' } });
          await book.update({ deleteRange: { range, shiftDimension: 'ROWS' } });
          expect(book.dump()).toBe(before);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('is as before when a block is cut away and back [google-cut-follows]', async () => {
    const book = await openRichBook();
    const before = book.dump();
    const destination = { sheetId: 1, rowIndex: 20, columnIndex: 3 };
    await book.update({ cutPaste: { source: rangeOf(1, 5, 0, 4), destination, pasteType: 'PASTE_NORMAL' } });
    expect(book.dump()).not.toBe(before);
    const back = { sheetId: 0, rowIndex: 1, columnIndex: 0 };
    await book.update({ cutPaste: { source: rangeOf(20, 24, 3, 7, 1), destination: back } });
    // References that had to name their tab on the way go on naming it.
    const plain = (text: string) => JSON.parse(text.replaceAll(/'?Sheet1'?!/g, ''));
    expect(plain(book.dump()).sheets[0].cells).toEqual(plain(before).sheets[0].cells);
    expect(plain(book.dump()).namedRanges).toEqual(plain(before).namedRanges);
  });
});

describe('a block that is cut to another tab', () => {
  it('takes along what lies wholly in it, and leaves the tab’s filter [google-cut-follows]', async () => {
    const book = await openBook();
    const range = rangeOf(1, 4, 1, 3);
    const rule = {
      ranges: [range, rangeOf(6, 8, 0, 2)],
      booleanRule: { condition: { type: 'BLANK' }, format: {} },
    };
    await book.update(
      { addSheet: { properties: { sheetId: 1, title: 'Other' } } },
      { mergeCells: { range: rangeOf(1, 3, 1, 3) } },
      { addConditionalFormatRule: { rule } },
      { setBasicFilter: { filter: { range } } },
      { addTable: { table: { tableId: 't', name: 'Things', range: rangeOf(3, 5, 1, 3) } } },
      {
        cutPaste: { source: rangeOf(0, 6, 0, 4), destination: { sheetId: 1, rowIndex: 10, columnIndex: 5 } },
      },
    );
    const [old, other] = book.sandbox.control.dump(book.spreadsheetId).sheets;
    const moved = rangeOf(11, 14, 6, 8, 1);
    expect([old?.merges, other?.merges]).toEqual([[], [{ ...moved, endRowIndex: 13 }]]);
    expect([old?.tables, other?.tables[0]?.range]).toEqual([[], rangeOf(13, 15, 6, 8, 1)]);
    expect(old?.conditionalFormats.map(({ ranges }) => ranges)).toEqual([[rangeOf(6, 8, 0, 2)]]);
    expect(other?.conditionalFormats.map(({ ranges }) => ranges)).toEqual([[moved]]);
    expect([old?.basicFilter?.range, other?.basicFilter]).toEqual([range, undefined]);
  });
});

describe('sorting', () => {
  const cell = fc.oneof(fc.integer({ min: -5, max: 5 }), fc.constantFrom('a', 'B', 'b', ''), fc.boolean());
  const grid = fc.array(fc.tuple(cell, cell, fc.nat({ max: 99 })), { minLength: 2, maxLength: 9 });

  it('is a permutation of the rows of the range, and twice is once [google-sort-permutes]', async () => {
    const book = await openBook();
    await fc.assert(
      fc.asyncProperty(grid, fc.constantFrom('ASCENDING', 'DESCENDING'), async (rows, sortOrder) => {
        await book.update({ updateCells: { range: rangeOf(0, 14, 0, 8), fields: '*' } });
        await book.type(rows);
        const whole = `A1:C${rows.length}`;
        const sort = {
          sortRange: { range: rangeOf(0, rows.length, 0, 3), sortSpecs: [{ dimensionIndex: 0, sortOrder }] },
        };
        const text = (values: unknown[][]) => values.map((row) => JSON.stringify(row)).sort();
        const before = await book.read(whole);
        await book.update(sort);
        const once = await book.read(whole);
        expect(text(once)).toEqual(text(before));
        const keys = once.map(([key]) => key).filter((key) => key !== '');
        const numbers = keys.filter((key) => typeof key === 'number');
        const ordered = [...numbers].sort((a, b) => (sortOrder === 'ASCENDING' ? a - b : b - a));
        expect(numbers).toEqual(ordered);
        await book.update(sort);
        expect(await book.read(whole)).toEqual(once);
      }),
      { numRuns: 60 },
    );
  });

  it('takes formulas, looks, notes and rules of cells along, and only within the range [google-sort-takes-all]', async () => {
    const book = await openBook();
    await book.type([
      [3, '=A1*2', 'out 1'],
      [1, '=A2*2', 'out 2'],
    ]);
    await book.update(
      { repeatCell: { range: rangeOf(1, 2, 0, 1), cell: bold, fields: 'userEnteredFormat,note' } },
      { setDataValidation: { range: rangeOf(1, 2, 0, 1), rule: { condition: { type: 'NOT_BLANK' } } } },
      { sortRange: { range: rangeOf(0, 2, 0, 2), sortSpecs: [{ dimensionIndex: 0 }] } },
    );
    const { cells } = book.sandbox.control.dump(book.spreadsheetId).sheets[0] ?? { cells: {} };
    expect(cells).toEqual({
      A1: {
        value: 1,
        text: '1',
        format: bold.userEnteredFormat,
        note: 'seen',
        validation: { condition: { type: 'NOT_BLANK' } },
      },
      B1: { formula: '=A1*2', text: '2' },
      C1: { value: 'out 1', text: 'out 1' },
      A2: { value: 3, text: '3' },
      B2: { formula: '=A2*2', text: '6' },
      C2: { value: 'out 2', text: 'out 2' },
    });
  });

  it('sees what the request before it did, in one batch [google-sort-permutes]', async () => {
    const book = await openBook();
    await book.type([[1], [2], [3], [4]]);
    const sort = (sortOrder: string) => ({
      sortRange: { range: rangeOf(0, 4, 0, 1), sortSpecs: [{ dimensionIndex: 0, sortOrder }] },
    });
    await book.update(sort('DESCENDING'), sort('ASCENDING'), sort('DESCENDING'));
    expect(await book.read('A1:A4')).toEqual([[4], [3], [2], [1]]);
  });

  it('puts cells of a colour first [google-sort-colour]', async () => {
    const book = await openBook();
    await book.type([['a'], ['b'], ['c']]);
    const backgroundColorStyle = blue;
    await book.update(
      {
        repeatCell: {
          range: rangeOf(2, 3, 0, 1),
          cell: { userEnteredFormat: { backgroundColorStyle } },
          fields: 'userEnteredFormat',
        },
      },
      { sortRange: { range: rangeOf(0, 3, 0, 1), sortSpecs: [{ dimensionIndex: 0, backgroundColorStyle }] } },
    );
    expect(await book.read('A1:A3')).toEqual([['c'], ['a'], ['b']]);
  });

  it('is refused where cells are merged down [google-sort-merged]', async () => {
    const book = await openBook();
    const sort = { sortRange: { range: rangeOf(0, 4, 0, 2), sortSpecs: [{ dimensionIndex: 0 }] } };
    expect(await book.refusal({ mergeCells: { range: rangeOf(1, 3, 0, 1) } }, sort)).toContain(
      'vertical merges',
    );
    await book.update({ mergeCells: { range: rangeOf(1, 2, 0, 2) } }, sort);
  });
});

describe('formulas', () => {
  it('follow rows, columns, bands, cut blocks, new names and deleted tabs [google-formulas-follow]', async () => {
    const book = await openBook();
    await book.update({ addSheet: { properties: { sheetId: 1, title: 'Old name' } } });
    await book.type([
      ['=B3', '=$B$3', '=SUM(B2:B4)', '=SUM(B:B)', "='Old name'!A1", '=total', '=SUM(B3:B)', '=2:4'],
    ]);
    const formulas = async () => (await book.read('1:1', 'FORMULA'))[0];
    await book.update(
      { addNamedRange: { namedRange: { namedRangeId: 'n', name: 'total', range: rangeOf(2, 3, 1, 2) } } },
      { insertDimension: { range: lines('ROWS', 2, 4) } },
    );
    const inserted = [
      '=B5',
      '=$B$5',
      '=SUM(B2:B6)',
      '=SUM(B:B)',
      "='Old name'!A1",
      '=total',
      '=SUM(B5:B)',
      '=2:6',
    ];
    expect(await formulas()).toEqual(inserted);
    await book.update(
      { updateSheetProperties: { properties: { sheetId: 1, title: 'New' }, fields: 'title' } },
      { updateNamedRange: { namedRange: { namedRangeId: 'n', name: 'all_of_it' }, fields: 'name' } },
      { deleteDimension: { range: lines('ROWS', 4, 5) } },
    );
    expect(await formulas()).toEqual([
      '=#REF!',
      '=#REF!',
      '=SUM(B2:B5)',
      '=SUM(B:B)',
      '=New!A1',
      '=all_of_it',
      '=SUM(B5:B)',
      '=2:5',
    ]);
    await book.update(
      { cutPaste: { source: rangeOf(1, 5, 1, 2), destination: { sheetId: 1, rowIndex: 7, columnIndex: 2 } } },
      { insertRange: { range: rangeOf(1, 2, 0, 1), shiftDimension: 'ROWS' } },
    );
    expect((await formulas())?.[2]).toBe('=SUM(New!C8:C11)');
    await book.update({ deleteSheet: { sheetId: 1 } });
    expect((await formulas())?.slice(2, 5)).toEqual(['=SUM(#REF!)', '=SUM(B:B)', '=#REF!']);
  });
});

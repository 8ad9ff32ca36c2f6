/** Structured tables, merges, filters, bands, conditional formats, validation and borders: what each does to cells. */
import { describe, expect, it } from 'vitest';
import { type Book, lines, openBook, rangeOf } from './open-book.ts';

const sheetOf = (book: Book, at = 0) => {
  const sheet = book.sandbox.control.dump(book.spreadsheetId).sheets[at];
  if (!sheet) throw new Error('no such tab');
  return sheet;
};
const tableOf = (book: Book) => sheetOf(book).tables[0];
const text = (stringValue: string) => ({ userEnteredValue: { stringValue } });
const footer = { footerColorStyle: { rgbColor: { red: 1 } } };

/** Five rows by three columns from A1 on: a header and two filled rows. */
const openTable = async (more: object = {}): Promise<Book> => {
  const book = await openBook();
  await book.type([
    ['Id', 'Net', 'Paid'],
    ['a', 1],
    ['b', 2],
  ]);
  const columnProperties = [{ columnIndex: 2, columnName: 'Paid', columnType: 'BOOLEAN' }];
  await book.update({
    addTable: {
      table: { tableId: 't', name: 'Things', range: rangeOf(0, 4, 0, 3), columnProperties, ...more },
    },
  });
  return book;
};

describe('a table', () => {
  it('takes the names of its columns from the header row and writes those it was given [google-table-columns]', async () => {
    const book = await openTable();
    expect(tableOf(book)?.columns.map(({ columnName }) => columnName)).toEqual(['Id', 'Net', 'Paid']);
    await book.update({
      updateTable: {
        table: { tableId: 't', columnProperties: [{ columnIndex: 1, columnName: 'Amount' }] },
        fields: 'columnProperties',
      },
    });
    expect((await book.read('A1:C1'))[0]).toEqual(['Id', 'Amount', 'Paid']);
  });

  it('fills a column of checkboxes with FALSE and one of ratings with 0 [google-table-defaults]', async () => {
    const book = await openTable();
    expect(await book.read('C2:C4')).toEqual([[false], [false], [false]]);
  });

  it('wants a list of choices for a dropdown, and for nothing else [google-table-dropdown]', async () => {
    const book = await openBook();
    const add = (column: object) => ({
      addTable: {
        table: {
          range: rangeOf(0, 3, 0, 1),
          columnProperties: [{ columnIndex: 0, columnName: 'x', ...column }],
        },
      },
    });
    const dataValidationRule = { condition: { type: 'ONE_OF_LIST', values: [{ userEnteredValue: 'a' }] } };
    expect(await book.refusal(add({ columnType: 'DROPDOWN' }))).toContain('ONE_OF_LIST');
    expect(await book.refusal(add({ columnType: 'DATE', dataValidationRule }))).toContain(
      'Only dropdown columns',
    );
    await book.update(add({ columnType: 'DROPDOWN', dataValidationRule }));
    expect(sheetOf(book).cells['A2']?.validation).toMatchObject(dataValidationRule);
  });

  it('has a name that no other has, and does not overlap another [google-table-unique]', async () => {
    const book = await openTable();
    const add = (name: string, top: number) => ({
      addTable: { table: { name, range: rangeOf(top, top + 2, 0, 2) } },
    });
    expect(await book.refusal(add('things', 8))).toContain('already exists');
    expect(await book.refusal(add('Others', 3))).toContain('overlaps');
    await book.update(add('Others', 8));
  });

  it('grows when cells are appended to it, in front of its footer, and pushes down what is below [google-table-append]', async () => {
    const book = await openTable({ rowsProperties: footer });
    await book.type([['total', 3]], 'A4');
    await book.type([['below', '', '', '', 'beside']], 'A6');
    const rows = [{ values: [text('c')] }, { values: [text('d')] }];
    await book.update({ appendCells: { tableId: 't', rows, fields: 'userEnteredValue' } });
    expect(await book.read('A2:A8')).toEqual([['a'], ['b'], ['c'], ['d'], ['total'], [], ['below']]);
    expect(await book.read('E6')).toEqual([['beside']]);
    expect(tableOf(book)?.range).toEqual(rangeOf(0, 6, 0, 3));
  });

  it('gets a footer row or loses it with the colour of the footer [google-table-footer]', async () => {
    const book = await openTable();
    const update = (rowsProperties: object) => ({
      updateTable: { table: { tableId: 't', rowsProperties }, fields: 'rowsProperties' },
    });
    await book.update(update(footer));
    expect(tableOf(book)?.range.endRowIndex).toBe(5);
    await book.update(update({}));
    expect(tableOf(book)?.range.endRowIndex).toBe(4);
  });

  it('follows inserted and deleted rows and columns with the names of its columns [google-table-follows]', async () => {
    const book = await openTable();
    await book.update(
      { insertDimension: { range: lines('COLUMNS', 1, 2) } },
      { insertDimension: { range: lines('ROWS', 2, 4) } },
      { deleteDimension: { range: lines('COLUMNS', 0, 1) } },
    );
    expect(tableOf(book)?.range).toEqual(rangeOf(0, 6, 0, 3));
    expect(tableOf(book)?.columns.map(({ columnName }) => columnName)).toEqual(['Column 1', 'Net', 'Paid']);
  });

  it('takes its contents along when it is deleted [google-table-delete]', async () => {
    const book = await openTable();
    await book.type([['outside']], 'A5');
    await book.update({ deleteTable: { tableId: 't' } });
    expect(await book.read('A1:C5')).toEqual([[], [], [], [], ['outside']]);
  });

  it('is listed among the bands by reference, unless left out [google-table-bands]', async () => {
    const book = await openTable();
    const get = (more: string) =>
      book.call('GET', `/v4/spreadsheets/${book.spreadsheetId}?fields=sheets.bandedRanges${more}`);
    expect((await get('')).sheets[0].bandedRanges[0].bandedRangeReference).toBe('t');
    expect((await get('&excludeTablesInBandedRanges=true')).sheets[0]).toEqual({});
  });

  it('may have the filter and a protection tied to it [google-table-backs]', async () => {
    const book = await openTable();
    await book.update(
      { setBasicFilter: { filter: { tableId: 't' } } },
      { addProtectedRange: { protectedRange: { protectedRangeId: 1, tableId: 't', warningOnly: true } } },
      { updateTable: { table: { tableId: 't', range: rangeOf(0, 6, 0, 3) }, fields: 'range' } },
    );
    const answer = await book.call(
      'GET',
      `/v4/spreadsheets/${book.spreadsheetId}?fields=sheets(basicFilter,protectedRanges(range,tableId))`,
    );
    const range = rangeOf(0, 6, 0, 3);
    expect(answer.sheets[0]).toEqual({
      basicFilter: { range, tableId: 't' },
      protectedRanges: [{ range, tableId: 't' }],
    });
  });
});

describe('merged cells', () => {
  it('keep the upper left value only, by block, by column or by row [google-merge-values]', async () => {
    const book = await openBook();
    const fill = () =>
      book.type([
        ['a', 'b'],
        ['c', 'd'],
      ]);
    await fill();
    await book.update({ mergeCells: { range: rangeOf(0, 2, 0, 2), mergeType: 'MERGE_ROWS' } });
    expect(await book.read('A1:B2')).toEqual([['a'], ['c']]);
    await fill();
    await book.update({ mergeCells: { range: rangeOf(0, 2, 0, 2), mergeType: 'MERGE_COLUMNS' } });
    expect(await book.read('A1:B2')).toEqual([['a', 'b']]);
    await fill();
    await book.update({ mergeCells: { range: rangeOf(0, 2, 0, 2) } });
    expect(await book.read('A1:B2')).toEqual([['a']]);
    expect(sheetOf(book).merges).toEqual([rangeOf(0, 2, 0, 2)]);
  });

  it('can neither be cut through by a merge nor by a move [google-merge-whole]', async () => {
    const book = await openBook();
    await book.update({ mergeCells: { range: rangeOf(1, 3, 0, 2) } });
    expect(await book.refusal({ unmergeCells: { range: rangeOf(2, 4, 0, 2) } })).toContain(
      'select all cells in a merged range',
    );
    expect(
      await book.refusal({ moveDimension: { source: lines('ROWS', 2, 3), destinationIndex: 6 } }),
    ).toContain('merged range');
    await book.update({ insertDimension: { range: lines('ROWS', 2, 3) } });
    expect(sheetOf(book).merges).toEqual([rangeOf(1, 4, 0, 2)]);
    await book.update(
      { deleteDimension: { range: lines('ROWS', 1, 3) } },
      { deleteDimension: { range: lines('COLUMNS', 1, 2) } },
    );
    // What is left is one cell, and no merge.
    expect(sheetOf(book).merges).toEqual([]);
  });

  it('are copied with a plain paste, not with a paste of values [google-paste-types]', async () => {
    const book = await openBook();
    await book.update({ mergeCells: { range: rangeOf(0, 1, 0, 2) } });
    const paste = (pasteType: string) => ({
      copyPaste: { source: rangeOf(0, 1, 0, 2), destination: rangeOf(4, 5, 0, 2), pasteType },
    });
    await book.update(paste('PASTE_VALUES'));
    expect(sheetOf(book).merges).toHaveLength(1);
    await book.update(paste('PASTE_NORMAL'));
    expect(sheetOf(book).merges).toEqual([rangeOf(0, 1, 0, 2), rangeOf(4, 5, 0, 2)]);
  });
});

describe('pasting', () => {
  it.each([
    ['PASTE_NORMAL', { formula: '=E1', hasFormat: true, hasBorder: true, hasRule: true, hasNote: true }],
    [
      'PASTE_VALUES',
      { formula: undefined, hasFormat: false, hasBorder: false, hasRule: false, hasNote: false },
    ],
    ['PASTE_FORMULA', { formula: '=E1', hasFormat: false, hasBorder: false, hasRule: false, hasNote: false }],
    ['PASTE_FORMAT', { formula: undefined, hasFormat: true, hasBorder: true, hasRule: true, hasNote: false }],
    ['PASTE_NO_BORDERS', { formula: '=E1', hasFormat: true, hasBorder: false, hasRule: true, hasNote: true }],
    [
      'PASTE_DATA_VALIDATION',
      { formula: undefined, hasFormat: false, hasBorder: false, hasRule: true, hasNote: false },
    ],
  ])('%s takes what it names [google-paste-types]', async (pasteType, expected) => {
    const book = await openBook();
    await book.update(
      {
        repeatCell: {
          range: rangeOf(0, 1, 1, 2),
          cell: {
            userEnteredValue: { formulaValue: '=A1' },
            userEnteredFormat: { textFormat: { bold: true } },
            note: 'n',
          },
          fields: '*',
        },
      },
      { updateBorders: { range: rangeOf(0, 1, 1, 2), top: { style: 'SOLID' } } },
      { setDataValidation: { range: rangeOf(0, 1, 1, 2), rule: { condition: { type: 'NOT_BLANK' } } } },
      { copyPaste: { source: rangeOf(0, 1, 1, 2), destination: rangeOf(0, 1, 5, 6), pasteType } },
    );
    const cell = sheetOf(book).cells['F1'];
    expect({
      formula: cell?.formula,
      hasFormat: cell?.format?.['textFormat'] !== undefined,
      hasBorder: cell?.format?.['borders'] !== undefined,
      hasRule: cell?.validation !== undefined,
      hasNote: cell?.note !== undefined,
    }).toEqual(expected);
  });
});

describe('a basic filter', () => {
  it('hides rows by value and by condition, and writes go to them all the same [google-filter-hides]', async () => {
    const book = await openBook();
    await book.type([
      ['id', 'net'],
      ['a', 1],
      ['b', 20],
      ['c', 3],
    ]);
    const filterSpecs = [
      { columnIndex: 0, filterCriteria: { hiddenValues: ['c'] } },
      {
        columnIndex: 1,
        filterCriteria: { condition: { type: 'NUMBER_LESS', values: [{ userEnteredValue: '10' }] } },
      },
    ];
    await book.update({ setBasicFilter: { filter: { range: rangeOf(0, 4, 0, 2), filterSpecs } } });
    const path = `/v4/spreadsheets/${book.spreadsheetId}?ranges=Sheet1!A1:B4&fields=sheets(basicFilter,data.rowMetadata.hiddenByFilter)`;
    const { sheets } = await book.call('GET', path);
    expect(sheets[0].data[0].rowMetadata).toEqual([
      {},
      {},
      { hiddenByFilter: true },
      { hiddenByFilter: true },
    ]);
    // Both forms are answered, whichever was written.
    expect(Object.keys(sheets[0].basicFilter.criteria)).toEqual(['0', '1']);
    expect(sheets[0].basicFilter.filterSpecs[1].columnIndex).toBe(1);
    await book.type([['z']], 'A4');
    expect(await book.read('A4')).toEqual([['z']]);
  });

  it('keeps its order of sorting and moves no row by it [google-filter-sort-specs]', async () => {
    const book = await openBook();
    await book.type([['id'], ['b'], ['a']]);
    const sortSpecs = [{ dimensionIndex: 0, sortOrder: 'ASCENDING' }];
    await book.update({ setBasicFilter: { filter: { range: rangeOf(0, 3, 0, 1), sortSpecs } } });
    expect(await book.read('A1:A3')).toEqual([['id'], ['b'], ['a']]);
    expect(sheetOf(book).basicFilter?.sortSpecs).toEqual(sortSpecs);
  });

  it('gives way to the next one with its criteria [google-filter-one]', async () => {
    const book = await openBook();
    const criteria = { 0: { hiddenValues: ['x'] } };
    await book.update({ setBasicFilter: { filter: { range: rangeOf(0, 4, 0, 2), criteria } } });
    await book.update({ setBasicFilter: { filter: { range: rangeOf(0, 6, 0, 2) } } });
    expect(sheetOf(book).basicFilter).toEqual({ range: rangeOf(0, 6, 0, 2), criteria: {} });
  });
});

describe('a named range', () => {
  it('goes when all of its rows go, and formulas that used it show #NAME? [google-named-range-gone]', async () => {
    const book = await openBook();
    await book.type([['=mine'], [5]]);
    await book.update({ addNamedRange: { namedRange: { name: 'mine', range: rangeOf(1, 2, 0, 1) } } });
    expect(await book.read('A1')).toEqual([[5]]);
    await book.update({ deleteDimension: { range: lines('ROWS', 1, 2) } });
    expect(await book.read('A1')).toEqual([['#NAME?']]);
  });
});

describe('looks', () => {
  it('bands do not overlap one another or a table [google-bands-apart]', async () => {
    const book = await openTable();
    const rowProperties = { firstBandColorStyle: {}, secondBandColorStyle: {} };
    const add = (top: number) => ({
      addBanding: { bandedRange: { range: rangeOf(top, top + 2, 0, 2), rowProperties } },
    });
    expect(await book.refusal(add(2))).toContain('already has alternating background colors');
    await book.update(add(8));
    expect(await book.refusal(add(9))).toContain('already has alternating background colors');
  });

  it('conditional formats are an ordered list that moves and changes by index [google-conditional-order]', async () => {
    const book = await openBook();
    const rule = (column: number) => ({
      ranges: [rangeOf(0, 2, column, column + 1)],
      booleanRule: { condition: { type: 'BLANK' }, format: {} },
    });
    const replies = await book.update(
      { addConditionalFormatRule: { rule: rule(0), index: 0 } },
      { addConditionalFormatRule: { rule: rule(1), index: 0 } },
      { updateConditionalFormatRule: { sheetId: 0, index: 0, newIndex: 1 } },
      { updateConditionalFormatRule: { index: 0, rule: rule(2) } },
      { deleteConditionalFormatRule: { sheetId: 0, index: 1 } },
    );
    expect(replies[2].updateConditionalFormatRule).toMatchObject({
      oldIndex: 0,
      newIndex: 1,
      newRule: rule(1),
    });
    expect(replies[3].updateConditionalFormatRule).toMatchObject({
      newIndex: 0,
      oldRule: rule(0),
      newRule: rule(2),
    });
    expect(replies[4].deleteConditionalFormatRule).toEqual({ rule: rule(1) });
    expect(sheetOf(book).conditionalFormats.map(({ ranges }) => ranges)).toEqual([[rangeOf(0, 2, 2, 3)]]);
  });

  it('borders are set edge by edge, kept where not named, and taken away by NONE [google-borders]', async () => {
    const book = await openBook();
    const range = rangeOf(0, 2, 0, 2);
    await book.update(
      { updateBorders: { range, top: { style: 'SOLID_THICK' }, innerVertical: { style: 'DOTTED' } } },
      { updateBorders: { range, innerVertical: { style: 'NONE' }, left: { style: 'DASHED' } } },
    );
    const { cells } = sheetOf(book);
    expect(cells['A1']?.format).toEqual({
      borders: { top: { style: 'SOLID_THICK', width: 3 }, left: { style: 'DASHED', width: 1 } },
    });
    expect(cells['B1']?.format).toEqual({ borders: { top: { style: 'SOLID_THICK', width: 3 } } });
    expect(cells['B2']).toBeUndefined();
  });

  it('a copied tab has its own bands, filters, tables and merges, and no protection [google-duplicate-sheet]', async () => {
    const book = await openTable();
    await book.update(
      { mergeCells: { range: rangeOf(8, 10, 0, 2) } },
      { addProtectedRange: { protectedRange: { range: rangeOf(0, 1, 0, 1), warningOnly: true } } },
      { addFilterView: { filter: { filterViewId: 5, title: 'Mine', range: rangeOf(0, 4, 0, 3) } } },
      { setBasicFilter: { filter: { range: rangeOf(0, 4, 0, 3) } } },
      { duplicateSheet: { sourceSheetId: 0, newSheetId: 9, insertSheetIndex: 1 } },
    );
    const copy = sheetOf(book, 1);
    expect(copy.merges).toEqual([rangeOf(8, 10, 0, 2, 9)]);
    expect(copy.basicFilter?.range).toEqual(rangeOf(0, 4, 0, 3, 9));
    expect(copy.protectedRanges).toEqual([]);
    expect(copy.tables[0]?.name).toBe('Things_2');
    expect(copy.filterViews[0]?.filterViewId).not.toBe(5);
  });
});

describe('text requests', () => {
  it('findReplace counts what it changes and leaves formulas alone unless asked [google-find-replace]', async () => {
    const book = await openBook();
    await book.type([
      ['eel', '="eel"'],
      ['e1', 'no'],
    ]);
    const [first] = await book.update({ findReplace: { find: 'E', replacement: 'o', allSheets: true } });
    expect(first.findReplace).toEqual({
      valuesChanged: 2,
      rowsChanged: 2,
      sheetsChanged: 1,
      occurrencesChanged: 3,
    });
    const [second] = await book.update({
      findReplace: {
        find: '(e+)l',
        replacement: '$1k',
        allSheets: true,
        searchByRegex: true,
        includeFormulas: true,
      },
    });
    expect(second.findReplace).toMatchObject({ formulasChanged: 1, occurrencesChanged: 1 });
    expect(await book.read('A1:B2')).toEqual([
      ['ool', 'eek'],
      ['o1', 'no'],
    ]);
  });

  it('pasteData and textToColumns parse as typing does [google-paste-data]', async () => {
    const book = await openBook();
    await book.update({
      pasteData: {
        coordinate: { rowIndex: 1 },
        data: '1;=1+1\n2026-11-20;x',
        type: 'PASTE_NORMAL',
        delimiter: ';',
      },
    });
    expect(await book.read('A2:B3')).toEqual([
      [1, 2],
      [46346, 'x'],
    ]);
    await book.type([['a,5,TRUE']]);
    await book.update({ textToColumns: { source: rangeOf(0, 1, 0, 1), delimiterType: 'COMMA' } });
    expect(await book.read('A1:C1')).toEqual([['a', 5, true]]);
  });

  it('trimWhitespace and deleteDuplicates say how much they did [google-tidy]', async () => {
    const book = await openBook();
    await book.type([['  a  b '], ['A B'], ['c'], ['a b']]);
    await book.type([['outside']], 'A6');
    const replies = await book.update(
      { trimWhitespace: { range: rangeOf(0, 4, 0, 1) } },
      { deleteDuplicates: { range: rangeOf(0, 4, 0, 1) } },
    );
    expect(replies).toEqual([
      { trimWhitespace: { cellsChangedCount: 1 } },
      { deleteDuplicates: { duplicatesRemovedCount: 2 } },
    ]);
    expect(await book.read('A1:A6')).toEqual([['a b'], ['c'], [], [], [], ['outside']]);
  });
});

describe('groups of rows', () => {
  it('nest by depth, hide what they hold when folded, and are answered [google-groups]', async () => {
    const book = await openBook();
    const replies = await book.update(
      { addDimensionGroup: { range: lines('ROWS', 1, 6) } },
      { addDimensionGroup: { range: lines('ROWS', 2, 4) } },
      {
        updateDimensionGroup: {
          dimensionGroup: { range: lines('ROWS', 2, 4), depth: 2, collapsed: true },
          fields: 'collapsed',
        },
      },
    );
    expect(replies[1].addDimensionGroup.dimensionGroups.map(({ depth }: { depth: number }) => depth)).toEqual(
      [1, 2],
    );
    expect(sheetOf(book).rows).toEqual([
      { row: 2, hidden: true },
      { row: 3, hidden: true },
    ]);
    const { sheets } = await book.call(
      'GET',
      `/v4/spreadsheets/${book.spreadsheetId}?fields=sheets.rowGroups`,
    );
    expect(sheets[0].rowGroups[1]).toEqual({ range: lines('ROWS', 2, 4), depth: 2, collapsed: true });
  });
});

describe('work', () => {
  it('that would take longer than 180 seconds ends with a timeout, and nothing of it stays [google-180-seconds]', async () => {
    const book = await openBook();
    await book.sandbox.control.run({ action: 'setLimits', cellsPerCall: 100 });
    const before = book.dump();
    const cell = { userEnteredValue: { numberValue: 1 } };
    const repeat = { repeatCell: { range: rangeOf(0, 10, 0, 8), cell, fields: 'userEnteredValue' } };
    expect(await book.refusal(repeat, repeat)).toContain('Deadline expired');
    expect(book.dump()).toBe(before);
    await book.update(repeat);
  });
});

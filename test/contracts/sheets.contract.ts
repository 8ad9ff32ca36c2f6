/** What every Sheets and Drive must hold to, whichever wire they go over. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { GridRange } from '../../server/domain/spreadsheet.ts';
import type { Drive, SheetRequest, Sheets } from '../../server/ports.ts';

export interface MadeSheets {
  sheets: Sheets;
  drive: Drive;
  grantId: string;
  /** Of a spreadsheet with one tab `Data` (20 rows, 6 columns, sheetId 11), granted, in zone Pacific/Auckland. */
  spreadsheetId: string;
  /** Of a spreadsheet of the same person that the app was never given. */
  foreignId: string;
  /** A person types into the tab, by A1 name. */
  type(cell: string, value: string | number | boolean): Promise<void>;
  trash(): Promise<void>;
  /** The next call is answered like this; `lost`: it is carried out and the answer never comes. */
  fail(how: { status: number } | 'lost'): Promise<void>;
  /** The access token in use is refused from now on, another would be taken. */
  endToken(): Promise<void>;
  close(): Promise<void>;
}

const SHEET = 11;
const range = (
  startRow: number,
  endRow: number,
  startColumn: number,
  endColumn: number,
  sheetId = SHEET,
): GridRange => ({
  sheetId,
  startRow,
  endRow,
  startColumn,
  endColumn,
});
const mark = (key: string, location: object, metadataId?: number): SheetRequest => ({
  createDeveloperMetadata: {
    developerMetadata: {
      metadataKey: key,
      metadataValue: 'v',
      visibility: 'PROJECT',
      location,
      ...(metadataId ? { metadataId } : {}),
    },
  },
});
const line = (dimension: string, startIndex: number) => ({
  dimensionRange: { sheetId: SHEET, dimension, startIndex, endIndex: startIndex + 1 },
});

export const sheetsContract = (name: string, make: () => Promise<MadeSheets>): void => {
  describe(`${name} as Sheets and Drive`, () => {
    let made: MadeSheets;
    beforeEach(async () => {
      made = await make();
    });
    afterEach(() => made.close());
    const apply = (...requests: SheetRequest[]) =>
      made.sheets.apply(made.grantId, made.spreadsheetId, requests);
    const layout = (...keys: string[]) => made.sheets.layout(made.grantId, made.spreadsheetId, keys);
    const cells = (...ranges: GridRange[]) => made.sheets.cells(made.grantId, made.spreadsheetId, ranges);

    test('the layout tells zone, tabs, grids and the marks of the keys asked for', async () => {
      await apply(
        mark('ours.tab', { sheetId: SHEET }),
        mark('ours.row', line('ROWS', 0), 77),
        mark('ours.column', line('COLUMNS', 3)),
        mark('other', { sheetId: SHEET }),
        mark('ours.tab', { spreadsheet: true }),
      );
      const found = await layout('ours.tab', 'ours.row', 'ours.column');
      expect(found).toMatchObject({
        spreadsheetId: made.spreadsheetId,
        timeZone: 'Pacific/Auckland',
        tabs: [
          {
            sheetId: SHEET,
            title: 'Data',
            isHidden: false,
            rowCount: 20,
            columnCount: 6,
            protectedRanges: [],
          },
        ],
      });
      expect(found.marks.map(({ key, value, place }) => ({ key, value, place }))).toEqual([
        { key: 'ours.tab', value: 'v', place: { kind: 'tab', sheetId: SHEET } },
        { key: 'ours.row', value: 'v', place: { kind: 'row', sheetId: SHEET, index: 0 } },
        { key: 'ours.column', value: 'v', place: { kind: 'column', sheetId: SHEET, index: 3 } },
      ]);
      expect(found.marks[1]?.metadataId).toBe(77);
    });

    test('the layout tells protections, whole columns too', async () => {
      await apply(
        {
          addProtectedRange: {
            protectedRange: { range: { sheetId: SHEET, startColumnIndex: 2, endColumnIndex: 3 } },
          },
        },
        { addProtectedRange: { protectedRange: { range: { sheetId: SHEET }, warningOnly: true } } },
      );
      const everything = Number.POSITIVE_INFINITY;
      expect((await layout()).tabs[0]?.protectedRanges).toMatchObject([
        { ...range(0, everything, 2, 3), isWarningOnly: false, mayEdit: true, open: [] },
        { ...range(0, everything, 0, everything), isWarningOnly: true, mayEdit: true },
      ]);
    });

    test('cells are told as they were entered, formulas as formulas, ranges in their order', async () => {
      await made.type('B2', '=1+1');
      await made.type('C2', 'text');
      await made.type('D2', 1.5);
      await made.type('E2', true);
      await made.type('B4', "'=1+1");
      const [second, first] = await cells(range(3, 5, 1, 3), range(0, 3, 1, 6));
      expect(first?.rows[1]?.slice(0, 4)).toEqual([{ formula: '=1+1' }, 'text', 1.5, true]);
      expect(first?.rows[0] ?? []).toEqual(expect.not.arrayContaining([expect.anything()]));
      expect(second?.range).toEqual(range(3, 5, 1, 3));
      expect(second?.rows[0]?.[0]).toBe('=1+1');
    });

    test('beyond the grid there is nothing', async () => {
      await made.type('A20', 'last');
      expect((await cells(range(19, 30, 0, 1)))[0]?.rows).toEqual([['last']]);
    });

    test('filled values come back as what they were, whatever the text looks like', async () => {
      const rows = [
        ['=1+1', '+64', '00123', '1/2', 'TRUE'],
        [0.1, -1, 46346, true, false],
        ['é 🧾', "'quoted", '2026-11-20', '@x', '-'],
      ];
      await made.sheets.fill(made.grantId, made.spreadsheetId, range(2, 5, 0, 5), rows);
      expect((await cells(range(2, 5, 0, 5)))[0]?.rows).toEqual(rows);
      await made.sheets.fill(made.grantId, made.spreadsheetId, range(2, 5, 0, 5), rows);
      expect((await cells(range(2, 5, 0, 5)))[0]?.rows).toEqual(rows);
      await made.sheets.fill(made.grantId, made.spreadsheetId, range(2, 3, 0, 2), [[null, 'b']]);
      expect((await cells(range(2, 3, 0, 2)))[0]?.rows).toEqual([['=1+1', 'b']]);
    });

    test('a batch is applied whole or not at all', async () => {
      const write = {
        updateCells: {
          range: { sheetId: SHEET, startRowIndex: 0, endRowIndex: 1, startColumnIndex: 0, endColumnIndex: 1 },
          rows: [{ values: [{ userEnteredValue: { stringValue: 'x' } }] }],
          fields: 'userEnteredValue',
        },
      };
      await expect(apply(write, { deleteSheet: { sheetId: 99 } })).rejects.toMatchObject({
        code: 'SHEET_CHANGED',
      });
      expect((await cells(range(0, 1, 0, 1)))[0]?.rows[0]?.[0] ?? null).toBe(null);
      expect(await apply(write)).toBe('applied');
      expect((await cells(range(0, 1, 0, 1)))[0]?.rows).toEqual([['x']]);
    });

    test('a second batch with the same mark is overtaken and does nothing', async () => {
      const batch = [
        mark('write', { sheetId: SHEET }, 5),
        { appendDimension: { sheetId: SHEET, dimension: 'ROWS', length: 1 } },
      ];
      expect(await apply(...batch)).toBe('applied');
      expect(await apply(...batch)).toBe('overtaken');
      expect((await layout()).tabs[0]?.rowCount).toBe(21);
    });

    test('a batch whose answer was lost is GOOGLE_UNAVAILABLE, and known when it is sent again', async () => {
      await layout();
      await made.fail('lost');
      await expect(apply(mark('write', { sheetId: SHEET }, 6))).rejects.toMatchObject({
        code: 'GOOGLE_UNAVAILABLE',
        kind: 'retry',
      });
      expect(await apply(mark('write', { sheetId: SHEET }, 6))).toBe('overtaken');
    });

    test('a note is told, and its absence', async () => {
      const noteOf = async () =>
        (
          await made.sheets.cells(made.grantId, made.spreadsheetId, [range(1, 3, 1, 3)], { withNotes: true })
        )[0]?.note;
      expect(await noteOf()).toBe('');
      await apply({
        updateCells: {
          start: { sheetId: SHEET, rowIndex: 1, columnIndex: 1 },
          rows: [{ values: [{ note: 'a\nb' }] }],
          fields: 'note',
        },
      });
      expect(await noteOf()).toBe('a\nb');
      expect((await cells(range(1, 2, 1, 2)))[0]).not.toHaveProperty('note');
    });

    test('what is not there any more is SHEET_CHANGED', async () => {
      const changed = expect.objectContaining({ code: 'SHEET_CHANGED', kind: 'retry' });
      await expect(cells(range(0, 1, 0, 1, 99))).rejects.toEqual(changed);
      await expect(
        made.sheets.fill(made.grantId, made.spreadsheetId, range(0, 1, 0, 1, 99), [['x']]),
      ).rejects.toEqual(changed);
      await expect(apply({ addSheet: { properties: { title: 'DATA' } } })).rejects.toEqual(changed);
    });

    test('a spreadsheet that was never granted needs the file', async () => {
      const needs = expect.objectContaining({ code: 'NEEDS_FILE', kind: 'user' });
      await expect(made.sheets.layout(made.grantId, made.foreignId, [])).rejects.toEqual(needs);
      await expect(made.drive.version(made.grantId, made.foreignId)).rejects.toEqual(needs);
      await expect(made.drive.version(made.grantId, 'no-such-file')).rejects.toEqual(needs);
    });

    test.each([
      [429, 'GOOGLE_QUOTA', 'wait'],
      [500, 'GOOGLE_UNAVAILABLE', 'retry'],
      [503, 'GOOGLE_UNAVAILABLE', 'retry'],
      [403, 'NEEDS_FILE', 'user'],
      [400, 'GOOGLE_REFUSED', 'fatal'],
    ])('an answer with status %i is %s', async (status, code, kind) => {
      await layout();
      await made.fail({ status });
      await expect(layout()).rejects.toMatchObject({ code, kind });
      await layout();
      await made.fail({ status });
      await expect(made.drive.version(made.grantId, made.spreadsheetId)).rejects.toMatchObject({
        code,
        kind,
      });
    });

    test('a token that ran out is renewed once, unseen', async () => {
      await layout();
      await made.endToken();
      expect((await layout()).tabs).toHaveLength(1);
      expect(await made.drive.version(made.grantId, made.spreadsheetId)).toMatch(/^\d+$/);
    });

    test('the version grows with every change, of people and of ours, and with nothing else', async () => {
      const version = async () => Number(await made.drive.version(made.grantId, made.spreadsheetId));
      const first = await version();
      await cells(range(0, 1, 0, 1));
      expect(await version()).toBe(first);
      await made.type('A1', 'x');
      const second = await version();
      expect(second).toBeGreaterThan(first);
      await apply(mark('write', { sheetId: SHEET }));
      expect(await version()).toBeGreaterThan(second);
    });

    test('a file in the bin is SHEET_MISSING', async () => {
      await made.trash();
      await expect(made.drive.version(made.grantId, made.spreadsheetId)).rejects.toMatchObject({
        code: 'SHEET_MISSING',
      });
    });

    test('no error holds the token or a value', async () => {
      const secret = 'Tāmaki Wholesale';
      const refused = await apply({
        updateCells: {
          range: { sheetId: SHEET },
          rows: [{ values: [{ userEnteredValue: { wrong: secret } }] }],
          fields: 'userEnteredValue',
        },
      }).catch((error: unknown) => error);
      await made.fail({ status: 500 });
      const failed = await made.sheets
        .fill(made.grantId, made.spreadsheetId, range(0, 1, 0, 1), [[secret]])
        .catch((error: unknown) => error);
      for (const error of [refused, failed]) {
        expect(error).toBeInstanceOf(Error);
        const told = everythingIn(error);
        expect(told).not.toContain(secret);
        expect(told).not.toMatch(/bearer|ya29/i);
      }
    });
  });
};

/** All own properties of an error and its causes, the hidden ones too. */
function everythingIn(error: unknown, seen = new Set<unknown>()): string {
  if (typeof error !== 'object' || error === null || seen.has(error)) return String(error);
  seen.add(error);
  return Reflect.ownKeys(error)
    .map((key) => everythingIn(Reflect.get(error, key), seen))
    .join('\n');
}

/** Protected ranges: what they stop, for whom, and what strict rules stop. */
import { describe, expect, it } from 'vitest';
import { lines, rangeOf } from './open-book.ts';
import {
  AMELIA,
  BEN,
  batch,
  newSheet,
  put,
  refusal,
  type Sheets,
  type Started,
  startGoogle,
} from './start-google.ts';

const open = async (google: Started): Promise<{ owner: Sheets; editor: Sheets; spreadsheetId: string }> => {
  const owner = await google.sheetsOf(AMELIA);
  const spreadsheetId = await newSheet(owner);
  await google.control.run({ action: 'share', spreadsheetId, user: BEN, role: 'writer' });
  await google.control.run({ action: 'pickFile', user: BEN, spreadsheetId });
  return { owner, editor: await google.sheetsOf(BEN), spreadsheetId };
};
const protect = (owner: Sheets, spreadsheetId: string, protectedRange: object) =>
  batch(owner, spreadsheetId, [{ addProtectedRange: { protectedRange } }]);

describe('a protected range', () => {
  it('that only warns stops nobody [google-protected-warning]', async () => {
    await using google = await startGoogle();
    const { owner, editor, spreadsheetId } = await open(google);
    await protect(owner, spreadsheetId, { range: rangeOf(0, 5, 0, 5), warningOnly: true });
    await put(editor, spreadsheetId, 'A1', [['fine']]);
    const { data } = await editor.spreadsheets.get({
      spreadsheetId,
      fields: 'sheets.protectedRanges(warningOnly,editors)',
    });
    expect(data.sheets?.[0]?.protectedRanges).toEqual([{ warningOnly: true }]);
  });

  it('lets its editors in, and always whoever made it [google-protected-editors]', async () => {
    await using google = await startGoogle();
    const { owner, editor, spreadsheetId } = await open(google);
    await protect(editor, spreadsheetId, { protectedRangeId: 1, range: rangeOf(0, 1, 0, 1) });
    await put(editor, spreadsheetId, 'A1', [['made it']]);
    await protect(owner, spreadsheetId, {
      protectedRangeId: 2,
      range: rangeOf(1, 2, 0, 1),
      editors: { users: [BEN] },
    });
    await put(editor, spreadsheetId, 'A2', [['named']]);
    await protect(owner, spreadsheetId, { protectedRangeId: 3, range: rangeOf(2, 3, 0, 1) });
    expect((await refusal(put(editor, spreadsheetId, 'A1:A3', [[1], [2], [3]]))).status).toBe(400);
    const { data } = await editor.spreadsheets.get({
      spreadsheetId,
      fields: 'sheets.protectedRanges(protectedRangeId,requestingUserCanEdit,editors)',
    });
    // Who may edit is told to those who may.
    expect(data.sheets?.[0]?.protectedRanges).toEqual([
      { protectedRangeId: 1, requestingUserCanEdit: true, editors: { users: [BEN] } },
      { protectedRangeId: 2, requestingUserCanEdit: true, editors: { users: [BEN, AMELIA] } },
      { protectedRangeId: 3 },
    ]);
  });

  it('of a whole tab has holes where it says so, and takes no rows within [google-protected-structure]', async () => {
    await using google = await startGoogle();
    const { owner, editor, spreadsheetId } = await open(google);
    await protect(owner, spreadsheetId, { range: { sheetId: 0 }, unprotectedRanges: [rangeOf(4, 6, 0, 2)] });
    await put(editor, spreadsheetId, 'A5:B6', [
      [1, 2],
      [3, 4],
    ]);
    for (const request of [
      { updateCells: { range: rangeOf(3, 5, 0, 1), fields: 'userEnteredValue' } },
      { insertDimension: { range: lines('ROWS', 2, 3) } },
      { deleteDimension: { range: lines('COLUMNS', 1, 2) } },
      { moveDimension: { source: lines('ROWS', 1, 2), destinationIndex: 5 } },
      { sortRange: { range: rangeOf(0, 9, 0, 2), sortSpecs: [{ dimensionIndex: 0 }] } },
      { mergeCells: { range: rangeOf(0, 2, 0, 2) } },
      { cutPaste: { source: rangeOf(4, 5, 0, 1), destination: { rowIndex: 0 } } },
      { deleteSheet: { sheetId: 0 } },
    ]) {
      expect((await refusal(batch(editor, spreadsheetId, [request]))).status, JSON.stringify(request)).toBe(
        400,
      );
    }
    await batch(owner, spreadsheetId, [{ insertDimension: { range: lines('ROWS', 2, 3) } }]);
  });

  it('tied to a named range goes where the name goes [google-protected-named]', async () => {
    await using google = await startGoogle();
    const { owner, editor, spreadsheetId } = await open(google);
    await batch(owner, spreadsheetId, [
      { addNamedRange: { namedRange: { namedRangeId: 'n', name: 'ours', range: rangeOf(0, 1, 0, 1) } } },
      { addProtectedRange: { protectedRange: { namedRangeId: 'n' } } },
      {
        updateNamedRange: { namedRange: { namedRangeId: 'n', range: rangeOf(7, 8, 0, 1) }, fields: 'range' },
      },
    ]);
    await put(editor, spreadsheetId, 'A1', [['free again']]);
    expect((await refusal(put(editor, spreadsheetId, 'A8', [['no']]))).status).toBe(400);
  });
});

describe('a validation rule', () => {
  it('stays on its cell when values and formats are written there [google-rule-stays]', async () => {
    await using google = await startGoogle();
    const { owner, spreadsheetId } = await open(google);
    const rule = { condition: { type: 'NOT_BLANK' } };
    const bold = { userEnteredFormat: { textFormat: { bold: true } } };
    await batch(owner, spreadsheetId, [{ setDataValidation: { range: rangeOf(0, 1, 0, 1), rule } }]);
    await put(owner, spreadsheetId, 'A1', [['2026-11-20']], 'USER_ENTERED');
    await batch(owner, spreadsheetId, [
      { repeatCell: { range: rangeOf(0, 1, 0, 1), cell: bold, fields: 'userEnteredFormat.textFormat.bold' } },
      {
        updateCells: { range: rangeOf(0, 1, 0, 1), rows: [{ values: [bold] }], fields: 'userEnteredFormat' },
      },
    ]);
    await google.control.run({
      action: 'personEdits',
      spreadsheetId,
      edits: [{ kind: 'set', cell: 'Sheet1!A1', value: '£5', format: {} }],
    });
    expect(google.control.dump(spreadsheetId).sheets[0]?.cells['A1']?.validation).toEqual(rule);
    await batch(owner, spreadsheetId, [
      { updateCells: { range: rangeOf(0, 1, 0, 1), fields: 'dataValidation' } },
    ]);
    expect(google.control.dump(spreadsheetId).sheets[0]?.cells['A1']?.validation).toBeUndefined();
  });
});

describe('a strict rule', () => {
  it('stops what people type and not what the API writes [google-strict-rule]', async () => {
    await using google = await startGoogle();
    const { owner, spreadsheetId } = await open(google);
    const condition = {
      type: 'ONE_OF_LIST',
      values: [{ userEnteredValue: 'open' }, { userEnteredValue: 'done' }],
    };
    await batch(owner, spreadsheetId, [
      { setDataValidation: { range: rangeOf(0, 2, 0, 1), rule: { condition, strict: true } } },
    ]);
    const type = (value: string) =>
      google.control.run({
        action: 'personEdits',
        spreadsheetId,
        edits: [{ kind: 'set', cell: 'Sheet1!A1', value }],
      });
    await expect(type('lost')).rejects.toThrow('violates the data validation rules');
    await type('done');
    await put(owner, spreadsheetId, 'A2', [['lost']]);
    const grid = await owner.spreadsheets.get({
      spreadsheetId,
      ranges: ['A1'],
      fields: 'sheets.data.rowData.values.dataValidation',
    });
    expect(grid.data.sheets?.[0]?.data?.[0]?.rowData?.[0]?.values?.[0]?.dataValidation).toEqual({
      condition,
      strict: true,
    });
  });
});

/** What a person did in the sheet is taken back act by act, and never over somebody else's write. */
import { expect, it } from 'vitest';
import { sandboxClock } from '../../../server/sandbox/clock.ts';
import { createGoogleSandbox } from '../../../server/sandbox/google/create-google-sandbox.ts';

function openSheet() {
  const { control } = createGoogleSandbox({ seed: 1, clock: sandboxClock(() => 0), quotas: false });
  const { spreadsheetId } = control.createSpreadsheet({ tabs: [{ title: 'A', values: [['one'], ['two']] }] });
  const text = (row: number) =>
    control.gridPage(spreadsheetId, { rowStart: row, rowCount: 1 })?.rows[0]?.cells[0]?.text;
  return {
    type: (cell: string, value: string) =>
      control.run({
        action: 'personEdits',
        spreadsheetId,
        edits: [{ kind: 'set', cell: `A!${cell}`, value }],
      }),
    insertRow: () =>
      control.run({
        action: 'personEdits',
        spreadsheetId,
        edits: [{ kind: 'insert', tab: 'A', dimension: 'ROWS', at: 0, count: 1 }],
      }),
    undo: () => control.run({ action: 'undoPersonEdits', spreadsheetId }),
    canUndo: () => control.gridPage(spreadsheetId, { rowStart: 0, rowCount: 1 })?.canUndo,
    share: () => control.run({ action: 'trashFile', spreadsheetId, isTrashed: false }),
    texts: () => [text(0), text(1), text(2)],
  };
}

it('takes acts back from the last to the first', async () => {
  const sheet = openSheet();
  expect(sheet.canUndo()).toBe(false);
  await sheet.type('A1', 'changed');
  await sheet.insertRow();
  await sheet.type('A1', 'top');
  expect(sheet.texts()).toEqual(['top', 'changed', 'two']);
  await sheet.undo();
  await sheet.undo();
  expect(sheet.texts()).toEqual(['changed', 'two', undefined]);
  await sheet.undo();
  expect(sheet.texts()).toEqual(['one', 'two', undefined]);
  expect(sheet.canUndo()).toBe(false);
  await expect(sheet.undo()).rejects.toThrow('nothing to undo');
});

it('ends where somebody else wrote in between', async () => {
  const sheet = openSheet();
  await sheet.type('A1', 'first');
  await sheet.share();
  expect(sheet.canUndo()).toBe(false);
  await expect(sheet.undo()).rejects.toThrow('nothing to undo');
  await sheet.type('A2', 'second');
  await sheet.undo();
  expect(sheet.texts()).toEqual(['first', 'two', undefined]);
  expect(sheet.canUndo()).toBe(false);
});

/** What people do with a tab of ours besides typing into it (F57, F58, F59): they protect and lock it, filter, merge, freeze, sort, copy, hide and delete. */
import type { PersonEdit } from '../../../server/sandbox/google/control/person-edits.ts';
import { GoogleApiError } from '../../../server/sandbox/google/google-api-error.ts';
import type { Guards } from './guards.ts';
import type { LabWorld } from './lab-world.ts';
import { colleague, owner, type Setting } from './setting.ts';

export interface SheetEditor {
  /** One of them, by dice. */
  edit(): Promise<void>;
  /** Everything that keeps us out is taken away again. */
  mend(): Promise<void>;
}

type Act = (tab: Tab) => unknown[];
interface Tab {
  sheetId: number;
  title: string;
  rowCount: number;
  columnCount: number;
  index: number;
}

export function sheetEditorOf(world: LabWorld, setting: Setting, guards: Guards): SheetEditor {
  const { google, watch, extras } = world;
  const { dice } = extras;

  const part = ({ sheetId, rowCount, columnCount }: Tab) => {
    const startRowIndex = dice.below(Math.min(rowCount, 12));
    const startColumnIndex = dice.below(columnCount);
    return {
      sheetId,
      startRowIndex,
      endRowIndex: Math.min(rowCount, startRowIndex + dice.one([1, 3, 50])),
      startColumnIndex,
      endColumnIndex: Math.min(columnCount, startColumnIndex + dice.one([1, 2, 20])),
    };
  };
  const whole = ({ sheetId }: Tab) => ({ sheetId });
  const protect = (range: object, more: object = {}): unknown[] => [
    { addProtectedRange: { protectedRange: { range, editors: { users: [colleague] }, ...more } } },
  ];
  const properties = ({ sheetId }: Tab, change: object, fields: string): unknown[] => [
    { updateSheetProperties: { properties: { sheetId, ...change }, fields } },
  ];
  const acts: Record<string, Act> = {
    'protects a range': (tab) => protect(part(tab)),
    'locks the tab': (tab) => protect(whole(tab)),
    'locks the tab but for a range': (tab) => protect(whole(tab), { unprotectedRanges: [part(tab)] }),
    'asks to be careful': (tab) => [
      { addProtectedRange: { protectedRange: { range: whole(tab), warningOnly: true } } },
    ],
    filters: (tab) => [{ setBasicFilter: { filter: { range: { ...whole(tab), startRowIndex: 0 } } } }],
    merges: (tab) => [{ mergeCells: { range: part(tab), mergeType: dice.one(['MERGE_ALL', 'MERGE_ROWS']) } }],
    freezes: (tab) =>
      properties(tab, { gridProperties: { frozenRowCount: dice.below(3) } }, 'gridProperties.frozenRowCount'),
    sorts: (tab) => {
      const range = part(tab);
      return [
        {
          sortRange: {
            range,
            sortSpecs: [{ dimensionIndex: range.startColumnIndex, sortOrder: 'DESCENDING' }],
          },
        },
      ];
    },
    copies: ({ sheetId, title }) => [
      {
        duplicateSheet: {
          sourceSheetId: sheetId,
          insertSheetIndex: 0,
          newSheetName: `${title.slice(0, 20)} copy`,
        },
      },
    ],
    hides: (tab) => properties(tab, { hidden: true }, 'hidden'),
    moves: (tab) => properties(tab, { index: dice.below(3) }, 'index'),
    names: (tab) => [{ addNamedRange: { namedRange: { name: `theirs${tab.sheetId}`, range: part(tab) } } }],
    'deletes rows': ({ sheetId, rowCount }) => {
      const startIndex = dice.below(Math.min(rowCount - 1, 8));
      const range = { sheetId, dimension: 'ROWS', startIndex, endIndex: startIndex + 1 };
      return [{ deleteDimension: { range } }];
    },
    'moves a column': ({ sheetId, columnCount }) => {
      const startIndex = dice.below(columnCount);
      const source = { sheetId, dimension: 'COLUMNS', startIndex, endIndex: startIndex + 1 };
      return [{ moveDimension: { source, destinationIndex: dice.below(columnCount + 1) } }];
    },
  };
  const names = Object.keys(acts);
  const isOurs = ({ title, hidden }: { title: string; hidden: boolean }): boolean =>
    !hidden && title !== 'Notes' && !title.endsWith('copy');

  const asPerson = async (
    spreadsheetId: string,
    user: string,
    edit: PersonEdit,
    what: string,
  ): Promise<void> => {
    try {
      await google.control.run({ action: 'personEdits', spreadsheetId, user, edits: [edit] });
      guards.touched(spreadsheetId);
      watch.event(`a person ${what}`);
    } catch (error) {
      // What the sheet does not take is no edit.
      if (!(error instanceof GoogleApiError)) throw error;
    }
  };

  return {
    async edit() {
      const spreadsheetId = dice.one(setting.spreadsheets);
      if (dice.chance(0.06)) {
        watch.event('a person bins the spreadsheet');
        await google.control.run({ action: 'trashFile', spreadsheetId });
        return;
      }
      if (dice.chance(0.06)) {
        // Of one's own file nobody can take the right.
        if (ownerOf(world, spreadsheetId) === owner) return;
        watch.event('a person takes the right to write');
        await google.control.run({
          action: 'share',
          spreadsheetId,
          user: owner,
          role: dice.one(['reader', 'none']),
        });
        return;
      }
      const tabs = google.control
        .dump(spreadsheetId)
        .sheets.map((sheet, index): Tab & { hidden: boolean } => ({ ...sheet, index }))
        .filter(isOurs);
      if (tabs.length === 0) return;
      const what = dice.one(names);
      const requests = acts[what]?.(dice.one(tabs)) ?? [];
      await asPerson(spreadsheetId, colleague, { kind: 'requests', requests }, what);
    },
    async mend() {
      for (const spreadsheetId of setting.spreadsheets) {
        await google.control.run({ action: 'trashFile', spreadsheetId, isTrashed: false });
        const holder = ownerOf(world, spreadsheetId);
        if (holder !== owner) {
          await google.control.run({ action: 'share', spreadsheetId, user: owner, role: 'writer' });
          await google.control.run({ action: 'pickFile', user: owner, spreadsheetId });
        }
        const requests = google.control
          .dump(spreadsheetId)
          .sheets.flatMap(({ protectedRanges }) =>
            protectedRanges.map(({ protectedRangeId }) => ({ deleteProtectedRange: { protectedRangeId } })),
          );
        if (requests.length > 0)
          await asPerson(spreadsheetId, holder, { kind: 'requests', requests }, 'unlocks everything');
      }
    },
  };
}

const ownerOf = ({ google }: LabWorld, id: string): string =>
  google.control.state().spreadsheets.find(({ spreadsheetId }) => spreadsheetId === id)?.owner ?? '';

/** Every question to Google: each works in a tab of its own of the scratch spreadsheet. */

import { bandShift } from './google/band-shift.ts';
import { bandsApart } from './google/bands-apart.ts';
import { batchAtomic } from './google/batch-atomic.ts';
import { bodyJson } from './google/body-json.ts';
import { cellCharacters } from './google/cell-characters.ts';
import { columnLimit } from './google/column-limit.ts';
import { copyTo } from './google/copy-to.ts';
import { cutFollows } from './google/cut-follows.ts';
import { driveFiles } from './google/drive-files.ts';
import { driveVersion } from './google/drive-version.ts';
import { duplicateSheet } from './google/duplicate-sheet.ts';
import { filterSortSpecs } from './google/filter-sort-specs.ts';
import { formulaFormat } from './google/formula-format.ts';
import { formulaToday } from './google/formula-today.ts';
import { formulaValues } from './google/formula-values.ts';
import { formulasFollow } from './google/formulas-follow.ts';
import { merges } from './google/merges.ts';
import { metadataAgain } from './google/metadata-again.ts';
import { metadataRefused } from './google/metadata-refused.ts';
import { metadataWithTab } from './google/metadata-with-tab.ts';
import { movesTogether } from './google/moves-together.ts';
import { namedRangeGone } from './google/named-range-gone.ts';
import { nullSkips } from './google/null-skips.ts';
import { pasteData } from './google/paste-data.ts';
import { pasteValues } from './google/paste-values.ts';
import { rawAndTyped } from './google/raw-and-typed.ts';
import { readClips } from './google/read-clips.ts';
import { shareWishes } from './google/share-wishes.ts';
import { sortOrder } from './google/sort-order.ts';
import { sortTakesAll } from './google/sort-takes-all.ts';
import { strictRule } from './google/strict-rule.ts';
import { tabTitles } from './google/tab-titles.ts';
import { tables } from './google/tables.ts';
import { textFormat } from './google/text-format.ts';
import { unknownRequest } from './google/unknown-request.ts';
import { updateClears } from './google/update-clears.ts';
import { uploadMalformed } from './google/upload-malformed.ts';
import { uploadSession } from './google/upload-session.ts';
import { uploadSize } from './google/upload-size.ts';
import { valuesAtomic } from './google/values-atomic.ts';
import type { GoogleAsker } from './google-asker.ts';
import type { Probe } from './probe.ts';

export const googleProbes: readonly Probe<GoogleAsker>[] = [
  batchAtomic,
  valuesAtomic,
  metadataRefused,
  metadataAgain,
  metadataWithTab,
  nullSkips,
  rawAndTyped,
  textFormat,
  readClips,
  updateClears,
  pasteValues,
  sortOrder,
  cellCharacters,
  columnLimit,
  tabTitles,
  bodyJson,
  unknownRequest,
  copyTo,
  movesTogether,
  bandShift,
  cutFollows,
  sortTakesAll,
  merges,
  formulasFollow,
  formulaValues,
  formulaToday,
  bandsApart,
  duplicateSheet,
  pasteData,
  tables,
  driveFiles,
  uploadSession,
  uploadMalformed,
  strictRule,
  filterSortSpecs,
  namedRangeGone,
  uploadSize,
  formulaFormat,
  shareWishes,
  driveVersion,
];

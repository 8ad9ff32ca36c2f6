/** Every question to Google: each works in a tab of its own of the scratch spreadsheet. */
import { batchAtomic } from './google/batch-atomic.ts';
import { bodyJson } from './google/body-json.ts';
import { cellCharacters } from './google/cell-characters.ts';
import { columnLimit } from './google/column-limit.ts';
import { driveVersion } from './google/drive-version.ts';
import { metadataAgain } from './google/metadata-again.ts';
import { metadataRefused } from './google/metadata-refused.ts';
import { metadataWithTab } from './google/metadata-with-tab.ts';
import { nullSkips } from './google/null-skips.ts';
import { pasteValues } from './google/paste-values.ts';
import { rawAndTyped } from './google/raw-and-typed.ts';
import { readClips } from './google/read-clips.ts';
import { sortOrder } from './google/sort-order.ts';
import { tabTitles } from './google/tab-titles.ts';
import { textFormat } from './google/text-format.ts';
import { unknownRequest } from './google/unknown-request.ts';
import { updateClears } from './google/update-clears.ts';
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
  driveVersion,
];

/** What a duplicated tab has of its own. */
import type { GoogleAsker } from '../google-asker.ts';
import { finding, type Probe } from '../probe.ts';
import { cells } from './range.ts';

interface Tab {
  properties: { sheetId: number };
  merges?: unknown[];
  protectedRanges?: unknown[];
  basicFilter?: unknown;
}

export const duplicateSheet: Probe<GoogleAsker> = {
  name: 'duplicate-sheet',
  rules: ['google-duplicate-sheet'],
  asks: 'A tab with a merge, a filter and a protected range, duplicated, and what the copy has.',
  expects: 'The merge and the filter, and no protection.',
  calls: 4,
  async run({ tab, batch, look }) {
    await tab(1041, 'twice', 8, 4);
    await batch(
      { mergeCells: { range: cells(1041, [5, 7], [2, 4]), mergeType: 'MERGE_ALL' } },
      { setBasicFilter: { filter: { range: cells(1041, [0, 4], [0, 2]) } } },
      { addProtectedRange: { protectedRange: { range: cells(1041, [0, 1], [0, 1]), warningOnly: true } } },
    );
    await batch({ duplicateSheet: { sourceSheetId: 1041, newSheetId: 1042, newSheetName: 'twice-2' } });
    const { json } = await look('sheets(properties(sheetId),merges,protectedRanges,basicFilter)');
    const copy = ((json['sheets'] ?? []) as Tab[]).find(({ properties }) => properties.sheetId === 1042);
    const has = [copy?.merges?.length ?? 0, copy?.basicFilter ? 1 : 0, copy?.protectedRanges?.length ?? 0];
    return finding(has.join() === '1,1,0', `Merges, filters and protections of the copy: ${has.join(', ')}.`);
  },
};

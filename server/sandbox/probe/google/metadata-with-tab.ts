/** Whether a deleted tab takes its metadata along and frees the ids. */
import type { GoogleAsker } from '../google-asker.ts';
import { finding, type Probe } from '../probe.ts';
import { createOnRow } from './metadata-place.ts';

export const metadataWithTab: Probe<GoogleAsker> = {
  name: 'metadata-with-tab',
  rules: ['google-metadata-with-tab'],
  asks: 'An entry on a tab, the tab deleted, and the same id on another tab.',
  expects: '200 for all of them.',
  calls: 5,
  async run({ tab, batch }) {
    await tab(1005, 'metadata-tab', 5, 5);
    await tab(1006, 'metadata-tab-2', 5, 5);
    const statuses = [
      (await batch(createOnRow(710_005, 1005, 1))).status,
      (await batch({ deleteSheet: { sheetId: 1005 } })).status,
      (await batch(createOnRow(710_005, 1006, 1))).status,
    ];
    return finding(
      statuses.every((status) => status === 200),
      `Statuses ${statuses.join(', ')}.`,
    );
  },
};

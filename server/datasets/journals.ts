/** What was booked by hand. */
import { manualJournals } from '../resources/manual-journals.ts';
import type { Dataset } from './dataset.ts';
import { lineDataset, recordDataset } from './record-dataset.ts';

const group = 'Journals';

export const journals: readonly Dataset[] = [
  recordDataset(manualJournals, {
    label: 'Manual journals',
    group,
    description: 'One row per manual journal, drafts and voided ones included.',
    key: 'manual-journal-id',
    orderBy: ['date', 'narration'],
  }),
  lineDataset('manual-journal-lines', manualJournals, 'lines', {
    label: 'Manual journal lines',
    group,
    description: 'One row per line of every manual journal, debits positive, with account and tracking.',
    // Xero gives these lines no ids.
    key: null,
    orderBy: ['date', 'narration'],
  }),
];

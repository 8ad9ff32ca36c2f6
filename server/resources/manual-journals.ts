/**
 * Manual journals, voided and deleted ones included, with their lines. Asked for an order Xero forgets its pages, so they come in its
 * own order, last page first; without pages they come without lines (xero-api.md 3.1 and 10-16, 2026-11-20).
 */
import { date, flag, money, more, text } from './column.ts';
import { trackingColumns } from './line-columns.ts';
import { type Resource, reportsPermission } from './resource.ts';

export const manualJournals: Resource = {
  name: 'manual-journals',
  label: 'Manual journals',
  path: 'ManualJournals',
  envelope: 'ManualJournals',
  idField: 'ManualJournalID',
  updatedField: 'UpdatedDateUTC',
  stateField: 'Status',
  scope: 'accounting.manualjournals.read',
  permission: reportsPermission,
  paging: { kind: 'backwards' },
  query: {},
  hasModifiedSince: true,
  removal: 'state',
  ledger: { dateField: 'Date' },
  windowField: 'Date',
  columns: [
    date('date', 'Date', 'Date'),
    text('narration', 'Narration', 'Narration'),
    text('status', 'Status', 'Status'),
    text('line-amount-types', 'Amounts are', 'LineAmountTypes'),
    flag('on-cash-basis', 'Shown on cash basis reports', 'ShowOnCashBasisReports'),
    more.flag('has-attachments', 'Has attachments', 'HasAttachments'),
    more.text('url', 'Link to source', 'Url'),
    more.instant('updated', 'Updated', 'UpdatedDateUTC'),
    more.text('manual-journal-id', 'Manual journal ID', 'ManualJournalID'),
  ],
  lines: [
    {
      name: 'lines',
      path: 'JournalLines',
      columns: [
        date('date', 'Date', '^Date'),
        text('narration', 'Narration', '^Narration'),
        text('status', 'Status', '^Status'),
        text('account-code', 'Account code', 'AccountCode'),
        text('description', 'Description', 'Description'),
        money('line-amount', 'Line amount', 'LineAmount'),
        text('tax-type', 'Tax type', 'TaxType'),
        money('tax-amount', 'Line tax', 'TaxAmount'),
        ...trackingColumns.shown,
        more.text('line-amount-types', 'Amounts are', '^LineAmountTypes'),
        more.flag('on-cash-basis', 'Shown on cash basis reports', '^ShowOnCashBasisReports'),
        more.flag('is-blank', 'Blank line', 'IsBlank'),
        more.instant('updated', 'Updated', '^UpdatedDateUTC'),
        more.text('account-id', 'Account ID', 'AccountID'),
        ...trackingColumns.more,
        more.text('manual-journal-id', 'Manual journal ID', '^ManualJournalID'),
      ],
    },
  ],
};

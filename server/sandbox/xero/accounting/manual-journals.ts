/** `/ManualJournals`: lines when paged or by id; `order` switches paging off (TAP 2.2.3; xero-api.md 3.1, 2026-11-20). */
import type { Company } from '../company/company.ts';
import type { ManualJournal } from '../company/manual-journals.ts';
import { moneyText } from '../json/decimal.ts';
import { booleanText, listText, objectText, optionalText, stringText } from '../json/json-text.ts';
import { DAY_MS, dayText, instantText } from '../json/wire-dates.ts';
import type { Listing } from './listing.ts';
import { trackingText } from './tracking-categories.ts';

export const manualJournals: Listing<'manualJournals'> = {
  kind: 'manualJournals',
  plural: 'ManualJournals',
  scope: 'accounting.manualjournals',
  canPage: true,
  losesPagesByOrder: true,
  hasSummaryOnly: false,
  idField: 'ManualJournalID',
  orders: { Date: (_, row) => row.date, Narration: (_, row) => row.narration },
  where: (company) => ({
    ManualJournalID: {
      type: 'guid',
      optimised: 'equals',
      read: (row) => company.id('manualJournals', row.index),
    },
    Narration: { type: 'text', optimised: 'equals', read: (row) => row.narration },
    Status: { type: 'text', read: (row) => row.status },
    Date: { type: 'date', read: (row) => row.date * DAY_MS },
    UpdatedDateUTC: { type: 'date', read: (row) => row.updatedAt },
  }),
  filters: () => [],
  render: (company, row, form) =>
    objectText(2, [
      'Date',
      dayText(row.date),
      'Status',
      stringText(row.status),
      'LineAmountTypes',
      stringText(row.lineAmountTypes),
      'UpdatedDateUTC',
      instantText(row.updatedAt),
      'ManualJournalID',
      stringText(company.id('manualJournals', row.index)),
      'Narration',
      stringText(row.narration),
      'JournalLines',
      form === 'summary' ? '[]' : linesText(company, row),
      'ShowOnCashBasisReports',
      booleanText(row.showsOnCashBasis),
      'HasAttachments',
      'false',
    ]),
};

const linesText = (company: Company, row: ManualJournal): string =>
  listText(
    3,
    row.lines.map((line) =>
      objectText(4, [
        'Description',
        optionalText(line.description),
        'TaxType',
        stringText(line.taxType),
        'TaxAmount',
        moneyText(line.tax),
        'LineAmount',
        moneyText(line.amount),
        'AccountCode',
        optionalText(company.accounts.at(line.account).code),
        'Tracking',
        trackingText(company, line.tracking, 5, 'names'),
        'AccountID',
        stringText(company.id('accounts', line.account)),
        'IsBlank',
        'false',
      ]),
    ),
  );

/**
 * `/BankTransfers`: never paged, never stamped again after they are made, deleted ones only when asked for
 * (xero-api.md 3.2 and 3.4, 2026-11-20). Their two bank transactions are not in `/BankTransactions`.
 */
import type { Company } from '../company/company.ts';
import { decimalText, moneyText } from '../json/decimal.ts';
import { booleanText, objectText, optionalText, stringText } from '../json/json-text.ts';
import { DAY_MS, dayText, instantText, spacedTwinText } from '../json/wire-dates.ts';
import type { Listing } from './listing.ts';
import { trackingText } from './tracking-categories.ts';

export const bankTransfers: Listing<'bankTransfers'> = {
  kind: 'bankTransfers',
  plural: 'BankTransfers',
  scope: 'accounting.banktransactions',
  canPage: false,
  hasSummaryOnly: false,
  idField: 'BankTransferID',
  defaultOrder: 'CreatedDateUTC',
  orders: {
    CreatedDateUTC: (_, row) => row.updatedAt,
    Date: (_, row) => row.date,
    Amount: (_, row) => row.amount,
    Reference: (_, row) => row.reference ?? '',
  },
  where: (company) => ({
    BankTransferID: { type: 'guid', read: (row) => company.id('bankTransfers', row.index) },
    Amount: { type: 'decimal', read: (row) => row.amount * 100 },
    Date: { type: 'date', read: (row) => row.date * DAY_MS },
    CreatedDateUTC: { type: 'date', read: (row) => row.updatedAt },
    Status: { type: 'text', read: (row) => row.status },
    Reference: { type: 'text', read: (row) => row.reference },
    HasAttachments: { type: 'boolean', read: () => false },
    FromIsReconciled: { type: 'boolean', read: (row) => row.isFromReconciled },
    ToIsReconciled: { type: 'boolean', read: (row) => row.isToReconciled },
    'FromBankAccount.AccountID': { type: 'guid', read: (row) => company.id('accounts', row.from) },
    'ToBankAccount.AccountID': { type: 'guid', read: (row) => company.id('accounts', row.to) },
  }),
  filters: (_, query) => (query.isTrue('includeDeleted') ? [] : [(row) => row.status !== 'DELETED']),
  render: (company, row) =>
    objectText(2, [
      'BankTransferID',
      stringText(company.id('bankTransfers', row.index)),
      'CreatedDateUTCString',
      spacedTwinText(row.updatedAt),
      'CreatedDateUTC',
      instantText(row.updatedAt),
      'DateString',
      spacedTwinText(row.date * DAY_MS),
      'Date',
      dayText(row.date),
      'Status',
      stringText(row.status),
      'FromBankAccount',
      accountText(company, row.from),
      'ToBankAccount',
      accountText(company, row.to),
      'Amount',
      moneyText(row.amount),
      'FromBankTransactionID',
      stringText(company.id('transferOut', row.index)),
      'ToBankTransactionID',
      stringText(company.id('transferIn', row.index)),
      'FromIsReconciled',
      booleanText(row.isFromReconciled),
      'ToIsReconciled',
      booleanText(row.isToReconciled),
      'Reference',
      optionalText(row.reference),
      'HasAttachments',
      'false',
      'FromTracking',
      trackingText(company, row.fromTracking, 3, 'ids'),
      'ToTracking',
      trackingText(company, row.toTracking, 3, 'ids'),
      'CurrencyRate',
      decimalText(row.rate, 10),
    ]),
};

const accountText = (company: Company, index: number): string =>
  objectText(3, [
    'AccountID',
    stringText(company.id('accounts', index)),
    'Name',
    stringText(company.accounts.at(index).name),
  ]);

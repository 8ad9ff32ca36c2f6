/** The two bank transactions of a transfer: no list has them, a look by id does (xero-api.md 3.2, 2026-11-20). */
import { arrivedOf, type BankTransfer } from '../company/bank-transfers.ts';
import type { Company } from '../company/company.ts';
import { moneyText } from '../json/decimal.ts';
import { booleanText, objectText, optionalText, stringText } from '../json/json-text.ts';
import { dayText, dayTwinText, instantText } from '../json/wire-dates.ts';
import { bankTransactions } from './bank-transactions.ts';
import { envelope } from './envelope.ts';
import { type Endpoint, endpointOf } from './listing.ts';

const endpoint = endpointOf(bankTransactions);

/** `/BankTransactions` with those of transfers by their ids. */
export const bankTransactionsEndpoint: Endpoint = {
  ...endpoint,
  byId(company, id, query, context) {
    const text = transferText(company, id, 'transferOut') ?? transferText(company, id, 'transferIn');
    return text === null
      ? endpoint.byId(company, id, query, context)
      : envelope(context, endpoint.plural, [text]);
  },
};

function transferText(company: Company, id: string, side: 'transferOut' | 'transferIn'): string | null {
  const index = company.indexOf(side, id);
  if (index === null || !company.bankTransfers.has(index)) return null;
  const transfer = company.bankTransfers.at(index);
  return transfer.isHidden ? null : sideText(company, transfer, side);
}

function sideText(company: Company, transfer: BankTransfer, side: 'transferOut' | 'transferIn'): string {
  const isOut = side === 'transferOut';
  const account = company.accounts.at(isOut ? transfer.from : transfer.to);
  const total = moneyText(isOut ? transfer.amount : arrivedOf(transfer));
  return objectText(2, [
    'BankTransactionID',
    stringText(company.id(side, transfer.index)),
    'BankAccount',
    objectText(3, [
      'AccountID',
      stringText(company.id('accounts', account.index)),
      'Code',
      optionalText(account.code),
      'Name',
      stringText(account.name),
    ]),
    'Type',
    isOut ? '"SPEND-TRANSFER"' : '"RECEIVE-TRANSFER"',
    'Reference',
    optionalText(transfer.reference),
    'IsReconciled',
    booleanText(isOut ? transfer.isFromReconciled : transfer.isToReconciled),
    'HasAttachments',
    'false',
    'DateString',
    dayTwinText(transfer.date),
    'Date',
    dayText(transfer.date),
    'Status',
    stringText(transfer.status),
    'LineAmountTypes',
    '"NoTax"',
    'LineItems',
    '[]',
    'SubTotal',
    total,
    'TotalTax',
    '0.00',
    'Total',
    total,
    'UpdatedDateUTC',
    instantText(transfer.updatedAt),
    'CurrencyCode',
    stringText(account.bank?.currency ?? company.profile.baseCurrency),
  ]);
}

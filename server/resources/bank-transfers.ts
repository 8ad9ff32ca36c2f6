/**
 * Bank transfers, deleted ones included. Xero stamps only their creation, so that a later deletion shows in no change stamp:
 * the list is read whole and compared (xero-api.md 3.2 and 10-14, 2026-11-20).
 */
import { date, flag, money, more, text } from './column.ts';
import type { Resource } from './resource.ts';

export const bankTransfers: Resource = {
  name: 'bank-transfers',
  label: 'Bank transfers',
  path: 'BankTransfers',
  envelope: 'BankTransfers',
  idField: 'BankTransferID',
  updatedField: null,
  stateField: 'Status',
  scope: 'accounting.banktransactions.read',
  paging: { kind: 'whole' },
  query: { includeDeleted: 'true' },
  hasModifiedSince: false,
  removal: 'state',
  // Xero makes, removes and reconciles a transfer, but does not edit it (xero-api.md 7.1, 2026-11-20).
  ledger: {
    dateField: 'Date',
    lasting: {
      madeField: 'CreatedDateUTC',
      state: 'AUTHORISED',
      marks: ['FromIsReconciled', 'ToIsReconciled', 'HasAttachments'],
    },
  },
  columns: [
    date('date', 'Date', 'Date'),
    text('status', 'Status', 'Status'),
    text('from-account', 'From account', 'FromBankAccount.Name'),
    text('to-account', 'To account', 'ToBankAccount.Name'),
    money('amount', 'Amount', 'Amount'),
    text('reference', 'Reference', 'Reference'),
    flag('from-is-reconciled', 'From reconciled', 'FromIsReconciled'),
    flag('to-is-reconciled', 'To reconciled', 'ToIsReconciled'),
    more.rate('currency-rate', 'Currency rate', 'CurrencyRate'),
    more.text('from-account-code', 'From account code', 'FromBankAccount.Code'),
    more.text('to-account-code', 'To account code', 'ToBankAccount.Code'),
    more.text('from-tracking-1-name', 'From tracking category 1', 'FromTracking[0].Name'),
    more.text('from-tracking-1-option', 'From tracking option 1', 'FromTracking[0].Option'),
    more.text('from-tracking-2-name', 'From tracking category 2', 'FromTracking[1].Name'),
    more.text('from-tracking-2-option', 'From tracking option 2', 'FromTracking[1].Option'),
    more.text('to-tracking-1-name', 'To tracking category 1', 'ToTracking[0].Name'),
    more.text('to-tracking-1-option', 'To tracking option 1', 'ToTracking[0].Option'),
    more.text('to-tracking-2-name', 'To tracking category 2', 'ToTracking[1].Name'),
    more.text('to-tracking-2-option', 'To tracking option 2', 'ToTracking[1].Option'),
    more.flag('has-attachments', 'Has attachments', 'HasAttachments'),
    more.instant('created', 'Created', 'CreatedDateUTC'),
    more.text('from-account-id', 'From account ID', 'FromBankAccount.AccountID'),
    more.text('to-account-id', 'To account ID', 'ToBankAccount.AccountID'),
    more.text('from-bank-transaction-id', 'From bank transaction ID', 'FromBankTransactionID'),
    more.text('to-bank-transaction-id', 'To bank transaction ID', 'ToBankTransactionID'),
    more.text('bank-transfer-id', 'Bank transfer ID', 'BankTransferID'),
  ],
  lines: [],
};

/** Money that moved through bank accounts without an invoice. */
import { bankTransactions } from '../resources/bank-transactions.ts';
import { bankTransfers } from '../resources/bank-transfers.ts';
import type { Dataset } from './dataset.ts';
import { lineDataset, recordDataset } from './record-dataset.ts';

const group = 'Banking';

export const banking: readonly Dataset[] = [
  recordDataset(bankTransactions, {
    label: 'Bank transactions',
    group,
    description: 'One row per spend or receive money transaction. Payments and transfers are not among them.',
    key: 'bank-transaction-id',
    orderBy: ['date'],
  }),
  lineDataset('bank-transaction-lines', bankTransactions, 'lines', {
    label: 'Bank transaction lines',
    group,
    description: 'One row per line of every spend or receive money transaction.',
    key: 'line-id',
    orderBy: ['date'],
  }),
  recordDataset(bankTransfers, {
    label: 'Bank transfers',
    group,
    description: 'One row per transfer between two bank accounts, deleted ones included.',
    key: 'bank-transfer-id',
    orderBy: ['date'],
  }),
];

/** What was sold and bought, and what was paid for it. */
import { invoices } from '../resources/invoices.ts';
import { payments } from '../resources/payments.ts';
import type { Dataset } from './dataset.ts';
import { lineDataset, recordDataset } from './record-dataset.ts';

const group = 'Sales and purchases';

export const salesAndPurchases: readonly Dataset[] = [
  recordDataset(invoices, {
    label: 'Invoices and bills',
    group,
    description: 'One row per sales invoice or bill, with totals, amounts paid, credited and due.',
    key: 'invoice-id',
    orderBy: ['date', 'number'],
  }),
  lineDataset('invoice-lines', invoices, 'lines', {
    label: 'Invoice and bill lines',
    group,
    description: 'One row per line of every sales invoice and bill, with item, account, tax and tracking.',
    key: 'line-id',
    orderBy: ['date', 'number'],
  }),
  recordDataset(payments, {
    label: 'Payments',
    group,
    description: 'One row per payment of an invoice, a bill or a credit, with its bank account.',
    key: 'payment-id',
    orderBy: ['date'],
  }),
];

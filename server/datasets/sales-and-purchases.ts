/** What was sold and bought, what was paid for it, and the credits that were used or are left. */
import { creditNotes } from '../resources/credit-notes.ts';
import { invoices } from '../resources/invoices.ts';
import { overpayments } from '../resources/overpayments.ts';
import { payments } from '../resources/payments.ts';
import { prepayments } from '../resources/prepayments.ts';
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
  recordDataset(creditNotes, {
    label: 'Credit notes',
    group,
    description: 'One row per credit note to a customer or from a supplier, with what is left of it.',
    key: 'credit-note-id',
    orderBy: ['date', 'number'],
  }),
  lineDataset('credit-note-lines', creditNotes, 'lines', {
    label: 'Credit note lines',
    group,
    description: 'One row per line of every credit note, with item, account, tax and tracking.',
    key: 'line-id',
    orderBy: ['date', 'number'],
  }),
  lineDataset('credit-note-allocations', creditNotes, 'allocations', {
    label: 'Credit note allocations',
    group,
    description: 'One row per amount of a credit note that an invoice or bill used up.',
    key: 'allocation-id',
    orderBy: ['date', 'number'],
  }),
  recordDataset(payments, {
    label: 'Payments',
    group,
    description: 'One row per payment of an invoice, a bill or a credit, with its bank account.',
    key: 'payment-id',
    orderBy: ['date'],
  }),
  recordDataset(prepayments, {
    label: 'Prepayments',
    group,
    description: 'One row per payment made before there was an invoice, with what is left of it.',
    key: 'prepayment-id',
    orderBy: ['date', 'reference'],
  }),
  lineDataset('prepayment-lines', prepayments, 'lines', {
    label: 'Prepayment lines',
    group,
    description: 'One row per line of every prepayment.',
    key: 'line-id',
    orderBy: ['date', 'reference'],
  }),
  lineDataset('prepayment-allocations', prepayments, 'allocations', {
    label: 'Prepayment allocations',
    group,
    description: 'One row per amount of a prepayment that an invoice or bill used up.',
    key: 'allocation-id',
    orderBy: ['date', 'reference'],
  }),
  recordDataset(overpayments, {
    label: 'Overpayments',
    group,
    description: 'One row per payment beyond an invoice or bill, with what is left of it.',
    key: 'overpayment-id',
    orderBy: ['date', 'reference'],
  }),
  lineDataset('overpayment-lines', overpayments, 'lines', {
    label: 'Overpayment lines',
    group,
    description: 'One row per line of every overpayment.',
    key: 'line-id',
    orderBy: ['date', 'reference'],
  }),
  lineDataset('overpayment-allocations', overpayments, 'allocations', {
    label: 'Overpayment allocations',
    group,
    description: 'One row per amount of an overpayment that an invoice or bill used up.',
    key: 'allocation-id',
    orderBy: ['date', 'reference'],
  }),
];

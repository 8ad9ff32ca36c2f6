/** The datasets that are a resource as records, or as lines: the resource's own columns, in a readable order. */
import { accounts } from '../resources/accounts.ts';
import { bankTransactions } from '../resources/bank-transactions.ts';
import { contacts } from '../resources/contacts.ts';
import { invoices } from '../resources/invoices.ts';
import { organisation } from '../resources/organisation.ts';
import { payments } from '../resources/payments.ts';
import type { Resource } from '../resources/resource.ts';
import { taxRates } from '../resources/tax-rates.ts';
import type { Dataset } from './dataset.ts';

type Words = Pick<Dataset, 'label' | 'group' | 'description'> & { key: string; orderBy: readonly string[] };

const records = (resource: Resource, { key, orderBy, ...words }: Words): Dataset => ({
  id: resource.name,
  ...words,
  needs: { resources: [resource.name], reports: [] },
  key: [key],
  columns: resource.columns,
  params: [],
  source: { kind: 'mirror', from: { kind: 'records', resource: resource.name }, orderBy },
});

const lines = (id: string, resource: Resource, { key, orderBy, ...words }: Words): Dataset => ({
  id,
  ...words,
  needs: { resources: [resource.name], reports: [] },
  key: [key],
  columns: resource.lines?.columns ?? [],
  params: [],
  source: { kind: 'mirror', from: { kind: 'lines', resource: resource.name }, orderBy },
});

export const recordDatasets: readonly Dataset[] = [
  records(invoices, {
    label: 'Invoices and bills',
    group: 'Sales and purchases',
    description: 'One row per sales invoice or bill, with totals, amounts paid, credited and due.',
    key: 'invoice-id',
    orderBy: ['date', 'number'],
  }),
  lines('invoice-lines', invoices, {
    label: 'Invoice and bill lines',
    group: 'Sales and purchases',
    description: 'One row per line of every sales invoice and bill, with item, account, tax and tracking.',
    key: 'line-id',
    orderBy: ['date', 'number'],
  }),
  records(payments, {
    label: 'Payments',
    group: 'Sales and purchases',
    description: 'One row per payment of an invoice, a bill or a credit, with its bank account.',
    key: 'payment-id',
    orderBy: ['date'],
  }),
  records(bankTransactions, {
    label: 'Bank transactions',
    group: 'Banking',
    description: 'One row per spend or receive money transaction. Payments and transfers are not among them.',
    key: 'bank-transaction-id',
    orderBy: ['date'],
  }),
  lines('bank-transaction-lines', bankTransactions, {
    label: 'Bank transaction lines',
    group: 'Banking',
    description: 'One row per line of every spend or receive money transaction.',
    key: 'line-id',
    orderBy: ['date'],
  }),
  records(contacts, {
    label: 'Contacts',
    group: 'Contacts',
    description: 'One row per customer or supplier, archived ones included, with balances.',
    key: 'contact-id',
    orderBy: ['name'],
  }),
  records(accounts, {
    label: 'Chart of accounts',
    group: 'Settings',
    description: 'One row per account, archived ones included.',
    key: 'account-id',
    orderBy: ['code', 'name'],
  }),
  records(taxRates, {
    label: 'Tax rates',
    group: 'Settings',
    description: 'One row per tax rate with its effective rate.',
    key: 'tax-type',
    orderBy: ['name'],
  }),
  records(organisation, {
    label: 'Organisation',
    group: 'Settings',
    description: 'One row with the details of the organisation.',
    key: 'organisation-id',
    orderBy: ['name'],
  }),
];

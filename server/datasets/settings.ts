/** The lists that the books are kept by. */
import { accounts } from '../resources/accounts.ts';
import { organisation } from '../resources/organisation.ts';
import { taxRates } from '../resources/tax-rates.ts';
import type { Dataset } from './dataset.ts';
import { recordDataset } from './record-dataset.ts';

const group = 'Settings';

export const settings: readonly Dataset[] = [
  recordDataset(accounts, {
    label: 'Chart of accounts',
    group,
    description: 'One row per account, archived ones included.',
    key: 'account-id',
    orderBy: ['code', 'name'],
  }),
  recordDataset(taxRates, {
    label: 'Tax rates',
    group,
    description: 'One row per tax rate with its effective rate.',
    key: 'tax-type',
    orderBy: ['name'],
  }),
  recordDataset(organisation, {
    label: 'Organisation',
    group,
    description: 'One row with the details of the organisation.',
    key: 'organisation-id',
    orderBy: ['name'],
  }),
];

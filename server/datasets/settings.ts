/** The lists that the books are kept by. */
import { accounts } from '../resources/accounts.ts';
import { brandingThemes } from '../resources/branding-themes.ts';
import { currencies } from '../resources/currencies.ts';
import { items } from '../resources/items.ts';
import { organisation } from '../resources/organisation.ts';
import { taxRates } from '../resources/tax-rates.ts';
import { trackingCategories } from '../resources/tracking-categories.ts';
import { users } from '../resources/users.ts';
import type { Dataset } from './dataset.ts';
import { lineDataset, recordDataset } from './record-dataset.ts';

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
  recordDataset(items, {
    label: 'Items',
    group,
    description: 'One row per product or service, with prices, accounts and stock.',
    key: 'item-id',
    orderBy: ['code'],
  }),
  recordDataset(trackingCategories, {
    label: 'Tracking categories',
    group,
    description: 'One row per tracking category, archived ones included.',
    key: 'tracking-category-id',
    orderBy: ['name'],
  }),
  lineDataset('tracking-options', trackingCategories, 'options', {
    label: 'Tracking options',
    group,
    description: 'One row per option of every tracking category, archived ones included.',
    key: 'tracking-option-id',
    orderBy: ['category', 'name'],
  }),
  recordDataset(currencies, {
    label: 'Currencies',
    group,
    description: 'One row per currency that the organisation has.',
    key: 'code',
    orderBy: ['code'],
  }),
  recordDataset(users, {
    label: 'Users',
    group,
    description: 'One row per person who may work in the organisation, with their role.',
    key: 'user-id',
    orderBy: ['first-name', 'last-name'],
  }),
  recordDataset(brandingThemes, {
    label: 'Branding themes',
    group,
    description: 'One row per branding theme of sales documents.',
    key: 'branding-theme-id',
    orderBy: ['sort-order', 'name'],
  }),
  recordDataset(organisation, {
    label: 'Organisation',
    group,
    description: 'One row with the details of the organisation.',
    key: 'organisation-id',
    orderBy: ['name'],
  }),
];

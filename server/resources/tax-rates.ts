/** Tax rates: keyed by their tax type, without an id or a change stamp; read whole and compared. */
import { flag, more, rate, text } from './column.ts';
import type { Resource } from './resource.ts';

export const taxRates: Resource = {
  name: 'tax-rates',
  label: 'Tax rates',
  path: 'TaxRates',
  envelope: 'TaxRates',
  idField: 'TaxType',
  updatedField: null,
  stateField: 'Status',
  scope: 'accounting.settings.read',
  paging: { kind: 'whole' },
  query: {},
  hasModifiedSince: false,
  removal: 'vanish',
  ledger: null,
  columns: [
    text('name', 'Name', 'Name'),
    text('tax-type', 'Tax type', 'TaxType'),
    rate('effective-rate', 'Effective rate %', 'EffectiveRate'),
    rate('display-rate', 'Displayed rate %', 'DisplayTaxRate'),
    text('status', 'Status', 'Status'),
    text('report-tax-type', 'Report tax type', 'ReportTaxType'),
    flag('for-revenue', 'For revenue', 'CanApplyToRevenue'),
    flag('for-expenses', 'For expenses', 'CanApplyToExpenses'),
    more.flag('for-assets', 'For assets', 'CanApplyToAssets'),
    more.flag('for-liabilities', 'For liabilities', 'CanApplyToLiabilities'),
    more.flag('for-equity', 'For equity', 'CanApplyToEquity'),
  ],
  lines: [],
};

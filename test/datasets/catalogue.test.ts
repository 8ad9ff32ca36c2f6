import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { catalogue, columnsOf, datasetById, needsOf, paramsOf } from '../../server/datasets/index.ts';
import { booked } from '../../server/resources/report.ts';
import { datasetViewSchema } from '../../shared/contract/catalogue.ts';

describe('the catalogue', () => {
  it('has every dataset that people can choose, by an id of its own', () => {
    expect(catalogue.map(({ id }) => id)).toEqual([
      'invoices',
      'invoice-lines',
      'credit-notes',
      'credit-note-lines',
      'credit-note-allocations',
      'payments',
      'prepayments',
      'prepayment-lines',
      'prepayment-allocations',
      'overpayments',
      'overpayment-lines',
      'overpayment-allocations',
      'bank-transactions',
      'bank-transaction-lines',
      'bank-transfers',
      'manual-journals',
      'manual-journal-lines',
      'contacts',
      'contact-groups',
      'contact-group-members',
      'contact-persons',
      'accounts',
      'tax-rates',
      'items',
      'tracking-categories',
      'tracking-options',
      'currencies',
      'users',
      'branding-themes',
      'organisation',
      'profit-and-loss',
      'balance-sheet',
      'trial-balance',
      'bank-summary',
      'executive-summary',
    ]);
    for (const dataset of catalogue) expect(datasetById(dataset.id)).toBe(dataset);
  });

  it('stands in the README', () => {
    const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
    const told = /\| from Xero .*?\n\n/s.exec(readme)?.[0] ?? '';
    const names = told.split('\n').flatMap((row) => row.split('|')[2]?.split(';') ?? []);
    const known = new Set(names.map((name) => name.trim()));
    expect(catalogue.filter(({ label }) => !known.has(label)).map(({ label }) => label)).toEqual([]);
  });

  it('fits the contract', () => {
    for (const dataset of catalogue) {
      const params = dataset.params.map(({ options, ...param }) => ({
        ...param,
        options,
        default: options[0].value,
      }));
      expect(() => datasetViewSchema.parse({ ...dataset, params })).not.toThrow();
    }
  });

  it.each(catalogue.map((dataset) => ({ id: dataset.id, dataset })))(
    '$id has key and order columns that exist',
    ({ dataset }) => {
      const keys = dataset.columns.map(({ key }) => key);
      for (const key of dataset.key ?? []) expect(keys).toContain(key);
      for (const key of dataset.source.kind === 'mirror' ? dataset.source.orderBy : [])
        expect(keys).toContain(key);
      expect(new Set(keys).size).toBe(keys.length);
    },
  );

  it('says what a dataset needs: its resource, or the ledger of its report with the parameters', () => {
    expect(needsOf(datasetById('invoice-lines'), {})).toEqual({ resources: ['invoices'], reports: [] });
    expect(needsOf(datasetById('profit-and-loss'), { basis: 'cash' })).toEqual({
      resources: ['organisation', ...booked],
      reports: ['profit-and-loss?basis=cash&period=year-to-date'],
    });
  });
});

describe('what an exporter asks of a dataset', () => {
  const invoices = datasetById('invoices');
  const report = datasetById('profit-and-loss');
  const refused = (field: string) =>
    expect.objectContaining({ code: 'INVALID_INPUT', details: expect.objectContaining({ field }) });

  it('is refused by name when it does not exist', () => {
    expect(() => datasetById('invoice')).toThrow(refused('dataset'));
    expect(() => columnsOf(invoices, ['number', 'colour'])).toThrow(refused('columns'));
    expect(() => columnsOf(invoices, ['number', 'number'])).toThrow(refused('columns'));
    expect(() => columnsOf(invoices, [])).toThrow(refused('columns'));
    expect(() => paramsOf(report, { period: 'forever' })).toThrow(refused('params.period'));
    expect(() => paramsOf(report, { colour: 'red' })).toThrow(refused('params.colour'));
    expect(() => paramsOf(invoices, { period: 'last-year' })).toThrow(refused('params.period'));
  });

  it('takes defaults for what is left out, and the wanted order of columns', () => {
    expect(paramsOf(report, {})).toEqual({ period: 'year-to-date', basis: 'accrual' });
    expect(columnsOf(invoices, ['total', 'number']).map(({ key }) => key)).toEqual(['total', 'number']);
    expect(columnsOf(invoices, null).every(({ isDefault }) => isDefault)).toBe(true);
  });
});

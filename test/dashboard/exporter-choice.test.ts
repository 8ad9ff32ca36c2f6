/** What a person chooses in the form of an exporter, before it is sent. */
import { describe, expect, it } from 'vitest';
import {
  columnsOrDefault,
  firstChoice,
  meantFilters,
  withDataset,
} from '../../server/dashboard/exporter-choice.ts';
import { firstFilter, opsOf } from '../../server/dashboard/filter-words.ts';
import { actOf } from '../../server/dashboard/problem-acts.ts';
import { errorTable } from '../../server/errors.ts';
import type { DatasetView } from '../../shared/contract/catalogue.ts';

const dataset = (id: string, label: string): DatasetView => ({
  id,
  label,
  group: 'Sales',
  description: '',
  key: ['number'],
  columns: [
    { key: 'number', label: 'Number', type: 'text', isDefault: true },
    { key: 'total', label: 'Total', type: 'money', isDefault: true },
    { key: 'note', label: 'Note', type: 'text', isDefault: false },
  ],
  params: [{ name: 'basis', label: 'Basis', options: [{ value: 'cash', label: 'Cash' }], default: 'cash' }],
});
const invoices = dataset('invoices', 'Invoices');
const payments = dataset('payments', 'Payments');

describe('another dataset', () => {
  it('brings its own columns, filters and parameters, and its name while none was typed', () => {
    const chosen = { ...firstChoice(invoices, 'c1'), columns: ['note'], filters: [firstFilter(columnOf(0))] };
    expect(withDataset(chosen, invoices, payments)).toEqual({
      name: 'Payments',
      connectionId: 'c1',
      dataset: 'payments',
      params: { basis: 'cash' },
      columns: null,
      filters: [],
      schedule: null,
    });
    expect(withDataset({ ...chosen, name: 'Mine' }, invoices, payments).name).toBe('Mine');
  });
});

describe('columns', () => {
  it('follow the default while they are the default, in its order', () => {
    expect(columnsOrDefault(invoices, ['number', 'total'])).toBeNull();
    expect(columnsOrDefault(invoices, ['total', 'number'])).toEqual(['total', 'number']);
  });
});

describe('filters', () => {
  it('without a value are not meant yet; values lose the space around them', () => {
    const filters = [
      { column: 'number', op: 'one-of' as const, values: [' A', '', 'B '] },
      { column: 'number', op: 'is' as const, values: [' '] },
    ];
    expect(meantFilters(filters)).toEqual([{ column: 'number', op: 'one-of', values: ['A', 'B'] }]);
  });
  it('offer no word that the type of the column cannot answer', () => {
    expect(opsOf('money').map(([op]) => op)).not.toContain('contains');
    expect(firstFilter({ key: 'sent', label: 'Sent', type: 'boolean', isDefault: true }).values).toEqual([
      'true',
    ]);
  });
});

describe('the button of a failure', () => {
  it('is there for every error that ends a run and has one, and does something', () => {
    const words = Object.entries(errorTable)
      .filter(([code, row]) => row.button !== '' && actOf(code).act === 'run-again')
      .map(([code]) => code);
    // These end no run: they answer a request, where the page itself has the next step.
    expect(words).toEqual([
      'NOT_SIGNED_IN',
      'CREDENTIAL_REFUSED',
      'CONFLICT',
      'CONSENT_STATE_INVALID',
      'CONSENT_DENIED',
      'CONSENT_WRONG_ORGANISATION',
    ]);
  });
});

function columnOf(at: number) {
  const column = invoices.columns[at];
  if (column === undefined) throw new Error('No such column');
  return column;
}

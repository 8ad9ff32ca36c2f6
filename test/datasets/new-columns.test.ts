/** Columns of fields that no dataset names: which can be chosen, how they are called, and what cannot stand beside what. */
import { describe, expect, it } from 'vitest';
import { columnsOf, datasetById } from '../../server/datasets/index.ts';
import { newColumns } from '../../server/datasets/new-columns.ts';
import type { News } from '../../server/domain/news.ts';

const one = (path: string, type: News['type'] = 'text', value: string | null = null): News => ({
  path,
  type,
  value,
  records: 1,
  example: 'i1',
  firstSeenAt: 1,
});
const cursor = { modifiedSince: null, lastFullSweepAt: null, sweptBy: null };
const knownOf = (...news: News[]) => ({
  resources: { invoices: { segments: [], cursor, count: 1, gaps: [], news } },
});
const invoices = datasetById('invoices');

describe('new columns', () => {
  it('are offered for new fields and not for new values, by path, with a type and a label', () => {
    const known = knownOf(
      one('RiskScore', 'quantity'),
      one('Status', 'text', 'ONHOLD'),
      one('Contact.GSTNumber'),
    );
    expect(newColumns(invoices, known)).toEqual([
      {
        key: 'x:Contact.GSTNumber',
        label: 'Contact GST number',
        type: 'text',
        path: 'Contact.GSTNumber',
        isDefault: false,
      },
      { key: 'x:RiskScore', label: 'Risk score', type: 'quantity', path: 'RiskScore', isDefault: false },
    ]);
  });

  it('of lines are those inside the line', () => {
    const known = knownOf(one('LineItems[*].Grade'), one('RiskScore'));
    expect(newColumns(datasetById('invoice-lines'), known).map(({ key }) => key)).toEqual(['x:Grade']);
    expect(newColumns(invoices, known).map(({ key }) => key)).toEqual([
      'x:LineItems[*].Grade',
      'x:RiskScore',
    ]);
  });

  it('are none where they cannot be read beside the others, have odd names, or the rows are no records', () => {
    const odd = knownOf(
      one('Total.Net'),
      one('total'),
      one('Contact'),
      one('a b'),
      one(`${'x'.repeat(91)}`),
      one('Total'),
    );
    expect(newColumns(invoices, odd)).toEqual([]);
    expect(newColumns(datasetById('trial-balance'), knownOf(one('RiskScore')))).toEqual([]);
  });

  it('can be chosen by their key, before and after the field was seen', () => {
    const chosen = ['number', 'x:RiskScore'];
    expect(columnsOf(invoices, chosen).map(({ type }) => type)).toEqual(['text', 'text']);
    const known = knownOf(one('RiskScore', 'quantity'));
    expect(columnsOf(invoices, chosen, known).map(({ type }) => type)).toEqual(['text', 'quantity']);
  });

  it.each([['x:Total'], ['x:Contact'], ['x:total'], ["x:A'; drop"], ['x:'], ['x:A..B'], ['x:Total.Net']])(
    'refuse the key %s',
    (key) => {
      expect(() => columnsOf(invoices, ['number', key])).toThrow(
        expect.objectContaining({ code: 'INVALID_INPUT' }),
      );
    },
  );

  it('refuse two of which one is inside the other', () => {
    expect(() => columnsOf(invoices, ['x:New', 'x:New.Inside'])).toThrow(
      expect.objectContaining({ code: 'INVALID_INPUT' }),
    );
  });
});

import { describe, expect, it } from 'vitest';
import { xeroFields } from '../../server/xero/fields.ts';

const tree = xeroFields();
const named = (envelope: string, name: string) =>
  tree.fieldsOf(envelope).find((field) => field.name === name);

describe('the field tree', () => {
  it('has every field of a record, beyond the columns that we name', () => {
    expect(tree.fieldsOf('Invoices').map(({ name }) => name)).toEqual(
      expect.arrayContaining(['InvoiceNumber', 'CISRate', 'RepeatingInvoiceID', 'InvoiceAddresses']),
    );
  });

  it('tells kinds: dates that the SDK types as text, lists, objects', () => {
    expect(named('Invoices', 'DueDate')?.kind).toBe('date');
    expect(named('Contacts', 'UpdatedDateUTC')?.kind).toBe('date');
    expect(named('Invoices', 'Total')?.kind).toBe('number');
    expect(named('Invoices', 'LineItems')?.kind).toBe('list');
    expect(named('Invoices', 'Contact')?.kind).toBe('object');
    expect(named('TaxRates', 'EffectiveRate')?.kind).toBe('number');
  });

  it('ends, though documents hold contacts and contacts hold groups of contacts', () => {
    const depth = (fields: ReturnType<typeof tree.fieldsOf>): number =>
      1 + Math.max(0, ...fields.map((field) => (field.fields.length > 0 ? depth(field.fields) : 0)));
    expect(depth(tree.fieldsOf('Invoices'))).toBeLessThanOrEqual(3);
  });

  it('leaves out what only answers to writes have', () => {
    expect(named('Invoices', 'ValidationErrors')).toBeUndefined();
  });

  it('is empty for a list that nobody has', () => {
    expect(tree.fieldsOf('Nothing')).toEqual([]);
  });

  it('knows what Xero sends beyond its published fields, and the words of fields that have a list of them', () => {
    const sent = tree.sentIn('Invoices');
    const named = (name: string) => sent.find((one) => one.name === name);
    expect(named('DateString')?.kind).toBe('object');
    expect(named('HasErrors')).toBeDefined();
    expect(named('Status')?.values).toEqual([
      'DRAFT',
      'SUBMITTED',
      'DELETED',
      'AUTHORISED',
      'PAID',
      'VOIDED',
    ]);
    expect(named('LineAmountTypes')?.values).toEqual(['Exclusive', 'Inclusive', 'NoTax']);
    expect(named('Reference')?.values).toEqual([]);
    expect(tree.sentIn('Nothing')).toEqual([]);
    expect(tree.fieldsOf('Invoices').some(({ name }) => name === 'DateString')).toBe(false);
  });
});

import { expect, it } from 'vitest';
import { sayNews } from '../../server/dashboard/run-words.ts';

const field = (path: string, what = 'Invoices') => ({ what, path, value: null });

it('says what is new in Xero, kind by kind, and what can be done with it', () => {
  expect(sayNews([])).toEqual([]);
  expect(sayNews([field('RiskScore')])).toEqual([
    'Xero sent a new field for Invoices: Risk score. Add it as a column under Edit.',
  ]);
  expect(
    sayNews([
      field('RiskScore'),
      { what: 'Invoices', path: 'Status', value: 'ONHOLD' },
      field('Contact.GSTNumber'),
      field('Grade', 'Items'),
    ]),
  ).toEqual([
    'Xero sent 2 new fields for Invoices: Risk score, Contact GST number. Add them as columns under Edit.',
    'Xero sent a new value for Invoices: ONHOLD (Status).',
    'Xero sent a new field for Items: Grade. Add it as a column under Edit.',
  ]);
});

it('tells a list beside the records without offering it as a column', () => {
  expect(sayNews([{ what: 'Invoices', path: '^Widgets', value: null }])).toEqual([
    'Xero sent a new list beside Invoices, kept as sent: Widgets.',
  ]);
});

it('names a few of many', () => {
  const many = Array.from({ length: 30 }, (_, at) => field(`Field${at}`));
  expect(sayNews(many)[0]).toContain(
    '30 new fields for Invoices: Field0, Field1, Field2, Field3, Field4 and 25 more.',
  );
});

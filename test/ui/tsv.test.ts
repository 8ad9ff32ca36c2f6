/** Tables that are copied paste as they were, and never as a formula. */
import { expect, it } from 'vitest';
import { tsvOf } from '../../shared/ui/tsv.ts';

const columns = [
  { label: 'Contact', type: 'text' },
  { label: 'Total', type: 'money' },
  { label: 'Sent', type: 'boolean' },
];

it('keeps one cell a cell and one row a row', () => {
  expect(
    tsvOf(columns, [
      ['Two\tparts\nof text', '-12.50', true],
      [null, null, false],
    ]),
  ).toBe('Contact\tTotal\tSent\nTwo parts of text\t-12.50\tTRUE\n\t\tFALSE');
});

it.each(['=1+1', '+64 21', '-dash', '@SUM(A1)', "'quoted"])('text %s stays text', (text) => {
  expect(tsvOf([{ label: 'Contact', type: 'text' }], [[text]])).toBe(`Contact\n'${text}`);
});

/** Amounts lose no figure on their way to the eye. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { sayAmount } from '../../shared/ui/amount.ts';

it.each([
  ['9999999999999999.99', '9,999,999,999,999,999.99'],
  ['-1234.5000', '-1,234.5000'],
  ['0.00', '0.00'],
  ['', ''],
  ['n/a', 'n/a'],
])('%s is shown as %s', (decimal, shown) => {
  expect(sayAmount(decimal)).toBe(shown);
});

it('takes nothing away and adds nothing but commas', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^-?\d{1,30}(\.\d{1,10})?$/), (decimal) => {
      expect(sayAmount(decimal).replaceAll(',', '')).toBe(decimal);
    }),
  );
});

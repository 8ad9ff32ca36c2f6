/** The tax rates each country's organisations are born with (tax types: Xero's published list, OAS 16.1). */
import type { Profile } from './profiles.ts';
import type { TaxRate } from './rows.ts';

/** What a document means by a rate, whichever country it is in. */
export type TaxUse = 'sales' | 'purchases' | 'zero' | 'none';

export const TAX_TYPE: Record<Profile['countryCode'], Record<TaxUse, string>> = {
  NZ: { sales: 'OUTPUT2', purchases: 'INPUT2', zero: 'ZERORATED', none: 'NONE' },
  GB: { sales: 'OUTPUT2', purchases: 'INPUT2', zero: 'ZERORATEDOUTPUT', none: 'NONE' },
  US: { sales: 'TAX001', purchases: 'NONE', zero: 'OUTPUT', none: 'NONE' },
  AU: { sales: 'OUTPUT', purchases: 'INPUT', zero: 'EXEMPTOUTPUT', none: 'BASEXCLUDED' },
  SG: { sales: 'OUTPUT', purchases: 'INPUT', zero: 'ZERORATEDOUTPUT', none: 'NONE' },
};

export function taxRatesOf(country: Profile['countryCode']): TaxRate[] {
  return RATES[country].map(([name, taxType, reportTaxType, use, components, status]) => ({
    name,
    taxType,
    reportTaxType,
    components: components.map(([component, rate]) => ({ name: component, rate })),
    rate: components.reduce((sum, [, rate]) => sum + rate, 0),
    isForSales: use !== 'purchases',
    isForPurchases: use !== 'sales',
    status: status ?? 'ACTIVE',
  }));
}

type RateRow = [
  name: string,
  taxType: string,
  reportTaxType: string,
  use: 'sales' | 'purchases' | 'both',
  /** Ten-thousandths of a percent. */
  components: [name: string, rate: number][],
  status?: 'DELETED',
];

const RATES: Record<Profile['countryCode'], RateRow[]> = {
  NZ: [
    ['15% GST on Expenses', 'INPUT2', 'INPUT', 'purchases', [['GST', 150_000]]],
    ['15% GST on Income', 'OUTPUT2', 'OUTPUT', 'sales', [['GST', 150_000]]],
    ['GST on Imports', 'GSTONIMPORTS', 'GSTONIMPORTS', 'purchases', [['GST', 0]]],
    ['No GST', 'NONE', 'NONE', 'both', [['GST', 0]]],
    ['Zero Rated', 'ZERORATED', 'ZROUTPUT', 'sales', [['GST', 0]]],
    ['Old 12.5% on Income', 'TAX001', 'OUTPUT', 'sales', [['GST', 125_000]], 'DELETED'],
  ],
  GB: [
    ['20% (VAT on Expenses)', 'INPUT2', 'INPUT', 'purchases', [['VAT', 200_000]]],
    ['20% (VAT on Income)', 'OUTPUT2', 'OUTPUT', 'sales', [['VAT', 200_000]]],
    ['5% (VAT on Income)', 'RROUTPUT', 'OUTPUT2', 'sales', [['VAT', 50_000]]],
    ['Zero Rated Income', 'ZERORATEDOUTPUT', 'ZERORATEDOUTPUT', 'sales', [['VAT', 0]]],
    ['Zero Rated Expenses', 'ZERORATEDINPUT', 'ZERORATEDINPUT', 'purchases', [['VAT', 0]]],
    ['No VAT', 'NONE', 'NONE', 'both', [['VAT', 0]]],
  ],
  US: [
    ['Tax on Purchases', 'INPUT', 'INPUT', 'purchases', [['Tax', 0]]],
    ['Tax on Sales', 'OUTPUT', 'OUTPUT', 'sales', [['Tax', 0]]],
    ['Tax Exempt', 'NONE', 'NONE', 'both', [['No Tax', 0]]],
    // Four places in a percentage and two parts: rounding shows here first.
    [
      'City and state 8.8725%',
      'TAX001',
      'OUTPUT',
      'sales',
      [
        ['State', 48_725],
        ['City', 40_000],
      ],
    ],
  ],
  AU: [
    ['BAS Excluded', 'BASEXCLUDED', 'BASEXCLUDED', 'both', [['GST', 0]]],
    ['GST Free Expenses', 'EXEMPTEXPENSES', 'EXEMPTEXPENSES', 'purchases', [['GST', 0]]],
    ['GST Free Income', 'EXEMPTOUTPUT', 'EXEMPTOUTPUT', 'sales', [['GST', 0]]],
    ['GST on Expenses', 'INPUT', 'INPUT', 'purchases', [['GST', 100_000]]],
    ['GST on Imports', 'GSTONIMPORTS', 'GSTONIMPORTS', 'purchases', [['GST', 0]]],
    ['GST on Income', 'OUTPUT', 'OUTPUT', 'sales', [['GST', 100_000]]],
  ],
  SG: [
    ['Exempt Supplies', 'ES33OUTPUT', 'ES33OUTPUT', 'sales', [['GST', 0]]],
    ['No Tax', 'NONE', 'NONE', 'both', [['GST', 0]]],
    ['Old 8% Standard-Rated Supplies', 'TAX001', 'OUTPUT', 'sales', [['GST', 80_000]], 'DELETED'],
    ['Standard-Rated Purchases', 'INPUT', 'INPUT', 'purchases', [['GST', 90_000]]],
    ['Standard-Rated Supplies', 'OUTPUT', 'OUTPUT', 'sales', [['GST', 90_000]]],
    ['Zero-Rated Supplies', 'ZERORATEDOUTPUT', 'ZERORATEDOUTPUT', 'sales', [['GST', 0]]],
  ],
};

/** The three organisations: differing country, currency, side of UTC, financial year and tier of the developer platform. */

export interface Profile {
  name: string;
  legalName: string;
  countryCode: 'NZ' | 'GB' | 'US';
  /** Xero's edition of its own software. */
  version: 'NZ' | 'UK' | 'US';
  baseCurrency: string;
  /** Foreign units per base unit around which each day's rate moves, times 1e10. */
  foreign: { currency: string; rate: number }[];
  timeZone: string;
  /** The same in Xero's words (Windows names in capitals, xero-api.md 3.4). */
  xeroTimeZone: string;
  yearEnd: { day: number; month: number };
  taxNumber: string;
  tier: Tier;
  class: 'DEMO' | 'STANDARD' | 'PREMIUM';
  isDemo: boolean;
  city: string;
  /** What people there call the tax on sales. */
  taxName: string;
  salesTaxBasis: string;
  salesTaxPeriod: string;
  /** Foreign currency accounts appear as one FXGROUPID line in reports, except in the US (xero-api.md 4.3). */
  groupsCurrencyGains: boolean;
}

/** Calls a day: 1,000 on starter, 5,000 on all others (xero-api.md 1.5). */
export type Tier = 'starter' | 'core' | 'plus' | 'advanced';

export const PROFILES: Profile[] = [
  {
    name: 'Demo Company (NZ)',
    legalName: 'Demo Company (NZ) Limited',
    countryCode: 'NZ',
    version: 'NZ',
    baseCurrency: 'NZD',
    foreign: [
      { currency: 'USD', rate: 6_012_340_000 },
      { currency: 'AUD', rate: 9_187_650_000 },
    ],
    timeZone: 'Pacific/Auckland',
    xeroTimeZone: 'NEWZEALANDSTANDARDTIME',
    yearEnd: { day: 31, month: 3 },
    taxNumber: '101-2-303',
    tier: 'core',
    class: 'DEMO',
    isDemo: true,
    city: 'Wellington',
    taxName: 'GST',
    salesTaxBasis: 'INVOICE',
    salesTaxPeriod: 'TWOMONTHS',
    groupsCurrencyGains: true,
  },
  {
    name: 'Harrow & Finch Ltd',
    legalName: 'Harrow & Finch Limited',
    countryCode: 'GB',
    version: 'UK',
    baseCurrency: 'GBP',
    foreign: [{ currency: 'EUR', rate: 11_634_250_000 }],
    timeZone: 'Europe/London',
    xeroTimeZone: 'GMTSTANDARDTIME',
    yearEnd: { day: 5, month: 4 },
    taxNumber: '123456789',
    tier: 'starter',
    class: 'STANDARD',
    isDemo: false,
    city: 'Bristol',
    taxName: 'VAT',
    salesTaxBasis: 'ACCRUAL',
    salesTaxPeriod: 'QUARTERLY',
    groupsCurrencyGains: true,
  },
  {
    name: 'Juniper Creek Trading LLC',
    legalName: 'Juniper Creek Trading LLC',
    countryCode: 'US',
    version: 'US',
    baseCurrency: 'USD',
    foreign: [],
    timeZone: 'America/Los_Angeles',
    xeroTimeZone: 'PACIFICSTANDARDTIME',
    yearEnd: { day: 31, month: 12 },
    taxNumber: '12-3456789',
    tier: 'core',
    class: 'PREMIUM',
    isDemo: false,
    city: 'Portland',
    taxName: 'Sales Tax',
    salesTaxBasis: 'ACCRUALS',
    salesTaxPeriod: 'MONTHLY',
    groupsCurrencyGains: false,
  },
];

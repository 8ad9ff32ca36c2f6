/**
 * The reference organisations: differing country, currency, side of UTC, financial year and tier of the developer platform, and
 * each with something of its own to trip over: a multi-currency trader, a warehouse of hostile texts, one with nothing in it.
 */

export interface Profile {
  name: string;
  legalName: string;
  countryCode: 'NZ' | 'GB' | 'US' | 'AU' | 'SG';
  /** Xero's edition of its own software. */
  version: 'NZ' | 'UK' | 'US' | 'AU' | 'GLOBAL';
  baseCurrency: string;
  /** Foreign units per base unit around which each day's rate moves, times 1e10. */
  foreign: { currency: string; rate: number }[];
  timeZone: string;
  /** The same in Xero's words (Windows names in capitals, xero-api.md 3.4). */
  xeroTimeZone: string;
  yearEnd: { day: number; month: number };
  taxNumber: string;
  tier: Tier;
  class: 'DEMO' | 'STANDARD' | 'PREMIUM' | 'COMPREHENSIVE' | 'TRIAL';
  isDemo: boolean;
  city: string;
  /** What people there call the tax on sales. */
  taxName: string;
  salesTaxBasis: string;
  salesTaxPeriod: string;
  /** Foreign currency accounts appear as one FXGROUPID line in reports, except in the US (xero-api.md 4.3). */
  groupsCurrencyGains: boolean;
  /** Of a hundred contacts, about so many trade in a foreign currency where the organisation has any. */
  foreignShare: number;
  /** Whether it counts the stock of some of its items. */
  keepsStock: boolean;
  /** Whether lines have tracking categories. */
  tracks: boolean;
  /** Whether its people paste whatever a keyboard or a spreadsheet can bring about. */
  hasHostileTexts: boolean;
  /** No contact, no document: a chart, tax rates and people, as Xero makes a new organisation. */
  isEmpty: boolean;
}

const USUAL = { foreignShare: 13, keepsStock: false, tracks: true, hasHostileTexts: false, isEmpty: false };

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
    ...USUAL,
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
    ...USUAL,
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
    ...USUAL,
    tracks: false,
  },
  {
    name: 'Banksia Exports Pty Ltd',
    legalName: 'Banksia Exports Pty Ltd',
    countryCode: 'AU',
    version: 'AU',
    baseCurrency: 'AUD',
    // From two thirds of a unit to more than ten thousand: rates of ten digits and of fifteen.
    foreign: [
      { currency: 'USD', rate: 6_543_210_000 },
      { currency: 'EUR', rate: 5_987_650_000 },
      { currency: 'GBP', rate: 5_123_400_000 },
      { currency: 'NZD', rate: 10_884_200_000 },
      { currency: 'JPY', rate: 985_432_100_000 },
      { currency: 'IDR', rate: 105_123_450_000_000 },
    ],
    // Half an hour off, in summer and in winter.
    timeZone: 'Australia/Adelaide',
    xeroTimeZone: 'CENAUSTRALIASTANDARDTIME',
    yearEnd: { day: 30, month: 6 },
    taxNumber: '53 004 085 616',
    tier: 'plus',
    class: 'COMPREHENSIVE',
    isDemo: false,
    city: 'Adelaide',
    taxName: 'GST',
    salesTaxBasis: 'ACCRUALS',
    salesTaxPeriod: 'QUARTERLY1',
    groupsCurrencyGains: true,
    ...USUAL,
    foreignShare: 70,
  },
  {
    name: 'Nōmad Warehouse مخزن 🧰 Pte. Ltd.',
    legalName: 'Nōmad Warehouse Pte. Ltd.',
    countryCode: 'SG',
    version: 'GLOBAL',
    baseCurrency: 'SGD',
    foreign: [
      { currency: 'MYR', rate: 32_345_670_000 },
      { currency: 'USD', rate: 7_456_780_000 },
    ],
    timeZone: 'Asia/Singapore',
    xeroTimeZone: 'SINGAPORESTANDARDTIME',
    // The end of February: in a leap year the next financial year begins on the 29th.
    yearEnd: { day: 28, month: 2 },
    taxNumber: 'M90312345A',
    tier: 'advanced',
    class: 'PREMIUM',
    isDemo: false,
    city: 'Singapore',
    taxName: 'GST',
    salesTaxBasis: 'ACCRUALS',
    salesTaxPeriod: 'QUARTERLY',
    groupsCurrencyGains: true,
    ...USUAL,
    keepsStock: true,
    hasHostileTexts: true,
  },
  {
    name: 'Blank Slate Trust',
    legalName: 'Blank Slate Trust',
    countryCode: 'NZ',
    version: 'NZ',
    baseCurrency: 'NZD',
    foreign: [],
    // Three quarters of an hour off.
    timeZone: 'Pacific/Chatham',
    xeroTimeZone: 'CHATHAMISLANDSSTANDARDTIME',
    yearEnd: { day: 31, month: 3 },
    taxNumber: '',
    tier: 'starter',
    class: 'TRIAL',
    isDemo: false,
    city: 'Waitangi',
    taxName: 'GST',
    salesTaxBasis: 'PAYMENTS',
    salesTaxPeriod: 'SIXMONTHS',
    groupsCurrencyGains: true,
    ...USUAL,
    isEmpty: true,
  },
];

/** The chart of accounts: one table for three countries, with the codes and names that trip spreadsheets. */
import type { Profile } from './profiles.ts';
import type { Account, AccountClass } from './rows.ts';
import { TAX_TYPE, type TaxUse } from './tax-rates.ts';

/** `code` for NZ and GB, `usCode` for the US. `%TAX%` becomes the country's name for its sales tax. */
interface ChartRow {
  key: string;
  code: string | null;
  usCode: string | null;
  name: string;
  type: string;
  class: AccountClass;
  tax: TaxUse;
  system?: string;
  isArchived?: true;
  canTakePayments?: true;
  bank?: 'BANK' | 'CREDITCARD';
  /** Of a bank account; the base currency where absent. */
  currency?: string;
}

/** The accounts of a new organisation in order, and where each key landed. Foreign currencies get a bank account each. */
export function chartOf(
  profile: Profile,
  updatedAt: number,
): { accounts: Omit<Account, 'index'>[]; byKey: Map<string, number> } {
  const isUs = profile.countryCode === 'US';
  const foreign = profile.foreign.map(({ currency }, at) =>
    row(`bank:${currency}`, `09${3 + at}`, `109${3 + at}`, `${currency} Account`, 'BANK', 'ASSET', 'none', {
      bank: 'BANK',
      currency,
    }),
  );
  const byKey = new Map<string, number>();
  const accounts = [...CHART, ...foreign].map((entry, index): Omit<Account, 'index'> => {
    byKey.set(entry.key, index);
    const currency = entry.currency ?? profile.baseCurrency;
    return {
      updatedAt: updatedAt + index * 1000,
      code: isUs ? entry.usCode : entry.code,
      name: entry.name.replaceAll('%TAX%', profile.taxName),
      type: entry.type,
      class: entry.class,
      taxType: TAX_TYPE[profile.countryCode][entry.tax],
      status: entry.isArchived ? 'ARCHIVED' : 'ACTIVE',
      description:
        entry.system || entry.bank ? null : `${entry.name.replaceAll('%TAX%', profile.taxName)}, as booked`,
      systemAccount: entry.system ?? '',
      canTakePayments: entry.canTakePayments ?? false,
      bank: entry.bank
        ? { number: `00-0000-00${String(index).padStart(5, '0')}-00`, type: entry.bank, currency }
        : null,
    };
  });
  return { accounts, byKey };
}

function row(
  key: string,
  code: string | null,
  usCode: string | null,
  name: string,
  type: string,
  accountClass: AccountClass,
  tax: TaxUse,
  more: Partial<ChartRow> = {},
): ChartRow {
  return { key, code, usCode, name, type, class: accountClass, tax, ...more };
}

const CHART: ChartRow[] = [
  // A leading zero and no code at all are both real on bank accounts.
  row('cheque', '090', '0090', 'Business Cheque Account', 'BANK', 'ASSET', 'none', { bank: 'BANK' }),
  row('savings', '091', '0091', 'Business Savings Account', 'BANK', 'ASSET', 'none', { bank: 'BANK' }),
  row('card', null, null, 'Company Visa, Simone’s', 'BANK', 'LIABILITY', 'none', { bank: 'CREDITCARD' }),
  row('sales', '200', '4000', 'Sales', 'REVENUE', 'REVENUE', 'sales'),
  row('services', '210', '4010', 'Consulting & Services', 'REVENUE', 'REVENUE', 'sales'),
  row('otherRevenue', '260', '4200', 'Other Revenue', 'OTHERINCOME', 'REVENUE', 'sales'),
  row('interest', '270', '4300', 'Interest Income', 'OTHERINCOME', 'REVENUE', 'none'),
  row('hostileRevenue', '0001', '0001', '=SUM(A1:A9) Grants', 'REVENUE', 'REVENUE', 'zero'),
  row('purchases', '300', '5000', 'Purchases', 'DIRECTCOSTS', 'EXPENSE', 'purchases'),
  row('freight', '310', '5100', 'Freight & Courier (inwards)', 'DIRECTCOSTS', 'EXPENSE', 'purchases'),
  row('advertising', '400', '6000', 'Advertising', 'OVERHEADS', 'EXPENSE', 'purchases'),
  row('bankFees', '404', '6040', 'Bank Fees', 'OVERHEADS', 'EXPENSE', 'none'),
  row('cleaning', '408', '6080', 'Cleaning', 'OVERHEADS', 'EXPENSE', 'purchases'),
  row('consulting', '412', '6120', 'Consulting & Accounting', 'OVERHEADS', 'EXPENSE', 'purchases'),
  row('entertainment', '420', '6200', 'Entertainment', 'OVERHEADS', 'EXPENSE', 'purchases'),
  row('general', '429', '6290', 'General Expenses', 'OVERHEADS', 'EXPENSE', 'purchases'),
  row('insurance', '433', '6330', 'Insurance', 'OVERHEADS', 'EXPENSE', 'purchases'),
  row('power', '445', '6450', 'Light, Power, Heating', 'OVERHEADS', 'EXPENSE', 'purchases'),
  row('vehicle', '449', '6490', 'Motor Vehicle Expenses', 'OVERHEADS', 'EXPENSE', 'purchases'),
  row('office', '453', '6530', 'Office Expenses', 'OVERHEADS', 'EXPENSE', 'purchases'),
  row('printing', '461', '6610', 'Printing & Stationery', 'OVERHEADS', 'EXPENSE', 'purchases'),
  row('rent', '469', '6690', 'Rent', 'OVERHEADS', 'EXPENSE', 'purchases'),
  row('repairs', '473', '6730', 'Repairs and Maintenance', 'OVERHEADS', 'EXPENSE', 'purchases'),
  // Reads as a number with an exponent in a careless spreadsheet.
  row('subscriptions', '48E5', '68E5', 'Subscriptions', 'OVERHEADS', 'EXPENSE', 'purchases'),
  row('telephone', '489', '6890', 'Telephone & Internet', 'OVERHEADS', 'EXPENSE', 'purchases'),
  row('travel', '493', '6930', 'Travel – National', 'OVERHEADS', 'EXPENSE', 'purchases'),
  row('oldMarketing', '400.OLD', '6000.OLD', '-Marketing (old)', 'OVERHEADS', 'EXPENSE', 'purchases', {
    isArchived: true,
  }),
  row('bankRevaluation', '497', '6970', 'Bank Revaluations', 'EXPENSE', 'EXPENSE', 'none', {
    system: 'BANKCURRENCYGAIN',
  }),
  row('unrealisedGain', '498', '6980', 'Unrealised Currency Gains', 'EXPENSE', 'EXPENSE', 'none', {
    system: 'UNREALISEDCURRENCYGAIN',
  }),
  row('realisedGain', '499', '6990', 'Realised Currency Gains', 'EXPENSE', 'EXPENSE', 'none', {
    system: 'REALISEDCURRENCYGAIN',
  }),
  row('receivable', '610', '1200', 'Accounts Receivable', 'CURRENT', 'ASSET', 'none', { system: 'DEBTORS' }),
  row('prepayments', '620', '1300', 'Prepayments', 'CURRENT', 'ASSET', 'none'),
  row('inventory', '630', '1400', 'Inventory', 'INVENTORY', 'ASSET', 'none'),
  row('officeEquipment', '710', '1710', 'Office Equipment', 'FIXED', 'ASSET', 'purchases'),
  row('computers', '720', '1720', 'Computer Equipment 電腦', 'FIXED', 'ASSET', 'purchases'),
  row('payable', '800', '2000', 'Accounts Payable', 'CURRLIAB', 'LIABILITY', 'none', { system: 'CREDITORS' }),
  row('claims', '801', '2010', 'Unpaid Expense Claims', 'CURRLIAB', 'LIABILITY', 'none', {
    system: 'UNPAIDEXPCLM',
  }),
  row('tax', '820', '2200', '%TAX%', 'CURRLIAB', 'LIABILITY', 'none', { system: 'GST' }),
  row('historical', '840', '2400', 'Historical Adjustment', 'CURRLIAB', 'LIABILITY', 'none', {
    system: 'HISTORICAL',
  }),
  row('rounding', '860', '2600', 'Rounding', 'CURRLIAB', 'LIABILITY', 'none', { system: 'ROUNDING' }),
  row('clearing', '877', '2770', 'Owner’s Clearing', 'CURRLIAB', 'LIABILITY', 'none', {
    canTakePayments: true,
  }),
  row('loan', '900', '2900', 'Loan', 'TERMLIAB', 'LIABILITY', 'none'),
  row('retained', '960', '3200', 'Retained Earnings', 'EQUITY', 'EQUITY', 'none', {
    system: 'RETAINEDEARNINGS',
  }),
  row('ownerFunds', '970', '3000', 'Owner A Funds Introduced', 'EQUITY', 'EQUITY', 'none'),
  row('ownerDrawings', '980', '3100', 'Owner A Drawings', 'EQUITY', 'EQUITY', 'none'),
];

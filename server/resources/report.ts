/** The shape of a report: what Xero is asked for and whose changes make the answer stale, as data. */

/** Where the mirror keeps reports: records like any other, one for each call, named by path and parameters. */
export const reportsResource = 'reports';

export interface ReportOption {
  value: string;
  label: string;
  /** What choosing it adds to every call. */
  query?: Readonly<Record<string, string>>;
}

/** A choice that people make once; the first option is what they get when they make none. */
export interface ReportParameter {
  name: string;
  label: string;
  options: readonly [ReportOption, ...ReportOption[]];
}

export interface Report {
  name: string;
  label: string;
  /** Under api.xro/2.0. */
  path: string;
  scope: string;
  /** Resources whose records it adds up: a change of one on or before its end date makes it stale. */
  ledger: readonly string[];
  /**
   * `months`: one column for each month of a range. `as-at`: balances on one date. `month-end`: balances at the end of a month,
   * with as many before it as `periods` asks for. `range`: what happened between two dates.
   */
  shape: 'months' | 'as-at' | 'month-end' | 'range';
  parameters: readonly ReportParameter[];
  /** Sent with every call. */
  query: Readonly<Record<string, string>>;
}

export const basis: ReportParameter = {
  name: 'basis',
  label: 'Basis',
  options: [
    { value: 'accrual', label: 'Accrual' },
    { value: 'cash', label: 'Cash', query: { paymentsOnly: 'true' } },
  ],
};

export const asAt: ReportParameter = {
  name: 'period',
  label: 'As at',
  options: [
    { value: 'year-to-date', label: 'End of this month' },
    { value: 'last-month', label: 'End of last month' },
    { value: 'last-year', label: 'End of last financial year' },
  ],
};

/** Whatever is booked in one of these may move a report. */
export const booked: readonly string[] = [
  'accounts',
  'invoices',
  'credit-notes',
  'payments',
  'prepayments',
  'overpayments',
  'bank-transactions',
  'bank-transfers',
  'manual-journals',
];

/** Rules of Xero's reports beyond profit and loss and trial balance. */
import type { Rule } from './rule.ts';

export const xeroReportRules: readonly Rule[] = [
  {
    id: 'xero-balance-sheet-month-end',
    says: 'A balance sheet is as at the end of the month of its date, today’s where none is given.',
    source: 'xero-api.md 4.2 (DOC:reports)',
    certainty: 'documented',
  },
  {
    id: 'xero-balance-sheet-comparative',
    says: 'A balance sheet always has a column to compare with: the same month a year before, unless periods asks for others.',
    source: 'xero-api.md 4.2 (DOC:reports); that it is a year is as remembered',
    certainty: 'assumed',
    probe: 'Ask for the balance sheet of 2026-10-31 without periods and read the header.',
  },
  {
    id: 'xero-balance-sheet-shape',
    says: 'Headings without rows, sections with totals, net assets as a row, equity with current year and retained earnings that carry fromDate and toDate.',
    source: 'xero_accounting.yaml example of /Reports/BalanceSheet',
    certainty: 'specified',
  },
  {
    id: 'xero-net-assets-are-equity',
    says: 'Net assets equal total equity in every column, over the end of a financial year too.',
    source: 'bookkeeping; xero_accounting.yaml example of /Reports/BalanceSheet',
    certainty: 'specified',
  },
  {
    id: 'xero-bank-summary-shape',
    says: 'The bank summary has opening balance, received, spent and closing balance of each bank account, the name with accountID, the flows with account.',
    source: 'xero_accounting.yaml example of /Reports/BankSummary',
    certainty: 'specified',
  },
  {
    id: 'xero-bank-summary-adds-up',
    says: 'Opening balance and received less spent is the closing balance, and that is the ledger’s.',
    source: 'bookkeeping; xero-api.md 4.2',
    certainty: 'documented',
  },
  {
    id: 'xero-bank-summary-base-currency',
    says: 'All figures of a bank summary are in base currency, so that its totals add up.',
    source: 'likeliest reading of the example, which has totals',
    certainty: 'assumed',
    probe: 'Read the bank summary of an organisation with a foreign bank account that is not empty.',
  },
  {
    id: 'xero-bank-summary-current-month',
    says: 'A bank summary is of the current month unless told otherwise.',
    source: 'xero_accounting.yaml example of /Reports/BankSummary, dated within its month',
    certainty: 'assumed',
    probe: 'Read the third title of a bank summary without parameters.',
  },
  {
    id: 'xero-executive-summary-shape',
    says: 'The executive summary has six sections of fixed lines, the month, the month before, and the variance in percent.',
    source: 'xero_accounting.yaml example of /Reports/ExecutiveSummary',
    certainty: 'specified',
  },
  {
    id: 'xero-executive-summary-ratios',
    says: 'Margins have one place; days and ratios are quotients as .NET’s decimal prints them; what cannot be divided is empty, 0 or 0.0%.',
    source: 'worked out from the figures of the example of /Reports/ExecutiveSummary',
    certainty: 'specified',
  },
  {
    id: 'xero-aged-contact-required',
    says: 'The aged reports need contactID; there is none for all contacts at once.',
    source: 'xero-api.md 4.2 (DOC:reports); xero_accounting.yaml',
    certainty: 'documented',
  },
  {
    id: 'xero-aged-shape',
    says: 'An aged report lists open documents with invoiceID on every cell, an opening and a closing balance, and the days overdue.',
    source: 'xero_accounting.yaml examples of the aged reports',
    certainty: 'specified',
  },
  {
    id: 'xero-aged-open-only',
    says: 'Only documents still open at the date are listed, in base currency.',
    source: 'likeliest reading of the examples',
    certainty: 'assumed',
    probe: 'Ask for the aged receivables of a contact with one paid and one foreign open invoice.',
  },
  {
    id: 'xero-aged-adds-up',
    says: 'What is due in the aged reports of all contacts is the control account in the trial balance of that date.',
    source: 'bookkeeping; xero-api.md 3.3',
    certainty: 'documented',
  },
  {
    id: 'xero-cash-basis-proportional',
    says: 'paymentsOnly=true counts an invoice, bill or credit note by the share of it that was settled, on the day of the settlement.',
    source:
      'xero-api.md 3.3 and 4.2; that lines share in proportion is as Xero’s help describes cash accounting',
    certainty: 'assumed',
    probe:
      'In a demo company pay a third of an invoice with two lines, and read ProfitAndLoss?paymentsOnly=true of that month.',
  },
  {
    id: 'xero-cash-basis-exact',
    says: 'On cash basis the shares of the lines add up to each settlement to the cent, and a settled document stands as in the books.',
    source: 'bookkeeping; how Xero rounds each share is assumed',
    certainty: 'assumed',
    probe: 'Pay 0.01 of an invoice with three lines and read the trial balance with paymentsOnly=true.',
  },
  {
    id: 'xero-cash-basis-balances',
    says: 'On cash basis the reports balance and agree with each other, and bank accounts stand as in the books.',
    source: 'bookkeeping; xero-api.md 4.2',
    certainty: 'documented',
  },
  {
    id: 'xero-aged-credits',
    says: 'Open credit notes, prepayments and overpayments stand in the aged reports as negative lines with ids of their own.',
    source: 'likeliest reading of xero-api.md 4.3, which knows invoiceID only',
    certainty: 'assumed',
    probe:
      'Ask for the aged receivables of a contact with an open credit note and list the ids of attributes.',
  },
  {
    id: 'xero-profit-tracking',
    says: 'trackingCategoryID gives a profit and loss a column for each option, trackingOptionID that option alone, a second category their combinations.',
    source:
      'xero-api.md 4.2; the columns as DOC:reports is remembered; that Unassigned and Total follow is assumed',
    certainty: 'assumed',
    probe: 'Ask for the profit and loss with the trackingCategoryID of the demo company and read the header.',
  },
  {
    id: 'xero-cash-basis-journals',
    says: 'Manual journals are left out of reports on cash basis unless ShowOnCashBasisReports.',
    source: 'xero_accounting.yaml ManualJournal.ShowOnCashBasisReports',
    certainty: 'specified',
  },
];

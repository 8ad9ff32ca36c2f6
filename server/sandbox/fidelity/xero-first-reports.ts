/** How the profit and loss, the trial balance and the books under them behave. */
import type { Rule } from './rule.ts';

export const xeroFirstReportRules: readonly Rule[] = [
  {
    id: 'xero-books-balance',
    says: 'Documents, ledger and reports of an organisation agree to the cent, on every date.',
    source: 'double-entry bookkeeping; xero-api.md 3.3',
    certainty: 'documented',
  },
  {
    id: 'xero-profit-current-month',
    says: 'The profit and loss is of the current month unless told otherwise.',
    source: 'xero-api.md 4.2 (DOC:reports)',
    certainty: 'documented',
  },
  {
    id: 'xero-profit-periods',
    says: 'periods go back from the span asked for with the same days, clipped at the end of shorter months.',
    source: 'xero-api.md 4.2 (DOC:reports)',
    certainty: 'documented',
  },
  {
    id: 'xero-profit-period-alone',
    says: 'A period shows what a call for that period alone shows.',
    source: 'xero-api.md 4.2, which advises one call per period',
    certainty: 'assumed',
    probe:
      'Ask for last month with periods=1&timeframe=MONTH and for the month before alone, and compare the cells.',
  },
  {
    id: 'xero-profit-365-days',
    says: 'A profit and loss over 365 days, of a turned span, of more than 11 periods or of an unknown timeframe is 400.',
    source: 'xero-api.md 4.2 (the 365 days); xero_accounting.yaml (periods, timeframe)',
    certainty: 'documented',
  },
  {
    id: 'xero-report-layout',
    says: 'The layout is the organisation’s own unless standardLayout=true; an account group carries groupID.',
    source: 'xero-api.md 4.3 (DOC:reports; groupID from memory)',
    certainty: 'assumed',
    probe:
      'List the ids of attributes of a profit and loss in the own and in the standard layout (xero-api.md 12, fourteenth).',
  },
  {
    id: 'xero-report-fx-group',
    says: 'Currency accounts are grouped under FXGROUPID, except in the US.',
    source: 'xero-api.md 4.3 (OAS examples)',
    certainty: 'documented',
  },
  {
    id: 'xero-trial-balance-shape',
    says: 'The trial balance labels accounts with their codes and has month and year to date, one side of each pair filled.',
    source: 'xero-api.md 4.2; xero_accounting.yaml example of /Reports/TrialBalance',
    certainty: 'specified',
  },
  {
    id: 'xero-trial-balance-year',
    says: 'Revenue and expenses start afresh with the financial year, and the profit moves to retained earnings.',
    source: 'bookkeeping; xero-api.md 4.2',
    certainty: 'documented',
  },
  {
    id: 'xero-report-date-400',
    says: 'A date that is none is 400.',
    source: 'likeliest reading of xero_accounting.yaml, which types it as a date',
    certainty: 'assumed',
    probe: 'Ask for the trial balance of date=soon.',
  },
];

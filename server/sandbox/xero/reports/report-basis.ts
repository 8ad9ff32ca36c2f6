/** Which ledger a report is drawn from: the books as they are, or by what was paid (`paymentsOnly`, xero-api.md 4.2). */
import type { Query } from '../accounting/query.ts';
import type { Company } from '../company/company.ts';
import type { Ledger } from '../company/ledger.ts';
import { cashLedger } from './cash-basis.ts';

export const ledgerAsked = (company: Company, query: Query): Ledger =>
  query.isTrue('paymentsOnly') ? cashLedger(company) : company.ledger;

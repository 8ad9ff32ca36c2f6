/** Which ledger a report is drawn from: the books as they are, or by what was paid (`paymentsOnly`). */
import type { Query } from '../accounting/query.ts';
import { validationRefused } from '../accounting/refusal.ts';
import type { Company } from '../company/company.ts';
import type { Ledger } from '../company/ledger.ts';

export function ledgerAsked(company: Company, query: Query): Ledger {
  if (query.isTrue('paymentsOnly'))
    throw validationRefused('The sandbox keeps no cash basis: leave paymentsOnly out.');
  return company.ledger;
}

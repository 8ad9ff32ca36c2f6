/** Every resource and report that we read from Xero, in the order people know them. */
import { accounts } from './accounts.ts';
import { balanceSheet } from './balance-sheet.ts';
import { bankSummary } from './bank-summary.ts';
import { bankTransactions } from './bank-transactions.ts';
import { bankTransfers } from './bank-transfers.ts';
import { brandingThemes } from './branding-themes.ts';
import { contactGroups } from './contact-groups.ts';
import { contacts } from './contacts.ts';
import { creditNotes } from './credit-notes.ts';
import { currencies } from './currencies.ts';
import { executiveSummary } from './executive-summary.ts';
import { invoices } from './invoices.ts';
import { items } from './items.ts';
import { manualJournals } from './manual-journals.ts';
import { organisation } from './organisation.ts';
import { overpayments } from './overpayments.ts';
import { payments } from './payments.ts';
import { prepayments } from './prepayments.ts';
import { profitAndLoss } from './profit-and-loss.ts';
import type { Report } from './report.ts';
import type { Resource } from './resource.ts';
import { taxRates } from './tax-rates.ts';
import { trackingCategories } from './tracking-categories.ts';
import { trialBalance } from './trial-balance.ts';
import { users } from './users.ts';

export const resources: readonly Resource[] = [
  organisation,
  accounts,
  taxRates,
  trackingCategories,
  currencies,
  brandingThemes,
  users,
  items,
  contacts,
  contactGroups,
  invoices,
  creditNotes,
  payments,
  prepayments,
  overpayments,
  bankTransactions,
  bankTransfers,
  manualJournals,
];

const byName = new Map(resources.map((resource) => [resource.name, resource]));

/** The resource of a name that our own code or a stored document holds; an unknown one is a bug. */
export function resourceNamed(name: string): Resource {
  const found = byName.get(name);
  if (found === undefined) throw new Error(`no resource is named ${name}`);
  return found;
}

export const reports: readonly Report[] = [
  profitAndLoss,
  balanceSheet,
  trialBalance,
  bankSummary,
  executiveSummary,
];

/** The report of a name that our own code or a stored document holds; an unknown one is a bug. */
export function reportNamed(name: string): Report {
  const found = reports.find((report) => report.name === name);
  if (found === undefined) throw new Error(`no report is named ${name}`);
  return found;
}

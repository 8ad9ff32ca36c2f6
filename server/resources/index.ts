/** Every resource and report that we read from Xero, in the order people know them. */
import { accounts } from './accounts.ts';
import { bankTransactions } from './bank-transactions.ts';
import { contacts } from './contacts.ts';
import { invoices } from './invoices.ts';
import { organisation } from './organisation.ts';
import { payments } from './payments.ts';
import { profitAndLoss } from './profit-and-loss.ts';
import type { Report } from './report.ts';
import type { Resource } from './resource.ts';
import { taxRates } from './tax-rates.ts';
import { trialBalance } from './trial-balance.ts';

export const resources: readonly Resource[] = [
  organisation,
  accounts,
  taxRates,
  contacts,
  invoices,
  payments,
  bankTransactions,
];

const byName = new Map(resources.map((resource) => [resource.name, resource]));

/** The resource of a name that our own code or a stored document holds; an unknown one is a bug. */
export function resourceNamed(name: string): Resource {
  const found = byName.get(name);
  if (found === undefined) throw new Error(`no resource is named ${name}`);
  return found;
}

export const reports: readonly Report[] = [profitAndLoss, trialBalance];

/** The report of a name that our own code or a stored document holds; an unknown one is a bug. */
export function reportNamed(name: string): Report {
  const found = reports.find((report) => report.name === name);
  if (found === undefined) throw new Error(`no report is named ${name}`);
  return found;
}

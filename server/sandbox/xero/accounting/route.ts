/** Finds the endpoint behind `/api.xro/2.0/...`, and the scope it needs. */
import type { Company } from '../company/company.ts';
import { journals } from '../journals/journals.ts';
import type { Sees } from '../oauth/roles.ts';
import { REPORTS } from '../reports/report-routes.ts';
import { accounts } from './accounts.ts';
import { bankTransfers } from './bank-transfers.ts';
import { brandingThemes } from './branding-themes.ts';
import { contactGroups } from './contact-groups.ts';
import { contacts } from './contacts.ts';
import { creditNotes } from './credit-notes.ts';
import { currencies } from './currencies.ts';
import type { Context } from './envelope.ts';
import { invoices } from './invoices.ts';
import { items } from './items.ts';
import { type Endpoint, endpointOf } from './listing.ts';
import { manualJournals } from './manual-journals.ts';
import { organisation } from './organisation.ts';
import { organisationActions } from './organisation-actions.ts';
import { overpayments } from './overpayments.ts';
import { payments } from './payments.ts';
import { prepayments } from './prepayments.ts';
import type { Query } from './query.ts';
import type { Answer } from './refusal.ts';
import { taxRates } from './tax-rates.ts';
import { trackingCategories } from './tracking-categories.ts';
import { bankTransactionsEndpoint } from './transfer-transactions.ts';
import { users } from './users.ts';

export interface Route {
  /** As counted and shown: 'Invoices' or 'Invoices/{id}'. */
  name: string;
  /** Any one of these lets the caller in (xero-api.md 1.4). */
  scopes: string[];
  /** A list of records, page or whole; not a look by id, not a report. */
  isList: boolean;
  /** Only for apps of the Advanced tier. */
  isPremium?: true;
  /** The permission of the connecting user without which it is 403. */
  needs?: keyof Sees;
  answer(company: Company, query: Query, context: Context): Answer;
}

const ENDPOINTS: Endpoint[] = [
  organisation,
  taxRates,
  endpointOf(accounts),
  endpointOf(contacts),
  endpointOf(invoices),
  endpointOf(payments),
  bankTransactionsEndpoint,
  endpointOf(trackingCategories),
  endpointOf(contactGroups),
  endpointOf(users),
  endpointOf(brandingThemes),
  currencies,
  endpointOf(items),
  endpointOf(bankTransfers),
  endpointOf(manualJournals),
  journals,
  endpointOf(creditNotes),
  endpointOf(prepayments),
  endpointOf(overpayments),
];

const ORGANISATION_ACTIONS: Route = {
  name: 'Organisation/Actions',
  scopes: ['accounting.settings', 'accounting.settings.read'],
  isList: false,
  answer: organisationActions,
};

/** Endpoints that not every user may see (xero-api.md 1.6 and 10, pitfall 23). */
const NEEDS: Record<string, keyof Sees> = {
  ManualJournals: 'journals',
  Journals: 'journals',
  BankTransactions: 'bankAccounts',
  BankTransfers: 'bankAccounts',
};

/** `path` is what follows the version. Case does not matter, as on Xero's servers. Null when nothing is there. */
export function routeOf(path: string): Route | null {
  const parts = path.split('/').filter(Boolean);
  if (parts.length > 2 || !parts.every(isDecodable)) return null;
  const [resource = '', id] = parts.map(decodeURIComponent);
  if (/^organisation\/actions$/i.test(parts.join('/'))) return ORGANISATION_ACTIONS;
  if (resource.toLowerCase() === 'reports') return REPORTS.get((id ?? '').toLowerCase()) ?? null;
  const endpoint = ENDPOINTS.find(({ plural }) => plural.toLowerCase() === resource.toLowerCase());
  if (!endpoint) return null;
  return {
    name: id === undefined ? endpoint.plural : `${endpoint.plural}/{id}`,
    scopes: [endpoint.scope, endpoint.otherScope ?? []].flat().flatMap((scope) => [scope, `${scope}.read`]),
    isList: id === undefined,
    ...(endpoint === journals ? { isPremium: true as const } : {}),
    ...(NEEDS[endpoint.plural] === undefined ? {} : { needs: NEEDS[endpoint.plural] }),
    answer: (company, query, context) =>
      id === undefined ? endpoint.list(company, query, context) : endpoint.byId(company, id, query, context),
  };
}

function isDecodable(part: string): boolean {
  try {
    return decodeURIComponent(part) !== '';
  } catch {
    // Not text: nothing can be found under it.
    return false;
  }
}

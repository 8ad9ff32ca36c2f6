/** Rules of who may see what: roles of the connecting user, tiers of the app. */
import type { Rule } from './rule.ts';

export const xeroAccessRules: readonly Rule[] = [
  {
    id: 'xero-role-reports-403',
    says: 'Reports are 403 AuthenticationUnsuccessful where the connecting user has no permission to reports.',
    source:
      'xero-api.md 4.1 and 6.2 (DOC:reports, SKL); the Detail is that of 6.2, where Xero-Net#347 (2018) saw the sentence “You are not permitted to access this resource without the reporting role or higher privileges.”',
    certainty: 'documented',
    probe:
      'Connect as a Standard user without reports, ask for the trial balance, and keep the whole answer.',
  },
  {
    id: 'xero-role-journals-403',
    says: 'Manual journals are 403 without the reporting permission.',
    source: 'xero-api.md 1.6 (R26: changelog of 29 June 2026)',
    certainty: 'reported',
    probe: 'Connect as a Standard user without reports and ask for ManualJournals.',
  },
  {
    id: 'xero-role-invoice-only',
    says: 'A user for invoices only gets 403 for bank transactions, transfers, manual journals and reports, and sees contacts and invoices.',
    source: 'likeliest reading of Xero’s roles; xero-api.md 10, pitfall 23',
    certainty: 'assumed',
    probe: 'Connect as an Invoice Only user, if Xero lets one, and run the probe.',
  },
  {
    id: 'xero-role-bank-details',
    says: 'BankAccountDetails of contacts is empty for users who are not bank account administrators.',
    source: 'xero-api.md 1.6 (R26), which says that it needs BankAccountAdmin and not what is seen without',
    certainty: 'assumed',
    probe: 'Read a contact with bank details as a Standard user without Bank Account Admin.',
  },
  {
    id: 'xero-role-us-tax-number',
    says: 'For Standard users of US organisations all but the last four characters of TaxNumber are masked.',
    source: 'xero-api.md 1.6 (changelog of 2025); what stands in for the rest is assumed',
    certainty: 'reported',
    probe: 'Read a US contact with a tax number as a Standard user.',
  },
  {
    id: 'xero-role-at-any-moment',
    says: 'A changed role holds from the next call on, without a new consent; a user taken out gets 403 everywhere.',
    source: 'xero-api.md 1.3 (DIAG, DOC:responsecodes)',
    certainty: 'documented',
  },
  {
    id: 'xero-premium-401',
    says: 'Journals is 401 AuthorizationUnsuccessful for an app below the Advanced tier, whatever its scopes.',
    source: 'xero-api.md 1.5 and 6.2 (PRICE, R26; one source says 403)',
    certainty: 'documented',
    probe: 'Ask for Journals on a Starter app and keep the whole answer (xero-api.md 12, first).',
  },
];

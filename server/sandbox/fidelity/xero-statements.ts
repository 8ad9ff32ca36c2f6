/** Statements of the reference about records, tokens and answers that no other file of rules holds. */
import type { Rule } from './rule.ts';

export const xeroStatementRules: readonly Rule[] = [
  {
    id: 'xero-id-token-5-minutes',
    says: 'An id token comes with openid only, lasts five minutes and names the person with profile and email.',
    source: 'xero-api.md 1.2 (R26); xero-node 20 type XeroIdToken',
    certainty: 'reported',
    probe: 'Decode the id token and compare exp with iat.',
  },
  {
    id: 'xero-refresh-needs-offline',
    says: 'A refresh token comes with offline_access only.',
    source: 'xero-api.md 1.2 (R26, SDK README)',
    certainty: 'documented',
  },
  {
    id: 'xero-scopes-spelled',
    says: 'Report scopes exist with .read only, and balancesheet is singular; others are invalid_scope.',
    source: 'xero-api.md 1.4 (SCP)',
    certainty: 'documented',
  },
  {
    id: 'xero-answer-headers',
    says: 'Answers carry Server nginx, a Xero-Correlation-Id of their own, and their content type with a charset.',
    source: 'xero-api.md section 2; airbyte#66667',
    certainty: 'observed',
  },
  {
    id: 'xero-trimmed-children-empty',
    says: 'Inside a document of a list, a contact has its id and name, and empty lists that say nothing of it.',
    source: 'xero-api.md 3.1 and 3.4 (DOC:payments, AIR)',
    certainty: 'observed',
  },
  {
    id: 'xero-invoices-all-statuses',
    says: 'The list of invoices has voided and deleted ones too, unless filtered.',
    source: 'xero-api.md 3.2',
    certainty: 'documented',
  },
  {
    id: 'xero-lines-by-statuses',
    says: 'Statuses= brings lines without a page.',
    source: 'xero-api.md 3.2 (DOC:invoices)',
    certainty: 'reported',
    probe: 'Ask for Invoices?Statuses=DRAFT without a page and look for LineItems.',
  },
  {
    id: 'xero-payments-deleted-listed',
    says: 'Deleted payments stay in the list with their status.',
    source: 'xero-api.md 3.2 (from memory)',
    certainty: 'assumed',
    probe: 'Delete a payment in a demo company and read Payments (xero-api.md 12, third).',
  },
  {
    id: 'xero-payment-shape',
    says: 'A payment has no twin of its date, its account by id and code, and its invoice as a stub in lists, fuller by id.',
    source: 'xero-api.md 3.2 and 3.4 (AIR)',
    certainty: 'observed',
  },
  {
    id: 'xero-bank-transactions-alone',
    says: 'Bank transactions hold neither payments nor transfers.',
    source: 'xero-api.md 3.2 (DOC:banktransactions)',
    certainty: 'documented',
  },
  {
    id: 'xero-tax-rate-by-type',
    says: 'A tax rate is known by its TaxType and has no id.',
    source: 'xero-api.md 3.2 and 6.1 (OAS)',
    certainty: 'specified',
  },
  {
    id: 'xero-ids-lower-case',
    says: 'Ids are GUIDs in lower case, and are found in any case.',
    source: 'xero-api.md 6.1; that any case finds them is as .NET parses GUIDs',
    certainty: 'documented',
  },
  {
    id: 'xero-updated-twin',
    says: 'Invoices, credit notes, payments, prepayments and overpayments have UpdatedDateUTCString with Z since July 2026.',
    source: 'xero-api.md 1.6 and 6.1 (OAS #823)',
    certainty: 'specified',
  },
  {
    id: 'xero-organisation-one-record',
    says: 'Organisation is one record with currency, financial year end, time zone in capitals and a short code.',
    source: 'xero-api.md 3.2 and 3.4 (AIR, OAS)',
    certainty: 'observed',
  },
  {
    id: 'xero-account-system-empty',
    says: 'SystemAccount is an empty text on accounts that Xero did not make; some bank accounts have no code.',
    source: 'xero-api.md 3.2 and 3.4 (AIR)',
    certainty: 'observed',
  },
  {
    id: 'xero-list-parameters-any-case',
    says: 'Comma lists may be literal or encoded, + is a space, and names of parameters are read in any case.',
    source: 'xero-api.md 11.12; xero-node 20 encodes so; any case is as ASP.NET reads queries',
    certainty: 'ran',
  },
  {
    id: 'xero-report-shape',
    says: 'A report has ids, titles, a spoken date and rows of text cells: Header, Section with rows one level deep, Row, SummaryRow.',
    source: 'xero-api.md 4.3 (DOC:reports, OAS examples)',
    certainty: 'specified',
  },
];

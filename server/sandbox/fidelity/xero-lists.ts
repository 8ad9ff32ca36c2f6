/** Rules of Xero's lists: paging, order, filters, forms, what moves under a reader. */
import type { Rule } from './rule.ts';

export const xeroListRules: readonly Rule[] = [
  {
    id: 'xero-where-every-operator',
    says: 'where takes ==, =, !=, <, >, <=, >=, AND, &&, OR, ||, parentheses, guid(), DateTime(), Contains, StartsWith, EndsWith and null.',
    source: 'xero-api.md 3.1 and 11.6 (DOC:requests-and-responses)',
    certainty: 'documented',
  },
  {
    id: 'xero-high-volume-51',
    says: 'A refusal for volume is 400 HighVolumeException with ErrorNumber 51, and names the endpoint twice.',
    source: 'Xero-NetStandard#604 (2025-04-29), pyxero#373, xero-python#148',
    certainty: 'observed',
  },
  {
    id: 'xero-high-volume-endpoints',
    says: 'Volume is refused on Invoices, Contacts, CreditNotes, BankTransactions, ManualJournals, Payments and PurchaseOrders only.',
    source: 'xero-api.md 3.1',
    certainty: 'documented',
  },
  {
    id: 'xero-high-volume-unoptimised',
    says: 'Paged or not, an unoptimised where or order is refused where over 100,000 records are left to look through; optimised parts narrow first.',
    source:
      'xero-api.md 3.1; Xero-NetStandard#604 (a filter for a few thousand of 115,000 was refused), pyxero#373 (one id by an unknown name)',
    certainty: 'documented',
  },
  {
    id: 'xero-where-or-of-ids',
    says: 'OR is optimised only between ids; AND keeps what is optimised in it.',
    source: 'xero-api.md 3.1 (DOC); xero-python#148 (an OR of ContactNumbers was refused)',
    certainty: 'documented',
  },
  {
    id: 'xero-order-slow-fields',
    says: 'order takes other fields than the optimised ones, too, and is slow then.',
    source: 'xero-api.md 3.1 and 3.2 (DOC each)',
    certainty: 'documented',
  },
  {
    id: 'xero-query-2048',
    says: 'A query of over 2,048 characters is 404 with the plain text of a missing resource: 52 ids with encoded commas pass, 53 do not.',
    source: 'xero-node#404, Xero-NetStandard#413 and #471, Xero-OpenAPI#534',
    certainty: 'observed',
  },
  {
    id: 'xero-brief-fields',
    says: 'summaryOnly leaves Addresses, Balances, ContactGroups, ContactPersons, IsCustomer and IsSupplier out of contacts.',
    source: 'xero-api.md 3.1 (DOC:contacts)',
    certainty: 'reported',
    probe: 'Ask for one contact with and without summaryOnly=true and compare the names of the fields.',
  },
  {
    id: 'xero-search-term',
    says: 'searchTerm finds text in any case in names, numbers and email of contacts, in number and reference of invoices; it works with paging.',
    source: 'xero_accounting.yaml /Contacts and /Invoices, searchTerm',
    certainty: 'specified',
  },
  {
    id: 'xero-edit-moves-row',
    says: 'A record edited between two pages moves to the end of the default order: one sweep may see it twice, or miss its neighbour.',
    source: 'xero-api.md 3.1 (DOC:requests-and-responses, LRV)',
    certainty: 'documented',
  },
  {
    id: 'xero-merge-unstamped',
    says: 'Merging contacts moves the documents to the survivor without a new UpdatedDateUTC on documents or survivor.',
    source: 'xero-api.md 3.1 (DOC:contacts, DIAG)',
    certainty: 'documented',
  },
  {
    id: 'xero-merge-archives',
    says: 'The merged contact becomes ARCHIVED, names the survivor in MergedToContactID, and is stamped, archiving being an update.',
    source: 'OAS 16.1 Contact.MergedToContactID; xero-api.md 8 (archiving = UPDATE)',
    certainty: 'assumed',
    probe:
      'Merge two contacts of a demo company, then read both with includeArchived=true: status, MergedToContactID and UpdatedDateUTC of each.',
  },
  {
    id: 'xero-account-delete-traceless',
    says: 'A deleted account is in no list and under no id; one with transactions cannot be deleted.',
    source: 'xero-api.md 3.2 (from memory)',
    certainty: 'assumed',
    probe: 'Delete an unused account in a demo company, then read /Accounts and /Accounts/{id}.',
  },
];

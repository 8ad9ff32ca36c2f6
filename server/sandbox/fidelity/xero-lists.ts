/** Rules of Xero's lists: paging, order, filters, forms, what moves under a reader. */
import type { Rule } from './rule.ts';

export const xeroListRules: readonly Rule[] = [
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

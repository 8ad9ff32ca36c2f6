/** Rules of what an organisation sets up, its items, its transfers and its manual journals. */
import type { Rule } from './rule.ts';

export const xeroKindRules: readonly Rule[] = [
  {
    id: 'xero-tracking-archived',
    says: 'TrackingCategories lists active categories with their active options; includeArchived=true adds archived ones of both; deleted ones are never listed.',
    source: 'xero-api.md 3.2 and section 10, no. 7 (DOC:trackingcategories)',
    certainty: 'documented',
  },
  {
    id: 'xero-tracking-by-id',
    says: 'A look by id finds a category whatever its status, with its archived options.',
    source: 'example of /TrackingCategories/{TrackingCategoryID} in OAS 16.1 (a deleted one is shown)',
    certainty: 'assumed',
    probe: 'Archive an option and a category, GET both by id without includeArchived.',
  },
  {
    id: 'xero-tracking-limits',
    says: 'Two tracking categories are active at most, and there are four at most.',
    source: 'xero-api.md 3.2',
    certainty: 'documented',
  },
  {
    id: 'xero-tracking-on-lines',
    says: 'A line names category and option with their ids, archived ones included, under the names that they have now.',
    source: 'xero-api.md 3.4 (AIR)',
    certainty: 'observed',
  },
  {
    id: 'xero-groups-empty-list',
    says: 'The list of contact groups has empty Contacts; a look by id has the members, trimmed.',
    source: 'xero-api.md 3.2 and section 10, no. 20 (AIR)',
    certainty: 'observed',
  },
  {
    id: 'xero-groups-of-contact',
    says: 'A paged contact names its groups; an unpaged one does not.',
    source: 'xero-api.md 3.2 and 3.4 (DOC:contacts)',
    certainty: 'documented',
  },
  {
    id: 'xero-groups-deleted-hidden',
    says: 'Deleted contact groups are not listed.',
    source: 'xero-api.md 3.2 ([M])',
    certainty: 'assumed',
    probe: 'Delete a contact group and GET /ContactGroups, then the group by its id.',
  },
  {
    id: 'xero-no-modified-since',
    says: 'TrackingCategories, ContactGroups, BrandingThemes and Currencies do not look at If-Modified-Since; Users, Items and BankTransfers do.',
    source: 'xero-api.md 3.2 and section 10, no. 14 (OAS 16.1, TAP)',
    certainty: 'documented',
  },
  {
    id: 'xero-currency-by-code',
    says: 'A currency cannot be looked up by its code.',
    source: 'OAS 16.1 has no such path',
    certainty: 'assumed',
    probe: 'GET /Currencies/NZD.',
  },
  {
    id: 'xero-theme-of-sales',
    says: 'Sales invoices and sales credit notes name their branding theme; bills do not.',
    source: 'xero-api.md 3.4 (AIR)',
    certainty: 'observed',
  },
  {
    id: 'xero-organisation-actions',
    says: '/Organisation/Actions lists what may be done, each ALLOWED or NOT-ALLOWED.',
    source: 'example of /Organisation/Actions in OAS 16.1',
    certainty: 'specified',
  },
  {
    id: 'xero-items-scopes',
    says: 'Items open with the scope of settings and with that of invoices.',
    source: 'xero-api.md 1.4 (SCP)',
    certainty: 'documented',
  },
  {
    id: 'xero-items-gone',
    says: 'A deleted item is gone from list and id without a trace; lines keep its code.',
    source: 'xero-api.md 3.2; that lines keep the code: nobody says so',
    certainty: 'assumed',
    probe: 'Delete an item that an invoice names and GET the invoice by id.',
  },
  {
    id: 'xero-items-prices',
    says: 'Prices of items have two places, rounded, and four with unitdp=4; a side that is not sold or bought is {}.',
    source: 'xero-api.md 3.1 and 3.4 (DOC:items, AIR)',
    certainty: 'documented',
  },
  {
    id: 'xero-items-on-lines',
    says: 'A line with an item has ItemCode and Item with id, name and code.',
    source: 'xero-api.md 3.4 (AIR)',
    certainty: 'observed',
  },
  {
    id: 'xero-stock-average',
    says: 'Bills with a tracked item raise QuantityOnHand and TotalCostPool; a sale takes its share at average cost from the asset account to the cost of goods sold, in the order of dates.',
    source: 'xero-api.md 7.2, step 6 (DOC:items); that earlier documents move later costs: nobody says so',
    certainty: 'assumed',
    probe:
      'Sell a tracked item, then enter a bill for it dated before the sale, and compare TotalCostPool and the account.',
  },
  {
    id: 'xero-transfers-deleted',
    says: 'Deleted bank transfers are listed with includeDeleted=true only, marked DELETED.',
    source: 'xero-api.md 1.6 and 3.2 (OAS #822)',
    certainty: 'documented',
  },
  {
    id: 'xero-transfers-unstamped',
    says: 'A bank transfer has only the instant when it was made: nothing that happens later brings it back by If-Modified-Since.',
    source: 'xero-api.md 3.2 and section 12, no. 6 (TAP)',
    certainty: 'reported',
    probe:
      'Note the time, delete an older transfer, GET /BankTransfers?includeDeleted=true modified since then.',
  },
  {
    id: 'xero-transfers-dates',
    says: 'The text twins of dates of bank transfers have a space in place of the T.',
    source: 'xero-api.md 3.4 and 6.1',
    certainty: 'documented',
  },
  {
    id: 'xero-transfers-apart',
    says: 'The two bank transactions of a transfer are not in the list of bank transactions; by id they are SPEND-TRANSFER and RECEIVE-TRANSFER.',
    source: 'xero-api.md 3.2 (DOC:banktransactions)',
    certainty: 'documented',
  },
  {
    id: 'xero-transfers-currency',
    says: 'A transfer between currencies has its amount in the currency it leaves, and CurrencyRate in units of the other.',
    source: 'nobody says so; xero-api.md 7.2, step 9 only that the API makes none',
    certainty: 'assumed',
    probe:
      'Make a transfer between two currencies in Xero and compare Amount and CurrencyRate with both statements.',
  },
  {
    id: 'xero-journals-lines',
    says: 'Manual journals have their lines when paged and by id, not in the unpaged list.',
    source: 'xero-api.md 3.2 (DOC:manualjournals)',
    certainty: 'documented',
  },
  {
    id: 'xero-journals-order',
    says: 'With order, manual journals all come in one answer, whatever page is asked for.',
    source: 'xero-api.md 3.1 (TAP 2.2.3)',
    certainty: 'reported',
    probe: 'GET /ManualJournals?page=1&pageSize=1&order=Date in an organisation with two.',
  },
  {
    id: 'xero-journals-balance',
    says: 'What is posted sums to nothing with its tax, in two lines at least.',
    source: 'xero-api.md 7.2, step 7',
    certainty: 'documented',
  },
  {
    id: 'xero-journals-accounts',
    says: 'Bank, receivable, payable, retained earnings and inventory accounts take no manual journal.',
    source: 'xero-api.md 7.2, step 7',
    certainty: 'documented',
  },
  {
    id: 'xero-journals-posted-only',
    says: 'Only POSTED journals are in the ledger: drafts, archived, voided and deleted ones are not.',
    source: 'nobody says so of ARCHIVED',
    certainty: 'assumed',
    probe: 'Find a journal of status ARCHIVED and look for its lines in the account transactions of Xero.',
  },
];

/** What holds of every organisation's records, whatever is done in its books. */
import type { Rule } from './rule.ts';

export const xeroBooksRules: readonly Rule[] = [
  {
    id: 'xero-id-for-ever',
    says: 'A record keeps its id through every change of it, and no two records of an organisation share one.',
    source:
      'xero-api.md 3.1 (default order by id, upsert by id) and 7.1 (an id updates the record that has it)',
    certainty: 'documented',
  },
  {
    id: 'xero-empty-organisation',
    says: 'An organisation without any document answers every list with 200 and an empty array, a page of it with an itemCount of 0.',
    source: 'xero-api.md 3.1 (stop at an empty array where the pagination is missing)',
    certainty: 'assumed',
    probe:
      'Connect a trial organisation that nothing was entered in; GET Invoices?page=1, Contacts?page=1 and Payments?page=1 and compare pagination and arrays.',
  },
  {
    id: 'xero-names-as-typed',
    says: 'Names of contacts are told apart by every code point: by case, by normal form and by what cannot be seen.',
    source: 'xero-api.md 7.2 step 5 says unique and not how names are compared',
    certainty: 'assumed',
    probe:
      'In a demo company make contacts named "Café", "CAFÉ", and "Café" decomposed; note which are refused, and read back the code points of those that were taken.',
  },
  {
    id: 'xero-rate-foreign-per-base',
    says: 'CurrencyRate is units of the document’s currency for one of the organisation’s own, 1 on documents in its own.',
    source: 'xero-api.md 7.3',
    certainty: 'documented',
  },
];

/** How Xero writes an answer, byte for byte. */
import type { Rule } from './rule.ts';

export const xeroWireRules: readonly Rule[] = [
  {
    id: 'xero-json-text',
    says: 'JSON is indented, with CRLF and escaped slashes.',
    source: 'xero-api.md 3.1 (airbyte#66667)',
    certainty: 'observed',
  },
  {
    id: 'xero-trailing-zeros',
    says: 'Decimals keep their trailing zeros on the wire.',
    source: 'xero-api.md 6.1',
    certainty: 'documented',
    probe:
      'Look at the texts of the numbers of one invoice: how many places has each (xero-api.md 12, twelfth).',
  },
  {
    id: 'xero-envelope',
    says: 'Around every answer stand Id, Status, ProviderName and DateTimeUTC, and one plural list even for one record.',
    source: 'xero-api.md 3.1 (OAS, DOC)',
    certainty: 'documented',
  },
  {
    id: 'xero-stamp-without-offset',
    says: 'DateTimeUTC is /Date(ms)/ without an offset; dates of records have +0000.',
    source: 'xero-api.md 3.1 and 6.1',
    certainty: 'documented',
  },
  {
    id: 'xero-field-order',
    says: 'Fields come in the order seen in records of a real organisation; what is not set is left out.',
    source: 'xero-api.md 3.4 (AIR)',
    certainty: 'observed',
  },
  {
    id: 'xero-days-are-midnight',
    says: 'Calendar dates are midnight UTC of the day, with an ISO twin without zone, before 1970 too.',
    source: 'xero-api.md 6.1 (xero-node#746, TAP 2.0.2)',
    certainty: 'documented',
  },
  {
    id: 'xero-any-text',
    says: 'Names of any script, quotes, control characters and 4,000 characters of description come through whole.',
    source: 'xero-api.md 6.1',
    certainty: 'documented',
  },
  {
    id: 'xero-lines-of-words',
    says: 'A line may have a description only, an invoice no number, a total be zero.',
    source: 'xero-api.md 3.4 (AIR)',
    certainty: 'observed',
  },
  {
    id: 'xero-gzip-asked',
    says: 'Answers are gzip when asked for, and plain when not.',
    source: 'xero-api.md section 2; xero-node 20',
    certainty: 'ran',
  },
  {
    id: 'xero-get-with-body',
    says: 'A GET may carry the body {}.',
    source: 'xero-api.md section 9; xero-node 20',
    certainty: 'ran',
  },
  {
    id: 'xero-malformed-body-17',
    says: 'A body that is not JSON is 400 PostDataInvalidException with ErrorNumber 17.',
    source: 'xero-api.md 6.2',
    certainty: 'reported',
    probe:
      'curl -X GET with the body {"  and the usual headers to /Organisation (a GET, so that nothing can be written).',
  },
  {
    id: 'xero-not-implemented-501',
    says: 'A method that an endpoint does not have is 501.',
    source: 'xero-api.md section 2 (DOC:responsecodes)',
    certainty: 'reported',
    probe: 'POST {} to /Organisation of the demo company: by hand, because it is a write.',
  },
];

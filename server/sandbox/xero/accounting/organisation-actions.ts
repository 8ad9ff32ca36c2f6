/** `/Organisation/Actions`: what the connected app may do in the organisation, by name (xero-api.md 3.2; example in OAS 16.1). */
import type { Company } from '../company/company.ts';
import { objectText, stringText } from '../json/json-text.ts';
import { type Context, envelope } from './envelope.ts';
import type { Query } from './query.ts';
import type { Answer } from './refusal.ts';

const ACTIONS =
  'CreateApprovedInvoice CreateDraftPurchaseOrder CreateApprovedBill AttachFilesIntoInvoice UseMulticurrency CreateDraftInvoice CreateRepeatingInvoice CreateRepeatingBill CreateSentQuote CreateInvoicePayment CreateApprovedPurchaseOrder CreateDraftQuote CreateDraftBill'.split(
    ' ',
  );

/** Everything is allowed but what the organisation's plan lacks: currencies of other countries. */
export function organisationActions(company: Company, _query: Query, context: Context): Answer {
  const isAllowed = (name: string) => name !== 'UseMulticurrency' || company.profile.foreign.length > 0;
  return envelope(
    context,
    'Actions',
    ACTIONS.map((name) =>
      objectText(2, [
        'Name',
        stringText(name),
        'Status',
        stringText(isAllowed(name) ? 'ALLOWED' : 'NOT-ALLOWED'),
      ]),
    ),
  );
}

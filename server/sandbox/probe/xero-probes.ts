/** Every question to Xero, in the order of asking: what changes tokens or connections comes last. */
import type { Probe } from './probe.ts';
import { accessClaims } from './xero/access-claims.ts';
import { agedAttributes } from './xero/aged-attributes.ts';
import { agedOpen } from './xero/aged-open.ts';
import { attributeIds } from './xero/attribute-ids.ts';
import { balanceSheetColumns } from './xero/balance-sheet-columns.ts';
import { bankSummaryMonth } from './xero/bank-summary-month.ts';
import { briefContacts } from './xero/brief-contacts.ts';
import { byNumber } from './xero/by-number.ts';
import { clientAuthentication } from './xero/client-authentication.ts';
import { consentDenied } from './xero/consent-denied.ts';
import { creditsLeft } from './xero/credits-left.ts';
import { currencyByCode } from './xero/currency-by-code.ts';
import { dayLimit } from './xero/day-limit.ts';
import { deletedListed } from './xero/deleted-listed.ts';
import { disconnected } from './xero/disconnected.ts';
import { failedCallsCount } from './xero/failed-calls-count.ts';
import { foreignOrganisation } from './xero/foreign-organisation.ts';
import { idToken } from './xero/id-token.ts';
import { journalsOrder } from './xero/journals-order.ts';
import { journalsTier } from './xero/journals-tier.ts';
import { latency } from './xero/latency.ts';
import { linesByStatuses } from './xero/lines-by-statuses.ts';
import { madeUpToken } from './xero/made-up-token.ts';
import { malformedBody } from './xero/malformed-body.ts';
import { missingScope } from './xero/missing-scope.ts';
import { numberPlaces } from './xero/number-places.ts';
import { orderOptimised } from './xero/order-optimised.ts';
import { pageClamped } from './xero/page-clamped.ts';
import { pagePastEnd } from './xero/page-past-end.ts';
import { pageSizeElsewhere } from './xero/page-size-elsewhere.ts';
import { periodAlone } from './xero/period-alone.ts';
import { refreshGrace } from './xero/refresh-grace.ts';
import { reportDate } from './xero/report-date.ts';
import { sinceUnreadable } from './xero/since-unreadable.ts';
import { summaryOnly } from './xero/summary-only.ts';
import { trackingById } from './xero/tracking-by-id.ts';
import { updatedTwins } from './xero/updated-twins.ts';
import { whereUnreadable } from './xero/where-unreadable.ts';
import type { XeroAsker } from './xero-asker.ts';

export const xeroProbes: readonly Probe<XeroAsker>[] = [
  clientAuthentication,
  accessClaims,
  idToken,
  missingScope,
  journalsTier,
  madeUpToken,
  foreignOrganisation,
  dayLimit,
  failedCallsCount,
  deletedListed,
  pageClamped,
  pagePastEnd,
  pageSizeElsewhere,
  summaryOnly,
  orderOptimised,
  whereUnreadable,
  sinceUnreadable,
  byNumber,
  numberPlaces,
  updatedTwins,
  briefContacts,
  linesByStatuses,
  malformedBody,
  latency,
  journalsOrder,
  currencyByCode,
  trackingById,
  creditsLeft,
  attributeIds,
  periodAlone,
  balanceSheetColumns,
  bankSummaryMonth,
  agedAttributes,
  agedOpen,
  reportDate,
  refreshGrace,
  consentDenied,
  disconnected,
];

/** `/Journals`: the general ledger for apps of the Advanced tier, by an offset that is a journal's number (xero-api.md 3.3, 2026-11-20). */
import { type Context, envelope } from '../accounting/envelope.ts';
import type { Endpoint } from '../accounting/listing.ts';
import { modifiedSinceOf, type Query } from '../accounting/query.ts';
import { notFound, validationRefused } from '../accounting/refusal.ts';
import type { Company } from '../company/company.ts';
import { mix } from '../company/guid.ts';
import { moneyText } from '../json/decimal.ts';
import { listText, objectText, optionalText, stringText } from '../json/json-text.ts';
import { dayText, instantText } from '../json/wire-dates.ts';
import { type Journal, journalsOf } from './journal-log.ts';

const PAGE = 100;

/** Up to a hundred journals with numbers over `offset`, oldest first. A page may be partial and not be the last. */
export const journals: Endpoint = {
  plural: 'Journals',
  scope: 'accounting.journals',
  list(company, query, context) {
    const offset = offsetAsked(query);
    const since = modifiedSinceOf(context.headers) ?? Number.NEGATIVE_INFINITY;
    const page = mix(offset) % 5 === 0 ? PAGE / 2 : PAGE;
    const found = allOf(company, query, context).filter(
      ({ number, createdAt }) => number > offset && createdAt >= since,
    );
    return envelope(
      context,
      'Journals',
      found.slice(0, page).map((journal) => journalText(company, journal, false)),
    );
  },
  byId(company, id, query, context) {
    const found = allOf(company, query, context).find(
      ({ number }) => String(number) === id || company.id('journal', number) === id.toLowerCase(),
    );
    if (!found) throw notFound();
    return envelope(context, 'Journals', [journalText(company, found, true)]);
  },
};

function allOf(company: Company, query: Query, context: Context): readonly Journal[] {
  if (query.isTrue('paymentsOnly'))
    throw validationRefused('The sandbox keeps no journals on cash basis: leave paymentsOnly out.');
  return journalsOf(company, context.now);
}

function offsetAsked(query: Query): number {
  const text = query.get('offset') ?? '0';
  if (!/^\d{1,9}$/.test(text)) throw validationRefused(`Invalid offset: '${text}'`);
  return Number(text);
}

/** What it came from is in the list only (xero-api.md 3.2). */
function journalText(company: Company, journal: Journal, isAlone: boolean): string {
  const [first] = journal.postings;
  return objectText(2, [
    'JournalID',
    stringText(company.id('journal', journal.number)),
    'JournalDate',
    dayText(first?.day ?? 0),
    'JournalNumber',
    String(journal.number),
    'CreatedDateUTC',
    instantText(journal.createdAt),
    'Reference',
    stringText(journal.reference ?? ''),
    'SourceID',
    isAlone ? undefined : stringText(journal.sourceId),
    'SourceType',
    isAlone ? undefined : stringText(journal.sourceType),
    'JournalLines',
    listText(
      3,
      journal.postings.map(({ account: index, cents }, at) => {
        const account = company.accounts.at(index);
        return objectText(4, [
          'JournalLineID',
          stringText(company.id('journalLine', journal.number * LINES_AT_MOST + at)),
          'AccountID',
          stringText(company.id('accounts', index)),
          'AccountCode',
          optionalText(account.code),
          'AccountType',
          stringText(account.type),
          'AccountName',
          stringText(account.name),
          'Description',
          '""',
          'NetAmount',
          moneyText(cents),
          'GrossAmount',
          moneyText(cents),
          'TaxAmount',
          '0.00',
          'TrackingCategories',
          '[]',
        ]);
      }),
    ),
  ]);
}

/** Of one journal: it has a line per account. */
const LINES_AT_MOST = 128;

/** One list endpoint and its look by id, from a description of the resource. */
import { type Company, tableOf } from '../company/company.ts';
import type { RecordKind, Rows } from '../company/kinds.ts';
import type { Sees } from '../oauth/roles.ts';
import { type Context, envelope } from './envelope.ts';
import { narrowedIndexes } from './narrowed-rows.ts';
import { modifiedSinceOf, pagingOf, type Query } from './query.ts';
import { type Answer, highVolumeRefused, notFound, validationRefused } from './refusal.ts';
import type { Order } from './sorted-rows.ts';
import { parseWhere, type WhereFields } from './where.ts';

/** `full`: by id. `lines`: a page. `summary`: without children, as unpaged lists are. `brief`: summaryOnly. */
export type Form = 'full' | 'lines' | 'summary' | 'brief';

/** What of a request shows inside its records. */
export interface Asked {
  /** Of unit prices: `unitdp`. */
  unitPlaces: 2 | 4;
  /** Whether archived parts are wanted: `includeArchived`. */
  withArchived: boolean;
  now: number;
  /** What the connecting user may see. */
  sees: Sees;
}

export interface Listing<Kind extends RecordKind> {
  kind: Kind;
  /** In the path and around the records. */
  plural: string;
  /** Of the granular scopes, without `.read` (xero-api.md 1.4). */
  scope: string;
  /** Another scope that opens it as well. */
  otherScope?: string;
  canPage: boolean;
  /** `order` switches paging off and brings everything. */
  losesPagesByOrder?: true;
  hasSummaryOnly: boolean;
  /** False where the records have no instant of change: If-Modified-Since is not looked at. */
  isStamped?: false;
  /** In place of UpdatedDateUTC; one of `orders`. */
  defaultOrder?: string;
  /** Optimised in `order`, besides the id and UpdatedDateUTC. A key is read from its row alone. */
  orders: Record<string, (company: Company, row: Rows[Kind]) => number | string>;
  idField: string;
  where(company: Company): WhereFields<Rows[Kind]>;
  /** The resource's own parameters; each given one narrows the list. */
  filters(company: Company, query: Query): ((row: Rows[Kind]) => boolean)[];
  /** Whether this query gets lines without paging. */
  hasLinesUnpaged?(query: Query): boolean;
  /** Another name a record answers to in the path, such as its number. */
  findByName?(company: Company, name: string): Rows[Kind] | undefined;
  /** JSON text of one record at depth 2. */
  render(company: Company, row: Rows[Kind], form: Form, asked: Asked): string;
}

export interface Endpoint {
  plural: string;
  scope: string;
  otherScope?: string;
  list(company: Company, query: Query, context: Context): Answer;
  byId(company: Company, id: string, query: Query, context: Context): Answer;
}

export function endpointOf<Kind extends RecordKind>(listing: Listing<Kind>): Endpoint {
  // unitdp defaults to 2, rounded (xero-api.md 3.1).
  const askedBy = (query: Query, { now, sees }: Context): Asked => ({
    unitPlaces: query.get('unitdp') === '4' ? 4 : 2,
    withArchived: query.isTrue('includeArchived'),
    now,
    sees,
  });
  function* rendered(company: Company, indexes: Iterable<number>, form: Form, asked: Asked) {
    const table = tableOf(company, listing.kind);
    for (const index of indexes) {
      const row = table.at(index);
      yield row.raw ?? listing.render(company, row, form, asked);
    }
  }

  return {
    plural: listing.plural,
    scope: listing.scope,
    ...(listing.otherScope === undefined ? {} : { otherScope: listing.otherScope }),
    list(company, query, context) {
      const isBrief = listing.hasSummaryOnly && query.isTrue('summaryOnly');
      const asked = listing.canPage ? pagingOf(query, isBrief) : null;
      const paging = listing.losesPagesByOrder && query.get('order') !== undefined ? null : asked;
      const tests = listing.filters(company, query);
      const since = listing.isStamped === false ? null : modifiedSinceOf(context.headers);
      const fields = listing.where(company);
      const order = orderOf(listing, fields, query.get('order'));
      const where = query.get('where');
      const condition = where === undefined ? null : parseWhere(where, fields);
      if (condition) tests.push(condition.narrows);

      // Inclusive, to the second (xero-api.md 3.1): the row last seen comes back.
      const narrowed = (text: string, each: typeof tests) =>
        narrowedIndexes(company, listing.kind, order, {
          text: `${text} ${query.narrowing}`,
          tests: each,
          since,
        });
      const found = narrowed('found', tests);
      const isSlow = paging === null || condition?.isOptimised === false || !order.isOptimised;
      // What is left to look through counts, not what would be shown (Xero-NetStandard#604).
      if (isSlow && HIGH_VOLUME.has(listing.plural) && found.length > context.highVolumeRows)
        throw highVolumeRefused(listing.plural);
      const rows =
        condition && !condition.isOptimised ? narrowed('matching', [...tests, condition.matches]) : found;
      if (paging === null) {
        const form = listing.canPage && !asked && !listing.hasLinesUnpaged?.(query) ? 'summary' : 'lines';
        return envelope(context, listing.plural, rendered(company, rows, form, askedBy(query, context)));
      }
      const { page, pageSize } = paging;
      const shown = rows.subarray((page - 1) * pageSize, page * pageSize);
      return envelope(
        context,
        listing.plural,
        rendered(company, shown, isBrief ? 'brief' : 'lines', askedBy(query, context)),
        {
          page,
          pageSize,
          pageCount: Math.ceil(rows.length / pageSize),
          itemCount: rows.length,
        },
      );
    },
    byId(company, id, query, context) {
      const index = company.indexOf(listing.kind, id);
      const rows = tableOf(company, listing.kind);
      const found = index !== null && rows.has(index) ? rows.at(index) : undefined;
      const row = index === null ? listing.findByName?.(company, id) : found;
      if (!row || row.isHidden) throw notFound();
      return envelope(
        context,
        listing.plural,
        rendered(company, [row.index], 'full', askedBy(query, context)),
      );
    },
  };
}

/** The endpoints that refuse what is slow in a large organisation (xero-api.md 3.1). */
const HIGH_VOLUME = new Set([
  'Invoices',
  'Contacts',
  'CreditNotes',
  'BankTransactions',
  'ManualJournals',
  'Payments',
  'PurchaseOrders',
]);

/** Default UpdatedDateUTC ascending, then the id (xero-api.md 3.1). Any field that `where` knows can be sorted by as well. */
function orderOf<Kind extends RecordKind>(
  listing: Listing<Kind>,
  fields: WhereFields<Rows[Kind]>,
  text: string | undefined,
): Order<Rows[Kind]> {
  const [wanted = listing.defaultOrder ?? 'UpdatedDateUTC', direction = 'ASC', ...rest] = (text ?? '')
    .split(/\s+/)
    .filter(Boolean);
  const orders: Record<string, Order<Rows[Kind]>['keyOf']> = {
    ...listing.orders,
    UpdatedDateUTC: (_, row) => row.updatedAt,
    [listing.idField]: (company, row) => company.sortKey(listing.kind, row.index),
  };
  const nameIn = (known: object) =>
    Object.keys(known).find((each) => each.toLowerCase() === wanted.toLowerCase());
  const name = nameIn(orders) ?? nameIn(fields);
  if (name === undefined || rest.length > 0 || !/^(asc|desc)$/i.test(direction)) {
    throw validationRefused(`The order '${text}' is not supported for ${listing.plural}.`);
  }
  const field = fields[name];
  const without = field?.type === 'decimal' || field?.type === 'date' ? Number.NEGATIVE_INFINITY : '';
  return {
    name,
    isOptimised: name in orders,
    keyOf: orders[name] ?? ((_, row) => keyOf(field?.read(row) ?? without)),
    isDescending: direction.toUpperCase() === 'DESC',
  };
}

const keyOf = (value: string | number | boolean): string | number =>
  typeof value === 'boolean' ? Number(value) : value;

/** One organisation's books: records, ids and ledger, changed only through functions that keep all three in step. */
import { type Day, localDay } from '../json/wire-dates.ts';
import { chartOf } from './chart.ts';
import { guidOf, indexOfGuid, sortKeyOf } from './guid.ts';
import {
  emptyTables,
  KINDS,
  type KindOfRecord,
  type RecordKind,
  type Reference,
  type Rows,
  type Tables,
} from './kinds.ts';
import { emptyLedger, type Ledger } from './ledger.ts';
import type { Profile } from './profiles.ts';
import type { TaxRate } from './rows.ts';
import { seedFrom } from './seeded-random.ts';
import { movesStock, stockDocuments } from './stock.ts';
import type { Table } from './table.ts';
import { taxRatesOf } from './tax-rates.ts';

/** Everything that has ids made from an index: records and parts of records. */
export type IdKind =
  | RecordKind
  | 'line'
  | 'trackingOption'
  | 'transferOut'
  | 'transferIn'
  | 'journal'
  | 'journalLine';

export interface Company extends Tables {
  tenantId: string;
  profile: Profile;
  createdAt: number;
  taxRates: TaxRate[];
  ledger: Ledger;
  /** The index of a chart key such as 'receivable'. */
  account(key: string): number;
  id(kind: IdKind, index: number): string;
  /** Sorts as the id does. */
  sortKey(kind: RecordKind, index: number): number;
  indexOf(kind: IdKind, id: string): number | null;
  nextLineId(): number;
  /** How many of each the company was made with: lines below say what their ids say (tracking.ts). Zero until it is made. */
  made: { lines: number; items: number };
  taxRate(taxType: string): TaxRate | undefined;
  /** The organisation's own calendar day. */
  today(now: number): Day;
}

/** An organisation with its chart and tax rates and no documents. `number` tells organisations of one seed apart. */
export function emptyCompany(profile: Profile, seed: number, number: number, createdAt: number): Company {
  const keys = new Map<string, number>();
  const keyOf = (kind: string) => {
    let key = keys.get(kind);
    if (key === undefined) {
      key = seedFrom(seed, number, kind);
      keys.set(kind, key);
    }
    return key;
  };
  const { accounts, byKey } = chartOf(profile, createdAt);
  const tables = emptyTables();
  for (const account of accounts) tables.accounts.add(account);
  const taxRates = taxRatesOf(profile.countryCode);
  let lines = 0;
  return {
    tenantId: guidOf(seedFrom(seed, 'tenant'), number),
    profile,
    createdAt,
    ...tables,
    taxRates,
    ledger: emptyLedger(),
    account(key) {
      const index = byKey.get(key);
      if (index === undefined) throw new Error(`no account ${key} in this chart`);
      return index;
    },
    id: (kind, index) => guidOf(keyOf(kind), index),
    sortKey: (kind, index) => sortKeyOf(keyOf(kind), index),
    indexOf: (kind, id) => indexOfGuid(keyOf(kind), id),
    nextLineId: () => lines++,
    made: { lines: 0, items: 0 },
    taxRate: (taxType) => taxRates.find((rate) => rate.taxType === taxType),
    today: (now) => localDay(now, profile.timeZone),
  };
}

/** Adds a row at the end of its table. Documents go into the ledger at once. */
export function add<Kind extends RecordKind>(
  company: Company,
  kind: Kind,
  row: Omit<Rows[Kind], 'index'>,
): Rows[Kind] {
  const others = movedByStock(company, kind);
  for (const document of others) post(company, document, -1);
  const added = tableOf(company, kind).add(row);
  post(company, { kind, index: added.index }, 1);
  for (const document of others) post(company, document, 1);
  return added;
}

/**
 * Changes a row inside `mutate`, and moves the ledger from the state before to the state after. Documents whose postings
 * move with it besides its own and those that it names now (see kinds.ts) are given as `others`.
 */
export function change<Kind extends RecordKind>(
  company: Company,
  kind: Kind,
  row: Rows[Kind],
  mutate: (row: Rows[Kind]) => void,
  others: readonly Reference[] = [],
): void {
  const { documents } = KINDS[kind] as KindOfRecord<Rows[Kind]>;
  const moving = new Map<string, Reference>();
  for (const document of [
    { kind, index: row.index },
    ...(documents?.(row) ?? []),
    ...others,
    ...movedByStock(company, kind),
  ]) {
    moving.set(`${document.kind} ${document.index}`, document);
  }
  for (const document of moving.values()) post(company, document, -1);
  try {
    mutate(row);
  } finally {
    for (const document of moving.values()) post(company, document, 1);
  }
}

/** What sold goods have cost hangs on all documents that name them (stock.ts). */
const movedByStock = (company: Company, kind: RecordKind): readonly Reference[] =>
  movesStock(kind) ? stockDocuments(company) : [];

/** The table of a kind that is not known by name. */
export const tableOf = <Kind extends RecordKind>(company: Company, kind: Kind): Table<Rows[Kind]> =>
  (company as Tables)[kind];

function post<Kind extends RecordKind>(
  company: Company,
  { kind, index }: { kind: Kind; index: number },
  sign: 1 | -1,
) {
  const spec = KINDS[kind] as KindOfRecord<Rows[Kind]>;
  spec.post?.(company, tableOf(company, kind).at(index), (account, day, cents) =>
    company.ledger.post(account, day, sign * cents),
  );
}

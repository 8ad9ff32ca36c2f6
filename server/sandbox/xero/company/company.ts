/** One organisation's books: records, ids and ledger, changed only through functions that keep all three in step. */
import { type Day, localDay } from '../json/wire-dates.ts';
import { chartOf } from './chart.ts';
import { guidOf, indexOfGuid, sortKeyOf } from './guid.ts';
import { emptyLedger, type Ledger } from './ledger.ts';
import { postBankTransaction, postInvoice } from './postings.ts';
import type { Profile } from './profiles.ts';
import type { Account, BankTransaction, Contact, Invoice, Payment, TaxRate } from './rows.ts';
import { seedFrom } from './seeded-random.ts';
import { taxRatesOf } from './tax-rates.ts';

export type RecordKind = 'accounts' | 'contacts' | 'invoices' | 'payments' | 'bankTransactions';

export interface Company {
  tenantId: string;
  profile: Profile;
  createdAt: number;
  accounts: Account[];
  taxRates: TaxRate[];
  contacts: Contact[];
  invoices: Invoice[];
  payments: Payment[];
  bankTransactions: BankTransaction[];
  ledger: Ledger;
  /** Rises with every change to a list of records: what sorted views are kept by. */
  version: number;
  /** The index of a chart key such as 'receivable'. */
  account(key: string): number;
  id(kind: RecordKind | 'line', index: number): string;
  /** Sorts as the id does. */
  sortKey(kind: RecordKind, index: number): number;
  indexOf(kind: RecordKind, id: string): number | null;
  nextLineId(): number;
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
  const taxRates = taxRatesOf(profile.countryCode);
  let lines = 0;
  return {
    tenantId: guidOf(seedFrom(seed, 'tenant'), number),
    profile,
    createdAt,
    accounts,
    taxRates,
    contacts: [],
    invoices: [],
    payments: [],
    bankTransactions: [],
    ledger: emptyLedger(),
    version: 0,
    account(key) {
      const index = byKey.get(key);
      if (index === undefined) throw new Error(`no account ${key} in this chart`);
      return index;
    },
    id: (kind, index) => guidOf(keyOf(kind), index),
    sortKey: (kind, index) => sortKeyOf(keyOf(kind), index),
    indexOf: (kind, id) => indexOfGuid(keyOf(kind), id),
    nextLineId: () => lines++,
    taxRate: (taxType) => taxRates.find((rate) => rate.taxType === taxType),
    today: (now) => localDay(now, profile.timeZone),
  };
}

/** Adds a row at the end of its list. Documents go into the ledger at once. */
export function add<Kind extends RecordKind>(
  company: Company,
  kind: Kind,
  row: Omit<Company[Kind][number], 'index'>,
): Company[Kind][number] {
  const rows = company[kind] as Company[Kind][number][];
  const added = { ...row, index: rows.length } as Company[Kind][number];
  rows.push(added);
  company.version++;
  if (kind === 'invoices') postInvoice(company, added as Invoice, company.ledger.post);
  if (kind === 'bankTransactions')
    postBankTransaction(company, added as BankTransaction, company.ledger.post);
  return added;
}

/** Changes an invoice or its payments inside `change`, and moves the ledger from the state before to the state after. */
export function changeInvoice(company: Company, invoice: Invoice, change: () => void): void {
  postInvoice(company, invoice, unpost(company));
  try {
    change();
  } finally {
    postInvoice(company, invoice, company.ledger.post);
    company.version++;
  }
}

export function changeBankTransaction(company: Company, row: BankTransaction, change: () => void): void {
  postBankTransaction(company, row, unpost(company));
  try {
    change();
  } finally {
    postBankTransaction(company, row, company.ledger.post);
    company.version++;
  }
}

const unpost =
  (company: Company): Ledger['post'] =>
  (account, day, cents) =>
    company.ledger.post(account, day, -cents);

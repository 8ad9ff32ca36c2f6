/**
 * The kinds of records, in one place. A kind has rows (here), columns and postings (here), a list endpoint in accounting/
 * (its id field, orders, filters and rendering) and, where people make and edit it, entries in the tables of control/.
 */
import {
  amounts,
  anyValue,
  type Columns,
  flags,
  indexesOrNull,
  integers,
  numbers,
  oneOf,
  rarely,
  repeated,
} from './columns.ts';
import type { Company } from './company.ts';
import type { Post } from './ledger.ts';
import { OTHER_KINDS, type OtherRows } from './other-kinds.ts';
import { lineLists, numberLists } from './packed-columns.ts';
import { postBankTransaction, postInvoice } from './postings.ts';
import type { Account, BankTransaction, Contact, Document, Invoice, Payment, Row } from './rows.ts';
import { createTable, type Table } from './table.ts';
import { texts } from './text-column.ts';

export interface Rows extends OtherRows {
  accounts: Account;
  contacts: Contact;
  invoices: Invoice;
  payments: Payment;
  bankTransactions: BankTransaction;
}

export type RecordKind = keyof Rows;
export type Tables = { [Kind in RecordKind]: Table<Rows[Kind]> };

/** A record by kind and index. */
export interface Reference {
  kind: RecordKind;
  index: number;
}

export interface KindOfRecord<Row> {
  columns(): Columns<Row>;
  /** What the record does to the ledger, given everything that hangs on it. Absent where it does nothing by itself. */
  post?(company: Company, row: Row, post: Post): void;
  /** The documents whose postings a change of this record moves, besides its own. */
  documents?(row: Row): Reference[];
}

export const KINDS: { [Kind in RecordKind]: KindOfRecord<Rows[Kind]> } = {
  accounts: {
    columns: () => ({
      ...commonColumns(),
      code: anyValue(),
      name: anyValue(),
      type: anyValue(),
      class: anyValue(),
      taxType: anyValue(),
      status: anyValue(),
      description: anyValue(),
      systemAccount: anyValue(),
      canTakePayments: anyValue(),
      bank: anyValue(),
    }),
  },
  contacts: {
    columns: () => ({
      ...commonColumns(),
      name: texts(),
      firstName: repeated(),
      lastName: repeated(),
      email: texts(),
      number: texts(),
      accountNumber: texts(),
      taxNumber: texts(),
      currency: repeated(),
      street: repeated(),
      city: repeated(),
      phone: texts(),
      status: oneOf('ACTIVE', 'ARCHIVED'),
      isCustomer: flags(),
      isSupplier: flags(),
      mergedInto: rarely(),
    }),
  },
  invoices: {
    columns: () => ({
      ...documentColumns(),
      type: oneOf('ACCREC', 'ACCPAY'),
      number: texts(),
      due: integers(),
      status: oneOf('DRAFT', 'SUBMITTED', 'AUTHORISED', 'PAID', 'VOIDED', 'DELETED'),
      payments: numberLists(),
      allocations: rarely(),
      wasSent: flags(),
    }),
    post: postInvoice,
  },
  payments: {
    columns: () => ({
      ...commonColumns(),
      invoice: indexesOrNull(),
      credit: rarely(),
      account: integers(),
      date: integers(),
      amount: amounts(),
      bankAmount: amounts(),
      rate: repeated(),
      reference: repeated(),
      isReconciled: flags(),
      status: oneOf('AUTHORISED', 'DELETED'),
    }),
    documents: ({ invoice, credit }) => [
      ...(invoice === null ? [] : [{ kind: 'invoices' as const, index: invoice }]),
      ...(credit ? [credit] : []),
    ],
  },
  bankTransactions: {
    columns: () => ({
      ...documentColumns(),
      type: oneOf(
        'RECEIVE',
        'SPEND',
        'RECEIVE-PREPAYMENT',
        'SPEND-PREPAYMENT',
        'RECEIVE-OVERPAYMENT',
        'SPEND-OVERPAYMENT',
      ),
      account: integers(),
      status: oneOf('AUTHORISED', 'DELETED', 'VOIDED'),
      isReconciled: flags(),
      credit: rarely(),
    }),
    post: postBankTransaction,
    documents: ({ credit }) => (credit ? [credit] : []),
  },
  ...OTHER_KINDS,
};

export const RECORD_KINDS = Object.keys(KINDS) as readonly RecordKind[];

/** Rises with every change of any record. */
export function versionOf(tables: Tables): number {
  let version = 0;
  for (const kind of RECORD_KINDS) version += tables[kind].mark;
  return version;
}

export const emptyTables = (): Tables =>
  Object.fromEntries(
    Object.entries(KINDS).map(([kind, { columns }]) => [kind, createTable(columns() as never)]),
  ) as unknown as Tables;

const commonColumns = (): Columns<Row> => ({
  updatedAt: numbers(),
  isHidden: rarely(),
  raw: rarely(),
});

const documentColumns = (): Columns<Document> => ({
  ...commonColumns(),
  contact: integers(),
  date: integers(),
  reference: repeated(),
  lineAmountTypes: oneOf('Exclusive', 'Inclusive', 'NoTax'),
  lines: lineLists(),
  currency: repeated(),
  rate: repeated(),
  total: amounts(),
  tax: amounts(),
});

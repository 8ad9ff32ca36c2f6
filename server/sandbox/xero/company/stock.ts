/**
 * Stock of tracked items, at average cost: what documents bought and sold, replayed in the order of their dates.
 *
 * A line of a bill, or of money spent, with a tracked item goes to the asset account with its net amount, and a supplier's credit takes its own
 * amount out. A sale, or money received, takes its share of what the stock has cost so far, from the asset account to the cost of goods sold, and
 * a customer's credit brings its share back. So an earlier or changed document moves what later sales have cost: the postings
 * of all documents that name tracked items move together (`stockDocuments`, used by `add` and `change` of company.ts).
 */
import { mulDiv, toBase } from '../json/decimal.ts';
import type { Company } from './company.ts';
import type { CreditNote } from './credit-rows.ts';
import type { RecordKind, Reference } from './kinds.ts';
import type { Post } from './ledger.ts';
import type { BankTransaction, Invoice, LineAmounts } from './rows.ts';

export interface StockLevel {
  /** Ten-thousandths. Below zero where more was sold than bought. */
  quantity: number;
  /** Base cents: what is on hand has cost so much. */
  costPool: number;
}

interface Book {
  mark: string;
  levels: Map<number, StockLevel>;
  /** Base cents taken out for each document, item by item. */
  costs: Map<string, { item: number; cents: number }[]>;
  documents: Reference[];
}

type StockDocument = Invoice | CreditNote | BankTransaction;

const books = new WeakMap<Company, Book>();
const NOTHING: StockLevel = { quantity: 0, costPool: 0 };

export const stockOf = (company: Company, item: number): StockLevel =>
  bookOf(company)?.levels.get(item) ?? NOTHING;

/** All documents whose postings a change of one of them may move. */
export const stockDocuments = (company: Company): readonly Reference[] => bookOf(company)?.documents ?? [];

/** What the goods of a sale have cost, out of the asset account; of a customer's credit, back into it. */
export function postCostOfGoods(company: Company, document: StockDocument, post: Post): void {
  for (const { item, cents } of bookOf(company)?.costs.get(keyOf(document)) ?? []) {
    const { stock, bought } = company.items.at(item);
    if (!stock || !bought) continue;
    post(bought.account, document.date, cents);
    post(stock.account, document.date, -cents);
  }
}

/** The kinds whose documents buy and sell. */
export const movesStock = (kind: RecordKind): kind is (typeof KINDS)[number] =>
  (KINDS as readonly RecordKind[]).includes(kind);

const KINDS = ['invoices', 'creditNotes', 'bankTransactions'] as const;

const kindOf = ({ type }: StockDocument) =>
  type.endsWith('CREDIT') ? 'creditNotes' : type.startsWith('ACC') ? 'invoices' : 'bankTransactions';
const keyOf = (document: StockDocument) => `${kindOf(document)} ${document.index}`;

/** Null where the organisation counts no stock. Worked out once per state of its documents. */
function bookOf(company: Company): Book | null {
  if (!company.profile.keepsStock) return null;
  const mark = [company.items.length, ...KINDS.map((kind) => company[kind].mark)].join(' ');
  const known = books.get(company);
  if (known?.mark === mark) return known;
  const book: Book = { mark, levels: new Map(), costs: new Map(), documents: [] };
  books.set(company, book);
  const tracked = new Set(company.items.filter(({ stock }) => stock !== null).map(({ index }) => index));
  if (tracked.size === 0) return book;
  const found: StockDocument[] = [];
  for (const document of KINDS.flatMap((kind): StockDocument[] => [...company[kind]])) {
    if (!document.lines.some(({ item }) => item !== undefined && tracked.has(item))) continue;
    // The lines of money in advance book nothing (credit-postings.ts).
    if ('credit' in document && document.credit) continue;
    book.documents.push({ kind: kindOf(document), index: document.index });
    const isLive = document.status === 'AUTHORISED' || document.status === 'PAID';
    if (isLive && !document.isHidden) found.push(document);
  }
  for (const document of found.sort(inOrder)) replay(book, document, tracked);
  return book;
}

/** By date; what comes in before what goes out; then as they were made. */
const inOrder = (a: StockDocument, b: StockDocument) =>
  a.date - b.date ||
  Number(goesOut(a)) - Number(goesOut(b)) ||
  KINDS.indexOf(kindOf(a)) - KINDS.indexOf(kindOf(b)) ||
  a.index - b.index;

const goesOut = ({ type }: StockDocument) =>
  type === 'ACCREC' || type === 'ACCPAYCREDIT' || type === 'RECEIVE';

function replay(book: Book, document: StockDocument, tracked: ReadonlySet<number>): void {
  for (const { item, amounts } of document.lines) {
    if (item === undefined || !amounts || !tracked.has(item)) continue;
    const level = book.levels.get(item) ?? { ...NOTHING };
    book.levels.set(item, level);
    const isOut = goesOut(document);
    const isSale = document.type.startsWith('ACCREC') || document.type === 'RECEIVE';
    const cents = isSale ? shareOf(level, amounts.quantity) : netOf(document, amounts);
    level.quantity += isOut ? -amounts.quantity : amounts.quantity;
    level.costPool += isOut ? -cents : cents;
    if (!isSale) continue;
    const key = keyOf(document);
    book.costs.set(key, [...(book.costs.get(key) ?? []), { item, cents: isOut ? cents : -cents }]);
  }
}

/** So much of the pool as of the quantity; all of it where as much or more is asked for, nothing where nothing is there. */
function shareOf({ quantity, costPool }: StockLevel, asked: number): number {
  if (quantity <= 0 || costPool <= 0) return 0;
  return asked >= quantity ? costPool : mulDiv(costPool, asked, quantity);
}

/** As the lines are posted (postings.ts): in base currency, without tax. */
const netOf = (document: StockDocument, { amount, tax }: LineAmounts) =>
  toBase(document.lineAmountTypes === 'Inclusive' ? amount - tax : amount, document.rate);

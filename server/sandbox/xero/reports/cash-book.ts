/** Money in and money out of each bank account, day by day: what the ledger's net figures do not tell. */
import { type Company, tableOf } from '../company/company.ts';
import { KINDS, type KindOfRecord, type RecordKind, type Rows } from '../company/kinds.ts';
import type { Post } from '../company/ledger.ts';
import type { Day } from '../json/wire-dates.ts';

interface CashBook {
  /** Base cents, both positive, with `from` and `to` both included. */
  over(account: number, from: Day, to: Day): { received: number; spent: number };
}

/** In the order of the table of kinds; those that post nothing are among them. */
export const POSTING_KINDS = Object.keys(KINDS) as RecordKind[];
const kept = new WeakMap<Company, { mark: string; book: CashBook }>();

/** Rises with every change of the books. */
export const booksMark = (company: Company): string =>
  POSTING_KINDS.map((kind) => tableOf(company, kind).mark).join(' ');

/** Every posting of every document of a kind that `test` lets pass. */
export function postAllOf<Kind extends RecordKind>(
  company: Company,
  kind: Kind,
  post: Post,
  test: (row: Rows[Kind]) => boolean = () => true,
): void {
  const spec = KINDS[kind] as KindOfRecord<Rows[Kind]>;
  if (!spec.post) return;
  for (const row of tableOf(company, kind)) if (test(row)) spec.post(company, row, post);
}

/** Worked out from the documents, once per state of the books. */
export function cashBook(company: Company): CashBook {
  const mark = booksMark(company);
  const found = kept.get(company);
  if (found?.mark === mark) return found.book;
  const days = new Map<number, Map<Day, { received: number; spent: number }>>();
  for (const account of company.accounts) if (account.bank) days.set(account.index, new Map());
  const post: Post = (account, day, cents) => {
    const perDay = days.get(account);
    if (!perDay || cents === 0) return;
    const sums = perDay.get(day) ?? { received: 0, spent: 0 };
    if (cents > 0) sums.received += cents;
    else sums.spent -= cents;
    perDay.set(day, sums);
  };
  for (const kind of POSTING_KINDS) postAllOf(company, kind, post);
  const book: CashBook = {
    over(account, from, to) {
      const sums = { received: 0, spent: 0 };
      for (const [day, { received, spent }] of days.get(account) ?? []) {
        if (day < from || day > to) continue;
        sums.received += received;
        sums.spent += spent;
      }
      return sums;
    },
  };
  kept.set(company, { mark, book });
  return book;
}

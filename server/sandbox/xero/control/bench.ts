/** What workers in the books share: chance, time, who is left to work on, and the list of what was done. */
import type { Company } from '../company/company.ts';
import { lineDraft } from '../company/generate-invoices.ts';
import type { Invoice, Row } from '../company/rows.ts';
import type { SeededRandom } from '../company/seeded-random.ts';
import { decimalText } from '../json/decimal.ts';
import type { Resource } from './action.ts';

/** Ids by resource and by what was done to them. A payment made also changes its invoice: both are listed. */
export interface Changes {
  ids: Record<Resource, { created: string[]; edited: string[] }>;
  counts: Record<string, number>;
}

export interface Bench {
  company: Company;
  random: SeededRandom;
  now: number;
  pools: { unpaid: Invoice[]; drafts: Invoice[] };
  changes: Changes;
}

/** Answers false when it found no record to work on. */
export type Worker = (bench: Bench) => boolean;

export const isOpen = (row: Row) => !row.isHidden && row.raw === undefined;

/** A line as control takes it. */
export function lineFields(company: Company, random: SeededRandom, isSale: boolean) {
  const { description, quantity, unit, account, taxType } = lineDraft({ company, random }, isSale);
  const code = account === undefined ? null : company.accounts.at(account).code;
  return {
    ...(company.profile.keepsStock && random.chance(40) ? { ItemCode: trackedCode(company, random) } : {}),
    Description: description,
    Quantity: decimalText(quantity ?? 0, 4),
    UnitAmount: decimalText(unit ?? 0, 4),
    TaxType: taxType,
    ...(code ? { AccountCode: code } : {}),
  };
}

/** One of the items whose stock is counted. */
const trackedCode = (company: Company, random: SeededRandom) =>
  pickOf(
    company.items.filter((row) => isOpen(row) && row.stock !== null),
    random,
  )?.code;

export function edited(changes: Changes, company: Company, kind: Resource, index: number): true {
  const ids = changes.ids[kind].edited;
  let known = listed.get(ids);
  if (!known) {
    known = new Set();
    listed.set(ids, known);
  }
  if (!known.has(index)) ids.push(company.id(kind, index));
  known.add(index);
  return true;
}

/** What each list of ids holds already, by index. */
const listed = new WeakMap<string[], Set<number>>();

export function created(changes: Changes, kind: Resource, id: string): true {
  changes.ids[kind].created.push(id);
  return true;
}

export const pickOf = <Row>(rows: readonly Row[], random: SeededRandom): Row | undefined =>
  rows.length === 0 ? undefined : random.pick(rows);

export const shuffled = <Row>(rows: readonly Row[], random: SeededRandom): Row[] =>
  rows
    .map((row) => ({ row, key: random.between(0, 1 << 30) }))
    .sort((a, b) => a.key - b.key)
    .map(({ row }) => row);

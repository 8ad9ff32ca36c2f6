/** Which documents of a contact are open, kept in step with the books, so that nobody looks through all of them for one contact. */
import { type Company, tableOf } from './company.ts';
import type { RecordKind, Rows } from './kinds.ts';

/** Kinds of documents that a contact has and that are open while they are AUTHORISED. */
export type OpenKind = {
  [Kind in RecordKind]: Rows[Kind] extends { contact: number; status: string } ? Kind : never;
}[RecordKind];

interface Open {
  mark: number;
  perContact: Map<number, Set<number>>;
  /** Of each open document, where it is counted. */
  contactOf: Map<number, number>;
}

const kept = new WeakMap<Company, Map<OpenKind, Open>>();
const NONE: ReadonlySet<number> = new Set();

/** Indexes of the contact's documents that are AUTHORISED and not hidden, in no particular order; good until the next change. */
export function openDocuments(company: Company, kind: OpenKind, contact: number): ReadonlySet<number> {
  return openOf(company, kind).perContact.get(contact) ?? NONE;
}

function openOf(company: Company, kind: OpenKind): Open {
  let perKind = kept.get(company);
  if (!perKind) {
    perKind = new Map();
    kept.set(company, perKind);
  }
  const table = tableOf(company, kind);
  const known = perKind.get(kind);
  const changed = known && table.changedSince(known.mark);
  const open: Open = known && changed ? known : { mark: 0, perContact: new Map(), contactOf: new Map() };
  for (const index of known && changed ? changed : Array(table.length).keys()) {
    leave(open, index);
    const { status, isHidden, contact } = table.at(index);
    if (status === 'AUTHORISED' && !isHidden) enter(open, index, contact);
  }
  open.mark = table.mark;
  perKind.set(kind, open);
  return open;
}

function enter({ perContact, contactOf }: Open, index: number, contact: number) {
  const documents = perContact.get(contact);
  if (documents) documents.add(index);
  else perContact.set(contact, new Set([index]));
  contactOf.set(index, contact);
}

function leave({ perContact, contactOf }: Open, index: number) {
  const contact = contactOf.get(index);
  if (contact === undefined) return;
  contactOf.delete(index);
  const documents = perContact.get(contact);
  documents?.delete(index);
  if (documents?.size === 0) perContact.delete(contact);
}

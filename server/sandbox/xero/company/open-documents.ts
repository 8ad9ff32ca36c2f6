/** Which documents of a contact are open, so that nobody looks through all of them for one contact. */
import type { Company } from './company.ts';
import { indexedBy } from './follow.ts';
import type { RecordKind, Rows } from './kinds.ts';

/** Kinds of documents that a contact has and that are open while they are AUTHORISED. */
export type OpenKind = {
  [Kind in RecordKind]: Rows[Kind] extends { contact: number; status: string } ? Kind : never;
}[RecordKind];

/** Indexes of the contact's documents that are AUTHORISED and not hidden, in the order in which they were made. */
export function openDocuments(company: Company, kind: OpenKind, contact: number): readonly number[] {
  let open = perKind.get(kind);
  if (!open) {
    open = indexedBy(kind, (row) => (row.status === 'AUTHORISED' && !row.isHidden ? row.contact : undefined));
    perKind.set(kind, open);
  }
  return [...open(company, contact)].sort((a, b) => a - b);
}

const perKind = new Map<OpenKind, ReturnType<typeof indexedBy<OpenKind, number>>>();

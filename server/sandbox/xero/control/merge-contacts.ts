/** Merging one contact into another, and what of it Xero stamps. */
import { type Company, change } from '../company/company.ts';
import type { Contact } from '../company/rows.ts';
import { rowOf } from './find.ts';
import { ControlError } from './refuse.ts';

/** The kinds that have a contact. */
const DOCUMENTS = ['invoices', 'bankTransactions', 'creditNotes', 'prepayments', 'overpayments'] as const;

/**
 * The merged contact is archived, stamped, and names the survivor in MergedToContactID. Its documents name the survivor from
 * then on and the survivor may become a customer or supplier by them: neither is stamped (xero-api.md 3.1, "result of a
 * contact merge"). Contacts that had been merged into the merged one keep naming it. Answers how many documents moved.
 */
export function mergeContacts(company: Company, fromId: string, intoId: string, now: number): number {
  const from = rowOf(company, 'contacts', fromId, 'from');
  const into = rowOf(company, 'contacts', intoId, 'into');
  if (from.index === into.index) throw new ControlError('into', 'A contact cannot be merged into itself.');
  if (from.status !== 'ACTIVE') throw new ControlError('from', 'Only an active contact can be merged.');
  if (into.status !== 'ACTIVE')
    throw new ControlError('into', 'Contacts are merged into an active one only.');
  let moved = 0;
  for (const kind of DOCUMENTS) {
    for (const document of company[kind]) {
      if (document.contact !== from.index) continue;
      change(company, kind, document as never, () => {
        document.contact = into.index;
      });
      if (!document.isHidden) moved++;
    }
  }
  for (const group of company.contactGroups) {
    if (!group.members.has(from.index)) continue;
    const members = [...group.members].map((contact) => (contact === from.index ? into.index : contact));
    change(company, 'contactGroups', group, () => {
      group.members = new Set(members);
    });
  }
  change(company, 'contacts', from, () => {
    Object.assign(from, {
      status: 'ARCHIVED',
      mergedInto: into.index,
      updatedAt: now,
    } satisfies Partial<Contact>);
  });
  change(company, 'contacts', into, () => {
    into.isCustomer ||= from.isCustomer;
    into.isSupplier ||= from.isSupplier;
  });
  return moved;
}

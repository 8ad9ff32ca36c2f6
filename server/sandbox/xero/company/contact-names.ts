/** Names of contacts: Xero takes each only once. */
import type { Company } from './company.ts';
import { indexedBy } from './follow.ts';

const named = indexedBy('contacts', ({ isHidden, name }) => (isHidden ? undefined : name));

/** Whether a contact other than this one has the name. */
export function isNameTaken(company: Company, name: string, self?: number): boolean {
  const holders = named(company, name);
  return holders.size > (self !== undefined && holders.has(self) ? 1 : 0);
}

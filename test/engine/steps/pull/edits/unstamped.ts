/**
 * What If-Modified-Since cannot see, because Xero changes it without a new UpdatedDateUTC: per resource the fields, with
 * the source. They are right after the next full sweep; every other field of every record after the next pull.
 */
import type { Resource } from '../../../../../server/resources/resource.ts';

/**
 * What a document shows of other records is stamped there and not here (xero-api.md 3.4): the contact, by its name or after a
 * merge (3.1), tracking options and items of lines, a payment's reference.
 */
const namesOfOthers = ['Contact', 'LineItems.*.Tracking', 'LineItems.*.Item', 'Payments.*.Reference'];

/** A field and all below it; `*` is any place of a list. */
export const unstamped: Readonly<Record<string, readonly string[]>> = {
  // xero-api.md 3.1: contact balances, IsCustomer, IsSupplier. A group's members are changed in the group (3.2).
  contacts: ['Balances', 'IsCustomer', 'IsSupplier', 'ContactGroups'],
  // xero-api.md 3.1: DueDate and SentToContact of part-paid documents.
  invoices: ['DueDate', 'DueDateString', 'SentToContact', ...namesOfOthers],
  'credit-notes': namesOfOthers,
  prepayments: namesOfOthers,
  overpayments: namesOfOthers,
  'bank-transactions': [...namesOfOthers, 'BankAccount'],
  'manual-journals': ['JournalLines.*.Tracking'],
  // xero-api.md 3.4: their document and account are trimmed copies.
  payments: ['Invoice', 'CreditNote', 'Prepayment', 'Overpayment', 'Account'],
};

/** Paths at which two JSON values differ: names joined by dots, `*` for places of lists. */
export function differences(a: unknown, b: unknown, path = ''): string[] {
  if (Object.is(a, b)) return [];
  const isObject = (value: unknown): value is Record<string, unknown> =>
    typeof value === 'object' && value !== null && !Array.isArray(value);
  const below = (name: string) => (path === '' ? name : `${path}.${name}`);
  if (isObject(a) && isObject(b))
    return [...new Set([...Object.keys(a), ...Object.keys(b)])].flatMap((name) =>
      differences(a[name], b[name], below(name)),
    );
  if (Array.isArray(a) && Array.isArray(b) && a.length === b.length)
    return a.flatMap((one, at) => differences(one, b[at], below('*')));
  return [path];
}

/** Where the two differ though Xero tells of it: nothing, when only what is `unstamped` moved. */
export function toldDifferences(resource: Resource, known: string, now: string): string[] {
  const allowed = unstamped[resource.name] ?? [];
  return differences(parsedOr(known), parsedOr(now)).filter(
    (path) => !allowed.some((field) => path === field || path.startsWith(`${field}.`)),
  );
}

/** A text that does not parse differs as a whole. */
function parsedOr(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

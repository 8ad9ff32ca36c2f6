/** Fields that Xero sends and its published models do not have (xero-api.md 3.4 and 6.1, records seen in a real organisation, 2026-11-20). */
import type { Field } from '../domain/field-tree.ts';

/** In records of any kind: what is meant for answers to writes. */
const everywhere = [
  'HasErrors',
  'HasValidationErrors',
  'ValidationErrors',
  'Warnings',
  'StatusAttributeString',
];

const byModel: Readonly<Record<string, readonly string[]>> = {
  CreditNote: ['ID'],
  Invoice: ['InvoiceAddresses', 'InvoicePaymentServices'],
  // The documentation prints it so; records have AccountID.
  LineItem: ['AccountId'],
  Overpayment: ['ID'],
  Prepayment: ['ID'],
  TrackingOption: ['IsActive', 'IsArchived', 'IsDeleted'],
  User: ['GlobalUserID'],
};

/** Beside the fields of a model. A date has its text beside it: `Date` and `DateString`. */
export function sentBeside(model: string, fields: readonly Field[]): Field[] {
  const names = new Set(fields.map(({ name }) => name));
  const texts = fields.flatMap(({ name, kind }) => (kind === 'date' ? [`${name}String`] : []));
  return [...everywhere, ...texts, ...(byModel[model] ?? [])]
    .filter((name) => !names.has(name))
    .map((name): Field => ({ name, kind: 'object', fields: [] }));
}

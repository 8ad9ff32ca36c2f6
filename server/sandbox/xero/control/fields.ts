/** Field schemas for records that control makes or edits: Xero's own field names, money and quantities as decimal text. */
import { z } from 'zod';
import { parseDecimal } from '../json/decimal.ts';
import { parseDay } from '../json/wire-dates.ts';

/** Decimal text or a JSON number, to a scaled integer of so many places. */
export const decimal = (places: number) =>
  z.union([z.string(), z.number().transform(String)]).transform((text, context) => {
    const scaled = parseDecimal(text, places);
    if (scaled === null)
      context.addIssue({ code: 'custom', message: `not a decimal of at most ${places} places` });
    return scaled ?? 0;
  });

export const day = z.string().transform((text, context) => {
  const value = parseDay(text);
  if (value === null) context.addIssue({ code: 'custom', message: 'not a date (YYYY-MM-DD)' });
  return value ?? 0;
});

export const line = z.strictObject({
  Description: z.string().default(''),
  Quantity: decimal(4).optional(),
  UnitAmount: decimal(4).optional(),
  AccountCode: z.string().optional(),
  TaxType: z.string().optional(),
  LineItemID: z.string().optional(),
  ItemCode: z.string().optional(),
  /** TrackingOptionIDs, one per category at most. */
  Tracking: z.array(z.string()).max(2).optional(),
});

export const lineAmountTypes = z.enum(['Exclusive', 'Inclusive', 'NoTax']);

export const contactFields = z.strictObject({
  Name: z.string().min(1).max(255),
  FirstName: z.string().max(255).nullable(),
  LastName: z.string().max(255).nullable(),
  EmailAddress: z.string().max(255),
  ContactNumber: z.string().max(50).nullable(),
  AccountNumber: z.string().max(50).nullable(),
  TaxNumber: z.string().max(50).nullable(),
  ContactStatus: z.enum(['ACTIVE', 'ARCHIVED']),
});

export const accountFields = z.strictObject({
  Name: z.string().min(1).max(150),
  Code: z.string().max(10).nullable(),
  Description: z.string().max(4000).nullable(),
  Status: z.enum(['ACTIVE', 'ARCHIVED']),
});

export const invoiceFields = z.strictObject({
  InvoiceNumber: z.string().max(255).nullable(),
  Reference: z.string().max(255).nullable(),
  ContactID: z.string(),
  Date: day,
  DueDate: day,
  Status: z.enum(['DRAFT', 'SUBMITTED', 'AUTHORISED', 'VOIDED', 'DELETED']),
  LineAmountTypes: lineAmountTypes,
  LineItems: z.array(line).min(1),
  SentToContact: z.boolean(),
});

export const paymentFields = z.strictObject({
  Reference: z.string().max(255).nullable(),
  IsReconciled: z.boolean(),
  Status: z.enum(['AUTHORISED', 'DELETED']),
});

/** Of one invoice, or as the refund of one credit. */
export const newPaymentFields = z.strictObject({
  InvoiceID: z.string().optional(),
  CreditNoteID: z.string().optional(),
  PrepaymentID: z.string().optional(),
  OverpaymentID: z.string().optional(),
  /** What is due where left out. */
  Amount: decimal(2).optional(),
  Date: day.optional(),
  AccountCode: z.string().optional(),
  Reference: z.string().max(255).optional(),
});

export const bankTransactionFields = z.strictObject({
  Reference: z.string().max(255).nullable(),
  ContactID: z.string(),
  Date: day,
  IsReconciled: z.boolean(),
  Status: z.enum(['AUTHORISED', 'DELETED']),
  LineAmountTypes: lineAmountTypes,
  LineItems: z.array(line).min(1),
});

export type LineFields = z.output<typeof line>;

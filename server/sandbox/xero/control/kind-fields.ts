/** Field schemas of the kinds besides those in fields.ts: Xero's own names, money and quantities as decimal text. */
import { z } from 'zod';
import { day, decimal, line, lineAmountTypes } from './fields.ts';

const reference = z.string().max(255).nullable();

export const creditNoteFields = z.strictObject({
  CreditNoteNumber: z.string().max(255).nullable(),
  Reference: reference,
  ContactID: z.string(),
  Date: day,
  Status: z.enum(['DRAFT', 'SUBMITTED', 'AUTHORISED', 'VOIDED', 'DELETED']),
  LineAmountTypes: lineAmountTypes,
  LineItems: z.array(line).min(1),
  SentToContact: z.boolean(),
});

/** Of prepayments and overpayments as they are made; later nothing but their end can be asked for. */
export const newAdvanceFields = z.strictObject({
  Type: z.enum(['RECEIVE', 'SPEND']).default('RECEIVE'),
  ContactID: z.string().optional(),
  Date: day.optional(),
  Reference: reference.optional(),
  LineAmountTypes: lineAmountTypes.optional(),
  LineItems: z.array(line).min(1),
  BankAccountCode: z.string().optional(),
});
export const advanceFields = z.strictObject({ Status: z.literal('VOIDED') });

const journalLine = z.strictObject({
  Description: z.string().nullable().default(null),
  /** Debit positive. */
  LineAmount: decimal(2),
  AccountCode: z.string(),
  TaxType: z.string().optional(),
  Tracking: line.shape.Tracking,
});

export const journalFields = z.strictObject({
  Narration: z.string().min(1),
  Date: day,
  Status: z.enum(['DRAFT', 'POSTED', 'DELETED', 'VOIDED', 'ARCHIVED']),
  LineAmountTypes: lineAmountTypes,
  JournalLines: z.array(journalLine).min(2),
  ShowOnCashBasisReports: z.boolean(),
});
export type JournalLineFields = z.output<typeof journalLine>;

export const newTransferFields = z.strictObject({
  FromAccountCode: z.string(),
  ToAccountCode: z.string(),
  Amount: decimal(2),
  Date: day.optional(),
  Reference: reference.optional(),
});
export const transferFields = z.strictObject({
  Reference: reference,
  FromIsReconciled: z.boolean(),
  ToIsReconciled: z.boolean(),
  Status: z.enum(['AUTHORISED', 'DELETED']),
});

const itemSide = z.strictObject({
  UnitPrice: decimal(4).nullable().optional(),
  AccountCode: z.string().optional(),
  TaxType: z.string().optional(),
});

export const itemFields = z.strictObject({
  Code: z.string().min(1).max(30),
  Name: z.string().max(50),
  Description: z.string().max(4000).nullable(),
  PurchaseDescription: z.string().max(4000).nullable(),
  SalesDetails: itemSide,
  PurchaseDetails: itemSide,
});
export type ItemSideFields = z.output<typeof itemSide>;

const optionName = z.string().min(1).max(100);

export const newTrackingFields = z.strictObject({
  Name: optionName,
  Options: z.array(optionName).default([]),
});
/** Options are added without an id, renamed, archived, restored and deleted with it; those left out stay. */
export const trackingFields = z.strictObject({
  Name: optionName,
  Status: z.enum(['ACTIVE', 'ARCHIVED', 'DELETED']),
  Options: z.array(
    z.strictObject({
      TrackingOptionID: z.string().optional(),
      Name: optionName.optional(),
      Status: z.enum(['ACTIVE', 'ARCHIVED', 'DELETED']).optional(),
    }),
  ),
});

export const groupFields = z.strictObject({
  Name: z.string().min(1).max(255),
  Status: z.enum(['ACTIVE', 'DELETED']),
  /** ContactIDs: all members. */
  Contacts: z.array(z.string()),
});

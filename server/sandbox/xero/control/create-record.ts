/** Makes one record as a person in Xero would; what is left out is filled in plausibly. */
import { z } from 'zod';
import { add, type Company } from '../company/company.ts';
import { isNameTaken } from '../company/contact-names.ts';
import { dueOf, linesOf, totalsOf } from '../company/documents.ts';
import { dayRate } from '../company/exchange.ts';
import { addBankTransaction } from '../company/generate-bank-transactions.ts';
import { payFrom } from '../company/generate-invoices.ts';
import type { Invoice } from '../company/rows.ts';
import type { Resource } from './action.ts';
import { createAdvance, createCreditNote, createRefund, creditNamed } from './create-credit.ts';
import { createGroup, createItem, createJournal, createTracking, createTransfer } from './create-kinds.ts';
import {
  accountFields,
  bankTransactionFields,
  contactFields,
  invoiceFields,
  newPaymentFields,
} from './fields.ts';
import { accountCoded, contactFor, lineDrafts, rowOf } from './find.ts';
import { parsed } from './parsed.ts';
import { ControlError } from './refuse.ts';

/** Answers with the new record's id. */
export function createRecord(company: Company, kind: Resource, fields: unknown, now: number): string {
  return company.id(kind, CREATORS[kind](company, fields, now).index);
}

const newContact = contactFields.partial().required({ Name: true });
const newAccount = accountFields
  .partial()
  .required({ Name: true })
  .extend({
    Type: z
      .enum(['REVENUE', 'OVERHEADS', 'DIRECTCOSTS', 'CURRENT', 'CURRLIAB', 'EQUITY'])
      .default('OVERHEADS'),
  });
const newInvoice = invoiceFields
  .partial()
  .required({ LineItems: true })
  .extend({ Type: z.enum(['ACCREC', 'ACCPAY']).default('ACCREC') });
const newBankTransaction = bankTransactionFields
  .partial()
  .required({ LineItems: true })
  .extend({ Type: z.enum(['RECEIVE', 'SPEND']).default('SPEND'), BankAccountCode: z.string().optional() });

const CLASS = {
  REVENUE: 'REVENUE',
  OVERHEADS: 'EXPENSE',
  DIRECTCOSTS: 'EXPENSE',
  CURRENT: 'ASSET',
  CURRLIAB: 'LIABILITY',
  EQUITY: 'EQUITY',
} as const;

const CREATORS: Record<Resource, (company: Company, fields: unknown, now: number) => { index: number }> = {
  contacts(company, input, now) {
    const fields = parsed(newContact, input);
    if (isNameTaken(company, fields.Name)) {
      throw new ControlError('fields.Name', 'Please enter a unique Name.');
    }
    return add(company, 'contacts', {
      updatedAt: now,
      name: fields.Name,
      firstName: fields.FirstName ?? null,
      lastName: fields.LastName ?? null,
      email: fields.EmailAddress ?? '',
      number: fields.ContactNumber ?? null,
      accountNumber: fields.AccountNumber ?? null,
      taxNumber: fields.TaxNumber ?? null,
      currency: null,
      street: null,
      city: null,
      phone: null,
      status: fields.ContactStatus ?? 'ACTIVE',
      isCustomer: false,
      isSupplier: false,
    });
  },
  accounts(company, input, now) {
    const fields = parsed(newAccount, input);
    return add(company, 'accounts', {
      updatedAt: now,
      code: fields.Code ?? null,
      name: fields.Name,
      type: fields.Type,
      class: CLASS[fields.Type],
      taxType: 'NONE',
      status: fields.Status ?? 'ACTIVE',
      description: fields.Description ?? null,
      systemAccount: '',
      canTakePayments: false,
      bank: null,
    });
  },
  invoices(company, input, now) {
    const fields = parsed(newInvoice, input);
    if (fields.Status === 'VOIDED' || fields.Status === 'DELETED') {
      throw new ControlError('fields.Status', 'Invoice not of valid status for creation');
    }
    const contact = contactFor(company, fields.ContactID);
    const date = fields.Date ?? company.today(now);
    const kind = fields.LineAmountTypes ?? 'Exclusive';
    const standard = fields.Type === 'ACCREC' ? 'sales' : 'general';
    const lines = linesOf(company, kind, lineDrafts(company, fields.LineItems, [], standard));
    const currency = contact.currency ?? company.profile.baseCurrency;
    const totals = totalsOf(kind, lines);
    const status = fields.Status ?? 'AUTHORISED';
    const number = fields.Type === 'ACCREC' ? `INV-N${company.invoices.length}` : null;
    return add(company, 'invoices', {
      updatedAt: now,
      type: fields.Type,
      contact: contact.index,
      date,
      due: fields.DueDate ?? date + 20,
      status: status === 'AUTHORISED' && totals.total === 0 ? 'PAID' : status,
      number: fields.InvoiceNumber === undefined ? number : fields.InvoiceNumber,
      reference: fields.Reference ?? null,
      lineAmountTypes: kind,
      lines,
      currency,
      rate: dayRate(company.profile, currency, date),
      ...totals,
      payments: [],
      wasSent: fields.SentToContact ?? false,
    });
  },
  payments(company, input, now) {
    const fields = parsed(newPaymentFields, input);
    const credit = creditNamed(company, fields);
    if (credit) return createRefund(company, credit, fields, now);
    if (fields.InvoiceID === undefined)
      throw new ControlError('fields.InvoiceID', 'A payment is of an invoice or a credit.');
    const invoice: Invoice = rowOf(company, 'invoices', fields.InvoiceID, 'fields.InvoiceID');
    const due = dueOf(company, invoice);
    const amount = fields.Amount ?? due;
    if (invoice.status !== 'AUTHORISED')
      throw new ControlError('fields.InvoiceID', 'Invoice not of valid status');
    if (amount <= 0 || amount > due) {
      throw new ControlError(
        'fields.Amount',
        'Payment amount exceeds the amount outstanding on this document',
      );
    }
    const account =
      fields.AccountCode === undefined
        ? undefined
        : accountCoded(company, fields.AccountCode, 'fields.AccountCode');
    if (
      account !== undefined &&
      !company.accounts.at(account).bank &&
      !company.accounts.at(account).canTakePayments
    ) {
      throw new ControlError('fields.AccountCode', 'Payments cannot be made to this account.');
    }
    return payFrom(company, invoice, {
      amount,
      date: fields.Date ?? Math.max(invoice.date, company.today(now)),
      updatedAt: now,
      isReconciled: false,
      ...(fields.Reference === undefined ? {} : { reference: fields.Reference }),
      ...(account === undefined ? {} : { account }),
    });
  },
  creditNotes: createCreditNote,
  prepayments: (company, input, now) => createAdvance(company, 'PREPAYMENT', input, now),
  overpayments: (company, input, now) => createAdvance(company, 'OVERPAYMENT', input, now),
  bankTransfers: createTransfer,
  manualJournals: createJournal,
  items: createItem,
  contactGroups: createGroup,
  trackingCategories: createTracking,
  bankTransactions(company, input, now) {
    const fields = parsed(newBankTransaction, input);
    const account =
      fields.BankAccountCode === undefined
        ? company.account('cheque')
        : accountCoded(company, fields.BankAccountCode, 'fields.BankAccountCode');
    if (!company.accounts.at(account).bank)
      throw new ControlError('fields.BankAccountCode', 'not a bank account');
    const standard = fields.Type === 'RECEIVE' ? 'sales' : 'general';
    return addBankTransaction(company, {
      type: fields.Type,
      account,
      contact: contactFor(company, fields.ContactID).index,
      date: fields.Date ?? company.today(now),
      reference: fields.Reference ?? null,
      kind: fields.LineAmountTypes ?? 'Inclusive',
      lines: lineDrafts(company, fields.LineItems, [], standard),
      updatedAt: now,
      isReconciled: fields.IsReconciled ?? false,
      status: fields.Status ?? 'AUTHORISED',
    });
  },
};

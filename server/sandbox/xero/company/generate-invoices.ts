/** Sales invoices and bills of a made company, and their payments. */
import type { Day } from '../json/wire-dates.ts';
import { add, type Company } from './company.ts';
import { dueOf, type LineDraft, linesOf, pay, settleStatus, totalsOf } from './documents.ts';
import { dayRate, exchanged } from './exchange.ts';
import type { Making } from './generate.ts';
import type { Contact, Invoice, InvoiceStatus, LineAmountTypes } from './rows.ts';
import { TAX_TYPE } from './tax-rates.ts';
import { BOUGHT, SOLD } from './vocabulary.ts';

const SALES = ['sales', 'sales', 'sales', 'services', 'services', 'otherRevenue'];
const COSTS =
  'purchases purchases freight advertising cleaning consulting entertainment general insurance power vehicle office printing rent repairs subscriptions telephone travel computers'.split(
    ' ',
  );

export function addInvoices(making: Making, count: number): void {
  const { company, random, today, firstDay } = making;
  const customers = company.contacts.filter((contact) => contact.isCustomer);
  const suppliers = company.contacts.filter((contact) => contact.isSupplier);
  for (let at = 0; at < count; at++) {
    const isSale = random.chance(62);
    const contact = random.pick(isSale ? customers : suppliers);
    const date = firstDay + Math.floor((at * (today - firstDay)) / count);
    const kind: LineAmountTypes = random.chance(85) ? 'Exclusive' : random.chance(60) ? 'Inclusive' : 'NoTax';
    const invoice = addInvoice(making, {
      type: isSale ? 'ACCREC' : 'ACCPAY',
      contact,
      date,
      kind,
      status: statusOf(making),
      number: isSale ? `INV-${String(at + 1).padStart(5, '0')}` : random.chance(75) ? `${1000 + at}` : null,
      reference: isSale && random.chance(40) ? `PO ${random.between(100, 9999)}` : null,
      lines: Array.from({ length: random.pick([1, 1, 1, 2, 2, 3, 5]) }, () => lineDraft(making, isSale)),
    });
    if (invoice.status === 'AUTHORISED') payInParts(making, invoice);
  }
}

export interface InvoiceDraft {
  type: Invoice['type'];
  contact: Contact;
  date: Day;
  kind: LineAmountTypes;
  status: InvoiceStatus;
  number: string | null;
  reference: string | null;
  lines: LineDraft[];
}

/** Adds an invoice in its contact's currency at the day's rate; one that comes to nothing is PAID at once. */
export function addInvoice(
  { company, random, stamp }: Pick<Making, 'company' | 'random' | 'stamp'>,
  draft: InvoiceDraft,
): Invoice {
  const { contact, kind, lines: drafts, ...rest } = draft;
  const currency = contact.currency ?? company.profile.baseCurrency;
  const lines = linesOf(company, kind, drafts);
  const { total, tax } = totalsOf(kind, lines);
  const isSettled = draft.status === 'AUTHORISED' && total === 0;
  return add(company, 'invoices', {
    ...rest,
    status: isSettled ? 'PAID' : draft.status,
    updatedAt: stamp(draft.date),
    contact: contact.index,
    due: draft.date + random.pick([0, 7, 14, 20, 30]),
    lineAmountTypes: kind,
    lines,
    currency,
    rate: dayRate(company.profile, currency, draft.date),
    total,
    tax,
    payments: [],
    wasSent: draft.type === 'ACCREC' && random.chance(60),
  });
}

/** A priced line; one in ten has a price of four places, which two would round away. */
export function lineDraft(
  { company, random }: Pick<Making, 'company' | 'random'>,
  isSale: boolean,
): LineDraft {
  const tax = TAX_TYPE[company.profile.countryCode];
  const isFine = random.chance(10);
  return {
    description: random.pick(isSale ? SOLD : BOUGHT),
    quantity: random.chance(80) ? random.between(1, 12) * 10_000 : random.between(1, 200_000),
    unit: isFine ? random.between(1, 3_000_000) : random.between(100, 60_000) * 100,
    account: company.account(random.pick(isSale ? SALES : COSTS)),
    taxType: random.chance(90) ? tax[isSale ? 'sales' : 'purchases'] : tax.none,
  };
}

function statusOf({ random }: Making): InvoiceStatus {
  const roll = random.between(1, 1000);
  if (roll <= 30) return 'DRAFT';
  if (roll <= 40) return 'SUBMITTED';
  if (roll <= 65) return 'VOIDED';
  if (roll <= 80) return 'DELETED';
  return 'AUTHORISED';
}

/** Nine in ten are paid, some in parts, some only in part; what would fall after today stays due. */
function payInParts(making: Making, invoice: Invoice): void {
  const { company, random, today, stamp } = making;
  if (random.chance(9)) return;
  const parts = random.pick([1, 1, 1, 1, 1, 1, 1, 2, 2, 3]);
  const stopsAfter = random.chance(6) ? parts - 1 : parts;
  let date = invoice.date;
  for (let part = 1; part <= stopsAfter; part++) {
    date += random.between(1, 25);
    if (date > today) return;
    const due = dueOf(company, invoice);
    const amount = part === parts ? due : Math.floor((due * random.between(20, 60)) / 100);
    if (amount <= 0) return;
    const payment = payFrom(company, invoice, {
      amount,
      date,
      updatedAt: stamp(date),
      isReconciled: random.chance(85),
    });
    if (random.chance(1)) {
      // A payment entered twice and deleted again: listed as DELETED, counted nowhere.
      const copy = company.payments.copy(payment);
      const twice = add(company, 'payments', { ...copy, status: 'DELETED', reference: 'Entered twice' });
      invoice.payments = [...invoice.payments, twice.index];
    }
  }
  settleStatus(company, invoice);
}

/** Pays from the account in the invoice's currency where there is one and the amount is odd, else from the cheque account. */
export function payFrom(
  company: Company,
  invoice: Invoice,
  draft: {
    amount: number;
    date: Day;
    updatedAt: number;
    isReconciled: boolean;
    reference?: string;
    account?: number;
  },
) {
  const { profile } = company;
  const isForeign = invoice.currency !== profile.baseCurrency;
  const account =
    draft.account ??
    company.account(isForeign && draft.amount % 2 === 1 ? `bank:${invoice.currency}` : 'cheque');
  const accountCurrency = company.accounts.at(account).bank?.currency ?? profile.baseCurrency;
  return pay(company, invoice, {
    updatedAt: draft.updatedAt,
    account,
    date: draft.date,
    amount: draft.amount,
    bankAmount: exchanged(profile, draft.amount, invoice.currency, accountCurrency, draft.date),
    rate: dayRate(profile, invoice.currency, draft.date),
    reference: draft.reference ?? null,
    isReconciled: draft.isReconciled,
  });
}

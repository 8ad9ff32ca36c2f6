/** Credit notes, prepayments and overpayments of a made company, set against invoices, paid back, voided or left. */
import type { Company } from './company.ts';
import {
  addCreditNote,
  addMoneyInAdvance,
  allocatable,
  allocate,
  type CreditNoteDraft,
  endCredit,
  refund,
} from './credit-acts.ts';
import type { Credit } from './credit-rows.ts';
import { remainingOf, sideOf } from './credits.ts';
import { dueOf } from './documents.ts';
import { dayRate, exchanged } from './exchange.ts';
import type { Making } from './generate.ts';
import { lineDraft } from './generate-invoices.ts';
import type { Invoice } from './rows.ts';

const STATUSES: CreditNoteDraft['status'][] = [
  ...Array<'AUTHORISED'>(4).fill('AUTHORISED'),
  'DRAFT',
  'AUTHORISED',
  'VOIDED',
  'AUTHORISED',
  'DELETED',
  'AUTHORISED',
  'SUBMITTED',
  'AUTHORISED',
];

/** Half of the credits are made for an invoice that is still due; where none is found, for anyone. */
export function addCreditNotes(making: Making, count: number): void {
  const { company, random, stamp } = making;
  for (let at = 0; at < count; at++) {
    // Of each dozen one in each state, so that the smallest organisation has them all.
    const status = STATUSES[at % STATUSES.length] ?? 'AUTHORISED';
    const invoice = status === 'AUTHORISED' && random.chance(65) ? dueInvoice(making, () => true) : null;
    const isSale = invoice ? invoice.type === 'ACCREC' : random.chance(65);
    const date = invoice ? laterThan(making, invoice) : anyDay(making, at, count);
    const note = addCreditNote(company, {
      type: isSale ? 'ACCRECCREDIT' : 'ACCPAYCREDIT',
      contact: invoice?.contact ?? random.between(0, company.contacts.length - 1),
      date,
      number: isSale ? `CN-${String(at + 1).padStart(4, '0')}` : random.chance(50) ? `C${900 + at}` : null,
      reference: random.chance(40) ? random.pick(['Returned goods', '=Discount', 'Goodwill']) : null,
      kind: random.chance(80) ? 'Exclusive' : random.chance(60) ? 'Inclusive' : 'NoTax',
      lines: Array.from({ length: random.pick([1, 1, 2]) }, () => ({
        ...lineDraft(making, isSale),
        quantity: 10_000,
      })),
      status: status === 'VOIDED' ? 'AUTHORISED' : status,
      wasSent: isSale && random.chance(40),
      updatedAt: stamp(date),
    });
    if (status === 'VOIDED') endCredit(company, note, 'VOIDED', note.updatedAt);
    use(making, note, invoice);
  }
}

export function addAdvances(making: Making, count: number): void {
  const { company, random, stamp } = making;
  for (let at = 0; at < count; at++) {
    const isOver = random.chance(45);
    const hasAccount = (invoice: Invoice) => bankIn(company, invoice.currency) !== null;
    const isVoided = at % 9 === 8;
    const invoice = !isVoided && random.chance(65) ? dueInvoice(making, hasAccount) : null;
    const isReceipt = invoice ? invoice.type === 'ACCREC' : random.chance(65);
    const date = invoice ? laterThan(making, invoice) : anyDay(making, at, count);
    const credit = addMoneyInAdvance(company, {
      type: `${isReceipt ? 'RECEIVE' : 'SPEND'}-${isOver ? 'OVERPAYMENT' : 'PREPAYMENT'}`,
      account: (invoice && bankIn(company, invoice.currency)) ?? company.account('cheque'),
      contact: invoice?.contact ?? random.between(0, company.contacts.length - 1),
      date,
      reference: random.chance(60) ? `${isOver ? 'Paid twice' : 'Deposit'} ${at + 1}` : null,
      kind: random.chance(80) ? 'Inclusive' : 'Exclusive',
      lines: [{ ...lineDraft(making, isReceipt), quantity: 10_000 }],
      isReconciled: random.chance(80),
      updatedAt: stamp(date),
    });
    if (isVoided) endCredit(company, credit, 'VOIDED', credit.updatedAt);
    use(making, credit, invoice);
  }
}

function use(making: Making, credit: Credit, invoice: Invoice | null): void {
  const { company, random, now, stamp } = making;
  if (credit.status !== 'AUTHORISED') return;
  if (invoice) {
    const most = allocatable(company, credit, invoice);
    const amount = random.chance(70) ? most : Math.ceil(most / 3);
    if (amount > 0) allocate(company, credit, invoice, amount, Math.min(now, credit.updatedAt + 60_000));
  }
  // Some of what is left is paid back.
  if (credit.status !== 'AUTHORISED' || !random.chance(25)) return;
  const left = remainingOf(company, credit);
  const amount = random.chance(60) ? left : Math.ceil(left / 2);
  const date = Math.min(making.today, credit.date + random.between(0, 20));
  if (amount > 0) payBack(company, credit, { amount, date, updatedAt: stamp(date) });
}

function payBack(
  company: Company,
  credit: Credit,
  paid: { amount: number; date: number; updatedAt: number },
) {
  const { profile } = company;
  const account = paid.amount % 2 === 1 ? bankIn(company, credit.currency) : null;
  const from = account ?? company.account('cheque');
  const currency = company.accounts.at(from).bank?.currency ?? profile.baseCurrency;
  refund(company, credit, {
    ...paid,
    account: from,
    bankAmount: exchanged(profile, paid.amount, credit.currency, currency, paid.date),
    rate: dayRate(profile, credit.currency, paid.date),
    reference: sideOf(credit) === 1 ? 'Paid back' : null,
    isReconciled: true,
  });
}

/** A bank account in that currency, the cheque account for the organisation's own. */
function bankIn(company: Company, currency: string): number | null {
  if (currency === company.profile.baseCurrency) return company.account('cheque');
  return company.accounts.find(({ bank }) => bank?.currency === currency)?.index ?? null;
}

/** By trying: about one invoice in seven is due. */
function dueInvoice(
  { company, random, firstDay }: Making,
  fits: (invoice: Invoice) => boolean,
): Invoice | null {
  if (company.invoices.length === 0) return null;
  for (let tries = 0; tries < 40; tries++) {
    const invoice = company.invoices.at(random.between(0, company.invoices.length - 1));
    const isOpen = invoice.status === 'AUTHORISED' && !invoice.isHidden && invoice.date >= firstDay;
    if (isOpen && fits(invoice) && dueOf(company, invoice) > 0) return invoice;
  }
  return null;
}

const laterThan = ({ random, today }: Making, { date }: Invoice) =>
  Math.min(today, date + random.between(0, 30));

const anyDay = ({ random, firstDay, today }: Making, at: number, count: number) =>
  Math.min(today, firstDay + Math.floor((at * (today - firstDay)) / count) + random.between(0, 3));

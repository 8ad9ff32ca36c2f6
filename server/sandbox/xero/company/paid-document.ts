/** What a payment pays: an invoice or, as a refund, a credit. Xero shows both under `Invoice` (example of Payments in OAS 16.1). */
import type { Company } from './company.ts';
import { creditOf, isPrepayment, kindOf, remainingOf, settleCredit, sideOf, usedOf } from './credits.ts';
import { dueOf, paidOf, settleStatus } from './documents.ts';
import type { Document, Payment } from './rows.ts';

export interface PaidDocument {
  id: string;
  /** Xero's word for the document as an invoice: ACCREC, ACCRECCREDIT, ARPREPAYMENT, ... */
  type: string;
  paymentType: string;
  number: string | null;
  status: string;
  content: Pick<Document, 'contact' | 'date' | 'lines' | 'total' | 'currency'>;
  due: number;
  paid: number;
}

export function paidDocument(company: Company, payment: Payment): PaidDocument {
  if (payment.credit) {
    const credit = creditOf(company, payment.credit);
    const side = sideOf(credit) === 1 ? 'AR' : 'AP';
    const word = isPrepayment(credit) ? 'PREPAYMENT' : 'OVERPAYMENT';
    const isNote = 'number' in credit;
    return {
      id: company.id(kindOf(credit), credit.index),
      type: isNote ? credit.type : `${side}${word}`,
      paymentType: isNote ? `${side}CREDITPAYMENT` : `${side}${word}PAYMENT`,
      number: isNote ? credit.number : credit.reference,
      status: credit.status,
      content: credit,
      due: remainingOf(company, credit),
      paid: usedOf(company, credit),
    };
  }
  const invoice = company.invoices.at(payment.invoice ?? -1);
  return {
    id: company.id('invoices', invoice.index),
    type: invoice.type,
    paymentType: `${invoice.type}PAYMENT`,
    number: invoice.number,
    status: invoice.status,
    content: invoice,
    due: dueOf(company, invoice),
    paid: paidOf(company, invoice),
  };
}

/** After a payment changed: AUTHORISED and PAID of what it pays follow; stamped where an instant is given. */
export function settlePaid(company: Company, payment: Payment, now: number | null): void {
  if (payment.credit) {
    const credit = creditOf(company, payment.credit);
    if (now !== null) credit.updatedAt = now;
    settleCredit(company, credit);
  } else {
    const invoice = company.invoices.at(payment.invoice ?? -1);
    if (now !== null) invoice.updatedAt = now;
    settleStatus(company, invoice);
  }
}

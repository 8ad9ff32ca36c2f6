/** What a contact owes and is owed, worked out once per day and change of the books; it moves without stamping the contact. */
import type { Company } from '../company/company.ts';
import { dueOf } from '../company/documents.ts';
import { moneyText } from '../json/decimal.ts';
import { objectText } from '../json/json-text.ts';
import type { Day } from '../json/wire-dates.ts';

/** Documents at face value, whatever their currency. Undefined when nothing was ever due (xero-api.md 3.4). */
export function balancesText(
  company: Company,
  contact: number,
  depth: number,
  today: Day,
): string | undefined {
  const due = duePerContact(company, today).get(contact);
  if (!due) return undefined;
  const side = (at: 0 | 1, name: string) => [
    name,
    objectText(depth + 1, [
      'Outstanding',
      moneyText((at === 0 ? due.receivable : due.payable).outstanding),
      'Overdue',
      moneyText((at === 0 ? due.receivable : due.payable).overdue),
    ]),
  ];
  return objectText(depth, [...side(0, 'AccountsReceivable'), ...side(1, 'AccountsPayable')]);
}

interface Due {
  receivable: { outstanding: number; overdue: number };
  payable: { outstanding: number; overdue: number };
}

const dues = new WeakMap<Company, { mark: string; today: Day; perContact: Map<number, Due> }>();

function duePerContact(company: Company, today: Day): Map<number, Due> {
  const kept = dues.get(company);
  const mark = `${company.invoices.mark} ${company.payments.mark}`;
  if (kept?.mark === mark && kept.today === today) return kept.perContact;
  const perContact = new Map<number, Due>();
  for (const invoice of company.invoices) {
    if (invoice.status !== 'AUTHORISED' || invoice.isHidden) continue;
    let due = perContact.get(invoice.contact);
    if (!due) {
      due = { receivable: { outstanding: 0, overdue: 0 }, payable: { outstanding: 0, overdue: 0 } };
      perContact.set(invoice.contact, due);
    }
    const side = invoice.type === 'ACCREC' ? due.receivable : due.payable;
    const cents = dueOf(company, invoice);
    side.outstanding += cents;
    if (invoice.due < today) side.overdue += cents;
  }
  dues.set(company, { mark, today, perContact });
  return perContact;
}

/** Trade in tracked items: bought first, then sold, some of both sent back. */
import { add } from './company.ts';
import { addCreditNote } from './credit-acts.ts';
import type { LineDraft } from './documents.ts';
import type { Making } from './generate.ts';
import { addInvoice, payFrom } from './generate-invoices.ts';
import { trackedItem } from './generate-items.ts';
import { stockOf } from './stock.ts';
import { TAX_TYPE } from './tax-rates.ts';

const ITEMS = 8;
const ROUNDS = 5;

export function addStockTrade(making: Making): void {
  const { company, random, today, firstDay, stamp } = making;
  const tax = TAX_TYPE[company.profile.countryCode];
  const items = Array.from({ length: ITEMS }, (_, at) => add(company, 'items', trackedItem(making, at)));
  const customers = company.contacts.filter(({ isCustomer, status }) => isCustomer && status === 'ACTIVE');
  const suppliers = company.contacts.filter(({ isSupplier, status }) => isSupplier && status === 'ACTIVE');
  for (let at = 0; at < ITEMS * ROUNDS; at++) {
    const item = items[at % ITEMS];
    if (!item?.bought || !item.sold) continue;
    const date = firstDay + 3 + Math.floor((at * (today - firstDay - 40)) / (ITEMS * ROUNDS));
    const bought: LineDraft = {
      description: item.name,
      quantity: random.between(20, 120) * 10_000,
      unit: (item.bought.unit ?? 0) + random.between(-300, 900) * 100,
      account: company.account('inventory'),
      taxType: tax.purchases,
      item: item.index,
    };
    const bill = addInvoice(making, {
      type: 'ACCPAY',
      contact: random.pick(suppliers),
      date,
      kind: random.chance(80) ? 'Exclusive' : 'Inclusive',
      status: 'AUTHORISED',
      number: `STOCK-${at + 1}`,
      reference: null,
      lines: [bought],
    });
    const onHand = Math.floor(stockOf(company, item.index).quantity / 10_000);
    const sold: LineDraft = {
      ...bought,
      quantity: random.between(1, Math.max(1, Math.floor(onHand / 2))) * 10_000,
      unit: item.sold.unit ?? 0,
      account: item.sold.account,
      taxType: tax.sales,
    };
    const saleDate = date + random.between(1, 30);
    const sale = addInvoice(making, {
      type: 'ACCREC',
      contact: random.pick(customers),
      date: saleDate,
      kind: 'Exclusive',
      status: 'AUTHORISED',
      number: `SALE-${at + 1}`,
      reference: null,
      lines: [sold],
    });
    if (random.chance(60)) {
      const paidOn = Math.min(today, saleDate + random.between(0, 20));
      payFrom(company, sale, {
        amount: sale.total,
        date: paidOn,
        updatedAt: stamp(paidOn),
        isReconciled: true,
      });
    }
    if (at % 10 !== 7) continue;
    const isSale = random.chance(50);
    addCreditNote(company, {
      type: isSale ? 'ACCRECCREDIT' : 'ACCPAYCREDIT',
      contact: (isSale ? sale : bill).contact,
      date: Math.min(today, saleDate + 2),
      number: isSale ? `BACK-${at + 1}` : null,
      reference: 'Sent back',
      kind: 'Exclusive',
      lines: [{ ...(isSale ? sold : bought), quantity: 10_000 }],
      status: 'AUTHORISED',
      wasSent: false,
      updatedAt: stamp(Math.min(today, saleDate + 2)),
    });
  }
}

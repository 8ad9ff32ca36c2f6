import { describe, expect, test } from 'vitest';
import type { Company } from '../../../server/sandbox/xero/company/company.ts';
import { type Caller, caller, exactJson, NOON } from './caller.ts';
import { inBase } from './exact.ts';
import { recordText } from './record-text.ts';

// biome-ignore lint/suspicious/noExplicitAny: records of every shape
type Row = any;

const rowsOf = async (user: Caller, path: string): Promise<Row[]> =>
  (await user.get(path)).json[path.split(/[?/]/)[0] ?? ''];
const LINE = { Description: 'A', Quantity: '1', UnitAmount: '100', AccountCode: '200', TaxType: 'OUTPUT2' };
const stampOf = ({ UpdatedDateUTC }: Row) => Number(/\d+/.exec(UpdatedDateUTC)?.[0]);
const MINUTE = 60_000;

/** An invoice and a credit note of 115.00 each, dated so that the allocation's date can be told from both. */
async function pair(currency?: string) {
  const user = await caller();
  const { control } = user.sandbox;
  const [company] = user.sandbox.companies as [Company];
  const contact = company.contacts.find(
    (row) => row.currency === (currency ?? null) && row.status === 'ACTIVE' && !row.isHidden,
  );
  const ContactID = company.id('contacts', contact?.index ?? -1);
  const invoice = control.create({
    resource: 'invoices',
    fields: { ContactID, Date: '2026-11-02', InvoiceNumber: 'I/1', LineItems: [LINE] },
  }).id;
  const note = control.create({
    resource: 'creditNotes',
    fields: { ContactID, Date: '2026-11-05', CreditNoteNumber: 'C/1', Reference: 'r', LineItems: [LINE] },
  }).id;
  const read = async (path: string) => (await rowsOf(user, path))[0];
  return {
    user,
    control,
    company,
    ContactID,
    invoice,
    note,
    readInvoice: () => read(`Invoices/${invoice}`),
    readNote: () => read(`CreditNotes/${note}`),
    read,
  };
}

describe('credit notes', () => {
  test('are set against invoices, which show it, and pay themselves off [xero-credits-remaining] [xero-invoice-credited]', async () => {
    const { control, invoice, note, readInvoice, readNote } = await pair();
    const { id } = control.allocate({
      resource: 'creditNotes',
      id: note,
      invoiceId: invoice,
      amount: '40.00',
    });
    expect(await readNote()).toMatchObject({
      Status: 'AUTHORISED',
      RemainingCredit: 75,
      Allocations: [{ AllocationID: id, Amount: 40, Invoice: { InvoiceID: invoice, InvoiceNumber: 'I/1' } }],
    });
    expect(await readInvoice()).toMatchObject({
      Status: 'AUTHORISED',
      AmountDue: 75,
      AmountPaid: 0,
      AmountCredited: 40,
      CreditNotes: [{ CreditNoteID: note, CreditNoteNumber: 'C/1', AppliedAmount: 40, Total: 115 }],
      Prepayments: [],
      Overpayments: [],
    });
    expect(() =>
      control.allocate({ resource: 'creditNotes', id: note, invoiceId: invoice, amount: '75.01' }),
    ).toThrow(/exceeds/);
    control.allocate({ resource: 'creditNotes', id: note, invoiceId: invoice });
    expect(await readNote()).toMatchObject({ Status: 'PAID', RemainingCredit: 0 });
    expect(await readInvoice()).toMatchObject({ Status: 'PAID', AmountDue: 0, AmountCredited: 115 });
    control.removeAllocation({ id });
    expect(await readNote()).toMatchObject({ Status: 'AUTHORISED', RemainingCredit: 40 });
    expect((await readNote()).Allocations).toHaveLength(1);
    expect(await readInvoice()).toMatchObject({ Status: 'AUTHORISED', AmountDue: 40, AmountCredited: 75 });
    expect(() => control.removeAllocation({ id })).toThrow(/no such allocation/);
  });

  test('and invoices are both stamped by an allocation, which has the later date [xero-allocation-date] [xero-allocation-stamps]', async () => {
    const { user, control, invoice, note, readInvoice, readNote } = await pair();
    user.clock.advance(MINUTE);
    const { id } = control.allocate({
      resource: 'creditNotes',
      id: note,
      invoiceId: invoice,
      amount: '1.00',
    });
    expect((await readNote()).Allocations[0].Date).toBe((await readNote()).Date);
    expect([stampOf(await readNote()), stampOf(await readInvoice())]).toEqual([NOON + MINUTE, NOON + MINUTE]);
    user.clock.advance(MINUTE);
    control.removeAllocation({ id });
    expect([stampOf(await readNote()), stampOf(await readInvoice())]).toEqual([
      NOON + 2 * MINUTE,
      NOON + 2 * MINUTE,
    ]);
  });

  test('of other contacts, sides and states do not fit', async () => {
    const { control, invoice, note, ContactID } = await pair();
    const refused = (fields: object, id = note) => {
      const other = control.create({
        resource: 'invoices',
        fields: { ContactID, LineItems: [LINE], ...fields },
      }).id;
      expect(() => control.allocate({ resource: 'creditNotes', id, invoiceId: other })).toThrow(
        /must be authorised/,
      );
    };
    refused({ Type: 'ACCPAY' });
    refused({ Status: 'DRAFT' });
    refused({ ContactID: control.create({ resource: 'contacts', fields: { Name: 'Someone else' } }).id });
    control.void({ resource: 'creditNotes', id: note });
    expect(() => control.allocate({ resource: 'creditNotes', id: note, invoiceId: invoice })).toThrow();
  });

  test('that are used cannot be voided or changed in amount, nor the invoice [xero-credits-void-unused]', async () => {
    const { control, invoice, note } = await pair();
    const { id } = control.allocate({
      resource: 'creditNotes',
      id: note,
      invoiceId: invoice,
      amount: '1.00',
    });
    expect(() => control.void({ resource: 'creditNotes', id: note })).toThrow(/cannot be voided/);
    expect(() => control.void({ resource: 'invoices', id: invoice })).toThrow(/cannot be voided/);
    expect(() => control.edit({ resource: 'creditNotes', id: note, fields: { LineItems: [LINE] } })).toThrow(
      /cannot be changed/,
    );
    control.removeAllocation({ id });
    control.void({ resource: 'invoices', id: invoice });
    control.void({ resource: 'creditNotes', id: note });
  });

  test('that end have nothing left, keep their total and stay listed; drafts have all left [xero-credits-nothing-left] [xero-credits-voided-listed]', async () => {
    const { user, control, note, readNote } = await pair();
    const fields = { Status: 'DRAFT', LineItems: [LINE] };
    const draft = control.create({ resource: 'creditNotes', fields }).id;
    const [before] = await rowsOf(user, `CreditNotes/${draft}`);
    expect(before).toMatchObject({ Status: 'DRAFT', RemainingCredit: 115 });
    control.void({ resource: 'creditNotes', id: note });
    control.delete({ resource: 'creditNotes', id: draft });
    expect(await readNote()).toMatchObject({ Status: 'VOIDED', RemainingCredit: 0, Total: 115 });
    const listed = await rowsOf(user, 'CreditNotes?page=1&pageSize=1000');
    for (const [id, Status] of [
      [note, 'VOIDED'],
      [draft, 'DELETED'],
    ])
      expect(listed.find(({ CreditNoteID }) => CreditNoteID === id)).toMatchObject({
        Status,
        RemainingCredit: 0,
      });
  });

  test('have lines when paged, allocations and refunds always [xero-credits-forms]', async () => {
    const user = await caller();
    const forms = ['CreditNotes', 'CreditNotes?page=1&pageSize=1000'].map((path) => rowsOf(user, path));
    const [unpaged, paged] = (await Promise.all(forms)) as [Row[], Row[]];
    expect(unpaged.every(({ LineItems }) => LineItems.length === 0)).toBe(true);
    expect(paged.every(({ LineItems }) => LineItems.length > 0)).toBe(true);
    for (const field of ['Allocations', 'Payments']) {
      expect(unpaged.map((row) => row[field])).toEqual(paged.map((row) => row[field]));
      expect(paged.some((row) => row[field].length > 0)).toBe(true);
    }
    expect(new Set(paged.map(({ Status }) => Status))).toEqual(
      new Set(['AUTHORISED', 'PAID', 'VOIDED', 'DRAFT', 'SUBMITTED', 'DELETED']),
    );
  });

  test('have this text', async () => {
    const { user, control, invoice, note } = await pair();
    control.allocate({ resource: 'creditNotes', id: note, invoiceId: invoice, amount: '40.00' });
    const { text } = await user.get('CreditNotes?page=1&where=CreditNoteNumber=="C/1"');
    const days = (iso: string) => `\\/Date(${Date.parse(iso)}+0000)\\/`;
    const { Contact } = exactJson(await user.get(`CreditNotes/${note}`)).CreditNotes[0];
    expect(recordText(text, 'CreditNotes')).toBe(`{
  "CreditNoteID": "ID",
  "CreditNoteNumber": "C\\/1",
  "Payments": [],
  "ID": "ID",
  "HasErrors": false,
  "CurrencyRate": 1.0000000000,
  "Type": "ACCRECCREDIT",
  "Reference": "r",
  "RemainingCredit": 75.00,
  "Allocations": [
    {
      "AllocationID": "ID",
      "Amount": 40.00,
      "Date": "${days('2026-11-05')}",
      "Invoice": {
        "InvoiceID": "ID",
        "InvoiceNumber": "I\\/1",
        "Payments": [],
        "CreditNotes": [],
        "Prepayments": [],
        "Overpayments": [],
        "HasErrors": false,
        "IsDiscounted": false,
        "LineItems": []
      }
    }
  ],
  "HasAttachments": false,
  "Contact": {
    "ContactID": "ID",
    "Name": "${Contact.Name}",
    "Addresses": [],
    "Phones": [],
    "ContactGroups": [],
    "ContactPersons": [],
    "HasValidationErrors": false
  },
  "DateString": "2026-11-05T00:00:00",
  "Date": "${days('2026-11-05')}",
  "BrandingThemeID": "ID",
  "Status": "AUTHORISED",
  "LineAmountTypes": "Exclusive",
  "LineItems": [
    {
      "Description": "A",
      "UnitAmount": 100.00,
      "TaxType": "OUTPUT2",
      "TaxAmount": 15.00,
      "LineAmount": 100.00,
      "AccountCode": "200",
      "Tracking": [],
      "Quantity": 1.0000,
      "LineItemID": "ID",
      "AccountID": "ID",
      "ValidationErrors": []
    }
  ],
  "SubTotal": 100.00,
  "TotalTax": 15.00,
  "Total": 115.00,
  "UpdatedDateUTC": "\\/Date(${NOON}+0000)\\/",
  "UpdatedDateUTCString": "${new Date(NOON).toISOString()}",
  "CurrencyCode": "NZD"
}`);
  });

  test('move the balance of their contact, and nothing of them is overdue [xero-credits-in-balances]', async () => {
    const { control, note, invoice, ContactID, read } = await pair();
    const balance = async () => (await read(`Contacts/${ContactID}`)).Balances?.AccountsReceivable;
    const before = await balance();
    control.void({ resource: 'creditNotes', id: note });
    const after = await balance();
    expect(after.Outstanding - before.Outstanding).toBeCloseTo(115, 2);
    expect(after.Overdue).toBe(before.Overdue);
    control.void({ resource: 'invoices', id: invoice });
  });

  test('in foreign money leave the difference of the rates as a realised gain [xero-allocation-gain]', async () => {
    const { control, company, invoice, note, readInvoice, readNote, user } = await pair('USD');
    const [sold, credited] = [
      exactJson(await user.get(`Invoices/${invoice}`)).Invoices[0],
      exactJson(await user.get(`CreditNotes/${note}`)).CreditNotes[0],
    ];
    expect(sold.CurrencyRate).not.toBe(credited.CurrencyRate);
    const at = (key: string) => BigInt(company.ledger.balance(company.account(key), Number.MAX_SAFE_INTEGER));
    const [receivable, gain] = [at('receivable'), at('realisedGain')];
    control.allocate({ resource: 'creditNotes', id: note, invoiceId: invoice });
    expect([(await readInvoice()).Status, (await readNote()).Status]).toEqual(['PAID', 'PAID']);
    const difference = inBase('115.00', sold.CurrencyRate) - inBase('115.00', credited.CurrencyRate);
    expect(difference).not.toBe(0n);
    // Debit positive: what was given up beyond what it relieved is a loss.
    expect(at('realisedGain') - gain).toBe(difference);
    expect(at('receivable') - receivable).toBe(-difference);
  });
});

describe('refunds', () => {
  test('are payments whose invoice is the credit [xero-refund-as-invoice]', async () => {
    const { user, control, note, readNote, read } = await pair();
    const fields = { CreditNoteID: note, Amount: '15.00', Reference: 'back' };
    const { id } = control.create({ resource: 'payments', fields });
    expect(await read(`Payments/${id}`)).toMatchObject({
      PaymentType: 'ARCREDITPAYMENT',
      Amount: 15,
      Invoice: { Type: 'ACCRECCREDIT', InvoiceID: note, InvoiceNumber: 'C/1' },
    });
    expect(await readNote()).toMatchObject({
      RemainingCredit: 100,
      Payments: [{ PaymentID: id, Amount: 15 }],
    });
    expect(() =>
      control.create({ resource: 'payments', fields: { CreditNoteID: note, Amount: '100.01' } }),
    ).toThrow(/exceeds/);
    control.delete({ resource: 'payments', id });
    expect(await readNote()).toMatchObject({ RemainingCredit: 115, Payments: [] });
    const types = new Set(
      (await rowsOf(user, 'Payments?page=1&pageSize=1000')).map(({ PaymentType }) => PaymentType),
    );
    for (const type of ['ACCRECPAYMENT', 'ACCPAYPAYMENT', 'ARCREDITPAYMENT']) expect(types).toContain(type);
  });

  test('of money in advance have types of their own [xero-refund-as-invoice]', async () => {
    const { sandbox, get } = await caller();
    for (const [resource, Type, field, paymentType, type] of [
      ['prepayments', 'RECEIVE', 'PrepaymentID', 'ARPREPAYMENTPAYMENT', 'ARPREPAYMENT'],
      ['prepayments', 'SPEND', 'PrepaymentID', 'APPREPAYMENTPAYMENT', 'APPREPAYMENT'],
      ['overpayments', 'RECEIVE', 'OverpaymentID', 'AROVERPAYMENTPAYMENT', 'AROVERPAYMENT'],
      ['overpayments', 'SPEND', 'OverpaymentID', 'APOVERPAYMENTPAYMENT', 'APOVERPAYMENT'],
    ] as const) {
      const { id } = sandbox.control.create({ resource, fields: { Type, LineItems: [LINE] } });
      const payment = sandbox.control.create({ resource: 'payments', fields: { [field]: id } }).id;
      const [row] = (await get(`Payments/${payment}`)).json.Payments;
      expect([row.PaymentType, row.Invoice.Type, row.Invoice.InvoiceID]).toEqual([paymentType, type, id]);
    }
    expect(sandbox.control.state().organisations[0]?.ledgerSum).toBe('0.00');
  });
});

describe('money in advance', () => {
  test('comes with a bank transaction that names it, and both are voided together [xero-advance-transaction] [xero-advance-void]', async () => {
    const { sandbox, get } = await caller();
    for (const [resource, plural, field, Type, viaBank] of [
      ['prepayments', 'Prepayments', 'PrepaymentID', 'RECEIVE', false],
      ['overpayments', 'Overpayments', 'OverpaymentID', 'SPEND', true],
    ] as const) {
      const { id } = sandbox.control.create({
        resource,
        fields: { Type, Reference: 'early', LineItems: [LINE], LineAmountTypes: 'Exclusive' },
      });
      const one = async (path: string) => Object.values((await get(path)).json).at(-1) as Row[];
      const advance = async () => (await one(`${plural}/${id}`))[0];
      const transaction = async () =>
        (await one('BankTransactions?page=1&pageSize=1000')).find((row) => row[field] === id);
      expect(await transaction()).toMatchObject({
        Type: (await advance()).Type,
        Total: (await advance()).Total,
      });
      expect((await transaction()).LineItems.map(({ LineItemID }: Row) => LineItemID)).toEqual(
        (await advance()).LineItems.map(({ LineItemID }: Row) => LineItemID),
      );
      if (viaBank) {
        const bank = (await transaction()).BankTransactionID;
        expect(() =>
          sandbox.control.edit({ resource: 'bankTransactions', id: bank, fields: { LineItems: [LINE] } }),
        ).toThrow(/only voided/);
        sandbox.control.delete({ resource: 'bankTransactions', id: bank });
      } else sandbox.control.void({ resource, id });
      expect([(await transaction()).Status, (await advance()).Status]).toEqual(['VOIDED', 'VOIDED']);
    }
  });

  test('overpaid is one line without tax on the control account [xero-overpayment-line]', async () => {
    const user = await caller();
    for (const row of await rowsOf(user, 'Overpayments?page=1&pageSize=1000')) {
      expect(row).toMatchObject({ LineAmountTypes: 'NoTax', TotalTax: 0 });
      expect(row.LineItems).toHaveLength(1);
      expect(row.LineItems[0].AccountCode).toBe(row.Type.startsWith('RECEIVE') ? '610' : '800');
    }
  });

  test('prepaid says its reference twice, and is found by it [xero-prepayment-reference]', async () => {
    const user = await caller();
    const fields = { Reference: 'INV-0011', LineItems: [LINE] };
    const prepayment = user.sandbox.control.create({ resource: 'prepayments', fields }).id;
    const overpayment = user.sandbox.control.create({ resource: 'overpayments', fields }).id;
    const [row, ...others] = await rowsOf(user, 'Prepayments?page=1&InvoiceNumbers=INV-0011,x');
    expect([row.PrepaymentID, row.Reference, row.InvoiceNumber, others]).toEqual([
      prepayment,
      'INV-0011',
      'INV-0011',
      [],
    ]);
    const [over, ...more] = await rowsOf(user, 'Overpayments?page=1&References=INV-0011');
    expect([over.OverpaymentID, more]).toEqual([overpayment, []]);
    expect(over).not.toHaveProperty('InvoiceNumber');
  });

  test('prepaid moves bank and control account, and nothing else [xero-prepayment-books-nothing]', async () => {
    const { sandbox } = await caller();
    const [company] = sandbox.companies as [Company];
    const balances = () =>
      new Map(
        company.accounts
          .filter(() => true)
          .map(({ index, code }) => [code, company.ledger.balance(index, 1e9)]),
      );
    const before = balances();
    sandbox.control.create({ resource: 'prepayments', fields: { LineItems: [LINE] } });
    const moved = [...balances()].flatMap(([code, cents]) => {
      const by = cents - (before.get(code) ?? 0);
      return by === 0 ? [] : [[code, by]];
    });
    expect(moved).toEqual([
      ['090', 10_000],
      ['610', -10_000],
    ]);
  });

  test('is set against invoices as credit notes are', async () => {
    const { control, company, ContactID, invoice, readInvoice, read } = await pair();
    for (const [resource, plural, field] of [
      ['prepayments', 'Prepayments', 'PrepaymentID'],
      ['overpayments', 'Overpayments', 'OverpaymentID'],
    ] as const) {
      const { id } = control.create({
        resource,
        fields: { ContactID, LineItems: [{ ...LINE, UnitAmount: '50' }] },
      });
      control.allocate({ resource, id, invoiceId: invoice });
      expect(await read(`${plural}/${id}`)).toMatchObject({ Status: 'PAID', RemainingCredit: 0 });
      expect((await readInvoice())[plural]).toEqual([
        expect.objectContaining({ [field]: id, ID: id, AppliedAmount: 50, Total: 50 }),
      ]);
    }
    expect(await readInvoice()).toMatchObject({ AmountDue: 15, AmountCredited: 100 });
    expect(company.allocations.length).toBeGreaterThan(2);
  });
});

describe('the order of fields', () => {
  const CONTENT =
    'LineAmountTypes LineItems SubTotal TotalTax Total UpdatedDateUTC UpdatedDateUTCString CurrencyCode';
  const common = `RemainingCredit Allocations Payments HasAttachments Contact DateString Date Status ${CONTENT}`;
  test.each([
    ['Prepayments', `PrepaymentID ID CurrencyRate Type Reference InvoiceNumber ${common}`],
    ['Overpayments', `OverpaymentID ID CurrencyRate Type Reference ${common}`],
    [
      'BankTransactions',
      'BankTransactionID BankAccount Type Reference IsReconciled PrepaymentID HasAttachments Contact DateString Date Status LineAmountTypes LineItems SubTotal TotalTax Total UpdatedDateUTC CurrencyCode',
    ],
  ])('of %s is that of Xero’s examples', async (plural, expected) => {
    const user = await caller();
    for (const resource of ['prepayments', 'overpayments'] as const)
      user.sandbox.control.create({ resource, fields: { Reference: 'mine', LineItems: [LINE] } });
    const rows = await rowsOf(user, `${plural}?page=1&pageSize=1000`);
    const mine = rows.find(
      (row) => row.Reference === 'mine' && !('OverpaymentID' in row && 'BankAccount' in row),
    );
    expect(Object.keys(mine)).toEqual(expected.split(' '));
  });

  test('of what an invoice was credited', async () => {
    const { user, control, ContactID, invoice } = await pair();
    for (const [resource, kind] of [
      ['creditNotes', 'CreditNote'],
      ['prepayments', 'Prepayment'],
      ['overpayments', 'Overpayment'],
    ] as const) {
      const fields = { ContactID, LineItems: [{ ...LINE, UnitAmount: '5.00' }] };
      control.allocate({ resource, id: control.create({ resource, fields }).id, invoiceId: invoice });
      const [row] = await rowsOf(user, `Invoices/${invoice}`);
      const isNote = resource === 'creditNotes';
      expect(Object.keys(row[`${kind}s`][0])).toEqual([
        `${kind}ID`,
        ...(isNote ? ['CreditNoteNumber'] : []),
        'ID',
        ...(isNote ? ['HasErrors'] : []),
        'AppliedAmount',
        'DateString',
        'Date',
        'LineItems',
        'Total',
      ]);
    }
    const { text } = await user.get(`Invoices/${invoice}`);
    expect(text).toMatch(/"AppliedAmount": 5\.75,\r\n/);
    expect(text).toMatch(/"AmountCredited": 1\d\.\d\d,\r\n/);
  });
});

describe('the scopes', () => {
  test.each([
    ['CreditNotes', 'accounting.invoices.read'],
    ['Prepayments', 'accounting.payments.read'],
    ['Overpayments', 'accounting.payments.read'],
    ['BankTransfers', 'accounting.banktransactions.read'],
    ['ManualJournals', 'accounting.manualjournals.read'],
    ['TrackingCategories', 'accounting.settings.read'],
    ['Users', 'accounting.settings.read'],
    ['Currencies', 'accounting.settings.read'],
    ['BrandingThemes', 'accounting.settings.read'],
    ['Organisation/Actions', 'accounting.settings.read'],
    ['ContactGroups', 'accounting.contacts.read'],
  ])('%s opens with %s and with no other', async (path, scope) => {
    const basis = ['openid', 'offline_access'];
    expect((await (await caller({}, [...basis, scope])).get(path)).status).toBe(200);
    const others = ['invoices', 'payments', 'banktransactions', 'manualjournals', 'settings', 'contacts']
      .map((name) => `accounting.${name}.read`)
      .filter((other) => other !== scope);
    expect((await (await caller({}, [...basis, ...others])).get(path)).status).toBe(401);
  });
});

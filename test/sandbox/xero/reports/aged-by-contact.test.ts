import { describe, expect, test } from 'vitest';
import { type Caller, caller } from '../caller.ts';
import { cents, readReport, rowNamed, rowsIn, trialBalances, valuesOf } from './read-report.ts';

const HEADER = ['Date', 'Number', 'Due Date', '', 'Total', 'Paid', 'Credited', 'Due'];

async function contactsOf(user: Caller, tenantId: string): Promise<string[]> {
  const { json } = await user.get('Contacts?page=1&pageSize=1000&includeArchived=true', {
    'xero-tenant-id': tenantId,
  });
  return json.Contacts.map(({ ContactID }: { ContactID: string }) => ContactID);
}

describe('the aged reports by contact', () => {
  test('need a contact [xero-aged-contact-required]', async () => {
    const user = await caller();
    for (const name of ['AgedReceivablesByContact', 'AgedPayablesByContact']) {
      expect((await user.get(`Reports/${name}`)).status).toBe(400);
      expect((await user.get(`Reports/${name}?contactID=00000000-0000-4000-8000-000000000000`)).status).toBe(
        404,
      );
    }
  });

  test('list what is open with its id on every cell, between opening and closing balance [xero-aged-shape] [xero-aged-open-only]', async () => {
    const user = await caller();
    const { control } = user.sandbox;
    const contactID = control.create({ resource: 'contacts', fields: { Name: 'Aged & Co' } }).id;
    const invoice = (date: string, DueDate: string, amount: string) =>
      control.create({
        resource: 'invoices',
        fields: {
          ContactID: contactID,
          Date: date,
          DueDate,
          LineItems: [{ Description: 'x', UnitAmount: amount, TaxType: 'NONE' }],
        },
      }).id;
    const old = invoice('2026-08-01', '2026-08-20', '40.00');
    const partPaid = invoice('2026-10-01', '2026-10-20', '100.00');
    const paid = invoice('2026-10-02', '2026-10-20', '70.00');
    invoice('2026-11-15', '2026-12-20', '9.00');
    control.create({
      resource: 'payments',
      fields: { InvoiceID: partPaid, Amount: '30.00', Date: '2026-10-25' },
    });
    control.create({ resource: 'payments', fields: { InvoiceID: paid, Date: '2026-11-05' } });
    const path = `AgedReceivablesByContact?contactID=${contactID}`;
    const report = await readReport(user, `${path}&fromDate=2026-09-01&toDate=2026-11-10&date=2026-11-09`);
    expect(report.ReportTitles).toEqual([
      'Invoices',
      'Aged & Co',
      'From 1 September 2026 to 10 November 2026',
      'Showing payments to 9 November 2026',
    ]);
    expect([report.Rows[0], ...rowsIn(report)].map(valuesOf)).toEqual([
      HEADER,
      ['2026-09-01T00:00:00', 'Opening Balance', '', '', '', '', '', '40.00'],
      [
        '2026-10-01T00:00:00',
        expect.stringMatching(/^INV-/),
        '2026-10-20T00:00:00',
        '20 days overdue',
        '100.00',
        '30.00',
        '0.00',
        '70.00',
      ],
      ['Total', '', '', '', '100.00', '30.00', '0.00', '70.00'],
      ['Closing Balance', '', '', '', '100.00', '30.00', '0.00', '110.00'],
    ]);
    for (const cell of rowsIn(report)[1]?.Cells ?? [])
      expect(cell.Attributes).toEqual([{ Value: partPaid, Id: 'invoiceID' }]);
    // The payment of 5 November had not been made on the 4th.
    const earlier = await readReport(user, `${path}&date=2026-11-04`);
    expect(rowsIn(earlier).map((row) => row.Cells?.[0]?.Attributes?.[0]?.Value)).toEqual(
      expect.arrayContaining([old, partPaid, paid]),
    );
    const bills = await readReport(user, `AgedPayablesByContact?contactID=${contactID}`);
    expect(valuesOf(bills.Rows[0])[1]).toBe('Reference');
    expect(valuesOf(rowNamed(bills, 'Closing Balance')).at(-1)).toBe('0.00');
  });

  test('show open credits as negative lines with ids of their own [xero-aged-credits]', async () => {
    const user = await caller();
    const { control } = user.sandbox;
    const contactID = control.create({ resource: 'contacts', fields: { Name: 'Credited & Co' } }).id;
    const LineItems = [{ Description: 'x', UnitAmount: '25.00', TaxType: 'NONE' }];
    const fields = { ContactID: contactID, Date: '2026-10-05', LineItems };
    const note = control.create({ resource: 'creditNotes', fields: { ...fields, Type: 'ACCRECCREDIT' } }).id;
    const ahead = control.create({ resource: 'prepayments', fields }).id;
    const report = await readReport(user, `AgedReceivablesByContact?contactID=${contactID}`);
    const lines = rowsIn(report).filter((row) => row.Cells?.[0]?.Attributes);
    expect(lines.map((row) => row.Cells?.[0]?.Attributes)).toEqual([
      [{ Value: note, Id: 'creditNoteID' }],
      [{ Value: ahead, Id: 'prepaymentID' }],
    ]);
    expect(valuesOf(lines[0]).slice(4)).toEqual(['-25.00', '0.00', '0.00', '-25.00']);
    expect(valuesOf(rowNamed(report, 'Closing Balance')).at(-1)).toBe('-50.00');
  });

  test('add up over all contacts to the control accounts of the trial balance [xero-aged-adds-up]', async () => {
    const user = await caller();
    user.sandbox.control.change({ organisation: 'all', fraction: 0.2 });
    for (const { tenantId } of user.sandbox.companies) {
      const contacts = await contactsOf(user, tenantId);
      const accounts: { AccountID: string; SystemAccount: string }[] = (
        await user.get('Accounts', { 'xero-tenant-id': tenantId })
      ).json.Accounts;
      const idOf = (system: string) =>
        accounts.find(({ SystemAccount }) => SystemAccount === system)?.AccountID ?? '';
      for (const date of ['2026-11-30', '2026-06-30']) {
        const trial = await trialBalances(user, date, tenantId);
        for (const [name, system, sign] of [
          ['AgedReceivablesByContact', 'DEBTORS', 1n],
          ['AgedPayablesByContact', 'CREDITORS', -1n],
        ] as const) {
          let sum = 0n;
          for (const contact of contacts) {
            const report = await readReport(user, `${name}?contactID=${contact}&date=${date}`, tenantId);
            sum += cents(valuesOf(rowNamed(report, 'Closing Balance')).at(-1));
          }
          expect([name, date, sum]).toEqual([name, date, sign * (trial.get(idOf(system)) ?? 0n)]);
        }
      }
    }
  });
});

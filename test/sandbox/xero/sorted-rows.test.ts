import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { firstNot, type Order, sortedIndexes } from '../../../server/sandbox/xero/accounting/sorted-rows.ts';
import type { Company } from '../../../server/sandbox/xero/company/company.ts';
import { openDocuments } from '../../../server/sandbox/xero/company/open-documents.ts';
import type { Contact, Invoice } from '../../../server/sandbox/xero/company/rows.ts';
import { type Caller, caller } from './caller.ts';

const byChange: Order<Invoice> = {
  name: 'UpdatedDateUTC',
  isOptimised: true,
  keyOf: (_, row) => row.updatedAt,
  isDescending: false,
};
const byDate: Order<Invoice> = {
  name: 'Date',
  isOptimised: true,
  keyOf: (_, row) => row.date,
  isDescending: true,
};
/** Moves when a contact is renamed, while the invoice itself is not touched. */
const byContact: Order<Invoice> = {
  name: 'Contact.Name',
  isOptimised: false,
  keyOf: (company, row) => company.contacts.at(row.contact).name,
  isDescending: false,
};
const byName: Order<Contact> = {
  name: 'Name',
  isOptimised: true,
  keyOf: (_, row) => row.name,
  isDescending: false,
};

type Sortable = Invoice & Omit<Contact, keyof Invoice>;

/** Sorted from nothing, by the ids themselves. */
function afresh<Kind extends 'invoices' | 'contacts'>(
  company: Company,
  kind: Kind,
  keyOf: (row: Sortable) => number | string,
  sign: 1 | -1,
): number[] {
  return [...company[kind]]
    .filter((row) => !row.isHidden)
    .map((row) => ({
      index: row.index,
      key: keyOf(row as unknown as Sortable),
      id: company.id(kind, row.index),
    }))
    .sort((a, b) => (a.key < b.key ? -sign : a.key > b.key ? sign : a.id < b.id ? -1 : 1))
    .map(({ index }) => index);
}

function expectOrdersToHold(company: Company) {
  expect([...sortedIndexes(company, 'invoices', byChange)]).toEqual(
    afresh(company, 'invoices', (row) => row.updatedAt, 1),
  );
  expect([...sortedIndexes(company, 'invoices', byDate)]).toEqual(
    afresh(company, 'invoices', (row) => row.date, -1),
  );
  expect([...sortedIndexes(company, 'invoices', byContact)]).toEqual(
    afresh(company, 'invoices', (row) => company.contacts.at(row.contact).name, 1),
  );
  expect([...sortedIndexes(company, 'contacts', byName)]).toEqual(
    afresh(company, 'contacts', (row) => row.name, 1),
  );
}

test('a list that is kept sorted through changes is the list sorted afresh', async () => {
  const { sandbox, clock } = await caller();
  const [company] = sandbox.companies as [Company];
  fc.assert(
    fc.property(fc.array(fc.nat(5), { minLength: 1, maxLength: 12 }), (works) => {
      for (const [at, work] of works.entries()) {
        if (at % 3 === 0) clock.advance(1000);
        if (work === 0) sandbox.control.change({ fraction: 0.02, seed: at });
        else if (work === 1) sandbox.control.change({ fraction: 0.3, seed: at });
        else {
          const kind = work < 4 ? 'invoices' : 'contacts';
          const [shown] = sortedIndexes(company, 'invoices', byChange);
          const index = kind === 'invoices' ? (shown ?? 0) : company.invoices.at(0).contact;
          const id = company.id(kind, index);
          if (work === 2) sandbox.control.vanish({ resource: 'invoices', id });
          else if (work === 3) sandbox.control.setRaw({ resource: 'invoices', id, raw: null });
          else sandbox.control.edit({ resource: 'contacts', id, fields: { Name: `Zz ${at} ${work}` } });
        }
        expectOrdersToHold(company);
      }
    }),
    { numRuns: 12 },
  );
});

test('the first place that is not before is found at any place', () => {
  fc.assert(
    fc.property(fc.nat(40), fc.nat(45), (length, bound) => {
      const indexes = Uint32Array.from({ length }, (_, at) => at);
      expect(firstNot(indexes, (index) => index < bound)).toBe(Math.min(bound, length));
    }),
  );
});

describe('a query asked again', () => {
  const plural = (user: Caller, path: string) => user.get(path).then(({ json }) => json.Invoices.length);

  test('sees what changed in between, also in records that are not listed', async () => {
    const user = await caller();
    const { control } = user.sandbox;
    const unpaid = encodeURIComponent('AmountDue>0 AND Status=="AUTHORISED"');
    const path = `Invoices?page=1&pageSize=1000&where=${unpaid}`;
    const { Invoices } = (await user.get(path)).json;
    expect(await plural(user, path)).toBe(Invoices.length);
    control.create({ resource: 'payments', fields: { InvoiceID: Invoices[0].InvoiceID } });
    expect(await plural(user, path)).toBe(Invoices.length - 1);
    const { ContactID, Name } = Invoices.at(-1).Contact;
    const named = `Invoices?page=1&where=${encodeURIComponent(`Contact.Name=="${Name}"`)}`;
    expect(await plural(user, named)).toBeGreaterThan(0);
    control.edit({ resource: 'contacts', id: ContactID, fields: { Name: 'Quite another name' } });
    expect(await plural(user, named)).toBe(0);
  });

  test('is another query with another value, page or state of the archive', async () => {
    const user = await caller();
    const count = async (query: string) =>
      (await user.get(`Contacts?page=1&pageSize=1000${query}`)).json.Contacts.length;
    const active = await count('');
    const all = await count('&includeArchived=true');
    expect(all).toBeGreaterThan(active);
    expect(await count('')).toBe(active);
    expect(await count('&searchTerm=zephyr&includeArchived=true')).toBeLessThan(all);
    expect((await user.get('Contacts?page=2&pageSize=30')).json.Contacts).toHaveLength(
      Math.min(30, active - 30),
    );
    expect(await count('&includeArchived=true')).toBe(all);
  });
});

test('a contact’s balances are the sum of what its open invoices, bills and credits say, through any work', async () => {
  const user = await caller();
  for (const seed of [1, 2, 3, 4]) {
    user.sandbox.control.change({ fraction: 0.2, seed });
    const { Invoices } = (await user.get('Invoices?page=1&pageSize=1000')).json;
    const { Contacts } = (await user.get('Contacts?page=1&pageSize=1000&includeArchived=true')).json;
    const [company] = user.sandbox.companies as [Company];
    for (const { index } of company.contacts) {
      const open = company.invoices.filter(
        (row) => row.contact === index && row.status === 'AUTHORISED' && !row.isHidden,
      );
      expect(openDocuments(company, 'invoices', index)).toEqual(open.map((row) => row.index));
    }
    const due = new Map<string, number>();
    for (const invoice of Invoices) {
      if (invoice.Status !== 'AUTHORISED') continue;
      const key = `${invoice.Type} ${invoice.Contact.ContactID}`;
      due.set(key, (due.get(key) ?? 0) + Math.round(invoice.AmountDue * 100));
    }
    for (const plural of ['CreditNotes', 'Prepayments', 'Overpayments']) {
      for (const credit of (await user.get(`${plural}?page=1&pageSize=1000`)).json[plural]) {
        if (credit.Status !== 'AUTHORISED') continue;
        const key = `${/^(ACCREC|RECEIVE)/.test(credit.Type) ? 'ACCREC' : 'ACCPAY'} ${credit.Contact.ContactID}`;
        due.set(key, (due.get(key) ?? 0) - Math.round(credit.RemainingCredit * 100));
      }
    }
    for (const { ContactID, Balances } of Contacts) {
      const shown = [
        Balances?.AccountsReceivable.Outstanding ?? 0,
        Balances?.AccountsPayable.Outstanding ?? 0,
      ];
      expect(shown.map((amount) => Math.round(amount * 100))).toEqual([
        due.get(`ACCREC ${ContactID}`) ?? 0,
        due.get(`ACCPAY ${ContactID}`) ?? 0,
      ]);
    }
  }
});

import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Caller, caller } from './caller.ts';

// biome-ignore lint/suspicious/noExplicitAny: records of every shape
type Row = any;
let user: Caller;
let rows: Row[];
beforeAll(async () => {
  user = await caller();
  rows = (await user.get('Invoices?page=1&pageSize=1000')).json.Invoices;
});

const found = async (where: string): Promise<string[]> => {
  const reply = await user.get(`Invoices?page=1&pageSize=1000&where=${encodeURIComponent(where)}`);
  if (reply.status !== 200) throw new Error(`${where}: ${reply.text}`);
  return reply.json.Invoices.map((row: Row) => row.InvoiceID);
};

/** A condition as text and as a function over what the API itself shows. */
interface Condition {
  text: string;
  test(row: Row): boolean;
}

const OPERATORS: Record<string, (a: number | string, b: number | string) => boolean> = {
  '==': (a, b) => a === b,
  '=': (a, b) => a === b,
  '!=': (a, b) => a !== b,
  '<': (a, b) => a < b,
  '>': (a, b) => a > b,
  '<=': (a, b) => a <= b,
  '>=': (a, b) => a >= b,
};
const operator = fc.constantFrom(...Object.keys(OPERATORS));
const apply = (name: string, a: number | string, b: number | string) => OPERATORS[name]?.(a, b) ?? false;

const amount = fc
  .tuple(operator, fc.constantFrom('Total', 'AmountDue', 'AmountPaid'), fc.integer({ min: 0, max: 99_999 }))
  .map(
    ([name, field, cents]): Condition => ({
      text: `${field}${name}${cents / 100}`,
      test: (row) => apply(name, row[field], cents / 100),
    }),
  );
const date = fc
  .tuple(
    operator,
    fc.constantFrom('Date', 'DueDate'),
    fc.integer({ min: 1, max: 12 }),
    fc.integer({ min: 1, max: 28 }),
  )
  .map(([name, field, month, day]): Condition => {
    const iso = `2026-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}T00:00:00`;
    return {
      text: `${field} ${name} DateTime(2026, ${month}, ${day})`,
      test: (row) => apply(name, row[`${field}String`], iso),
    };
  });
const status = fc
  .tuple(fc.constantFrom('==', '!='), fc.constantFrom('PAID', 'AUTHORISED', 'DRAFT', 'VOIDED'))
  .map(
    ([name, value]): Condition => ({
      text: `Status${name}"${value}"`,
      test: (row) => apply(name, row.Status, value),
    }),
  );
const text = fc
  .tuple(
    fc.constantFrom('Contains', 'StartsWith', 'EndsWith'),
    fc.constantFrom('inv', '00', '7', 'ODD', '-1'),
  )
  .map(
    ([method, value]): Condition => ({
      text: `InvoiceNumber.${method}("${value}")`,
      test(row) {
        const [number, wanted] = [(row.InvoiceNumber ?? '').toLowerCase(), value.toLowerCase()];
        if (method === 'Contains') return number.includes(wanted);
        return method === 'StartsWith' ? number.startsWith(wanted) : number.endsWith(wanted);
      },
    }),
  );

const condition: fc.Memo<Condition> = fc.memo((depth) =>
  depth <= 1
    ? fc.oneof(amount, date, status, text)
    : fc.oneof(
        amount,
        date,
        status,
        text,
        fc.tuple(condition(depth - 1), fc.constantFrom('AND', '&&', 'and'), condition(depth - 1)).map(
          ([a, word, b]): Condition => ({
            text: `(${a.text}) ${word} (${b.text})`,
            test: (row) => a.test(row) && b.test(row),
          }),
        ),
        fc.tuple(condition(depth - 1), fc.constantFrom('OR', '||', 'or'), condition(depth - 1)).map(
          ([a, word, b]): Condition => ({
            text: `(${a.text} ${word} ${b.text})`,
            test: (row) => a.test(row) || b.test(row),
          }),
        ),
      ),
);

describe('where', () => {
  test('finds what the same condition finds in the whole list, however deep [xero-where-every-operator]', async () => {
    await fc.assert(
      fc.asyncProperty(condition(3), async (wanted) => {
        const expected = rows.filter(wanted.test).map((row) => row.InvoiceID);
        // AND binds closer than OR, so that a text without parentheses around AND means another thing than its parts.
        expect([wanted.text, await found(wanted.text)]).toEqual([wanted.text, expected]);
      }),
      { numRuns: 150 },
    );
  });

  test('knows null, ids in any case, booleans, and that AND binds closer than OR [xero-where-every-operator]', async () => {
    const ids = (test: (row: Row) => boolean) => rows.filter(test).map((row) => row.InvoiceID);
    expect(await found('InvoiceNumber!=null')).toEqual(ids((row) => row.InvoiceNumber));
    expect(await found('InvoiceNumber==null')).toEqual(ids((row) => !row.InvoiceNumber));
    const [{ InvoiceID }] = rows;
    expect(await found(`InvoiceID==GUID("${InvoiceID.toUpperCase()}")`)).toEqual([InvoiceID]);
    expect(await found('Type=="ACCREC" AND Status=="DRAFT" OR Status=="VOIDED"')).toEqual(
      ids((row) => (row.Type === 'ACCREC' && row.Status === 'DRAFT') || row.Status === 'VOIDED'),
    );
    const payments = (await user.get('Payments?page=1&pageSize=1000&where=IsReconciled==false')).json
      .Payments;
    expect(payments.length).toBeGreaterThan(5);
    expect(payments.every((row: Row) => row.IsReconciled === false)).toBe(true);
  });
});

describe('lists', () => {
  test('come in the order of fields that are not optimised, too [xero-order-slow-fields]', async () => {
    const by = async (order: string) =>
      (await user.get(`Invoices?page=1&pageSize=1000&order=${encodeURIComponent(order)}`)).json.Invoices;
    const totals = (await by('Total DESC')).map((row: Row) => row.Total);
    expect(totals).toEqual([...totals].sort((a, b) => b - a));
    const numbers = (await by('InvoiceNumber')).map((row: Row) => row.InvoiceNumber ?? '');
    expect(numbers).toEqual([...numbers].sort());
    const paid = (await by('FullyPaidOnDate')).map((row: Row) => Boolean(row.FullyPaidOnDate));
    expect(paid).toEqual([...paid].sort((a, b) => Number(a) - Number(b)));
  });

  test('of contacts in brief lack addresses, balances, groups, persons and roles [xero-brief-fields]', async () => {
    const { json } = await user.get('Contacts?summaryOnly=true&pageSize=1000');
    expect(json.pagination).toMatchObject({ page: 1, pageSize: 1000 });
    for (const contact of json.Contacts) {
      for (const field of [
        'Addresses',
        'Balances',
        'ContactGroups',
        'ContactPersons',
        'IsCustomer',
        'IsSupplier',
      ])
        expect(contact).not.toHaveProperty(field);
    }
  });

  test('are searched by searchTerm in any case, page by page [xero-search-term]', async () => {
    const search = async (path: string, plural: string) => (await user.get(path)).json[plural];
    expect(await search('Invoices?page=1&searchTerm=odd-&pageSize=5', 'Invoices')).toHaveLength(5);
    const contacts = await search('Contacts?page=1&pageSize=1000&searchTerm=ZERO%E2%80%8Bwidth', 'Contacts');
    expect(contacts.map((row: Row) => row.Name)).toEqual(['Zero\u200bWidth \u202eesreveR']);
    const byNumber = await search('Contacts?searchTerm=0001&includeArchived=true', 'Contacts');
    expect(byNumber.length).toBeGreaterThan(0);
    expect(byNumber.every((row: Row) => JSON.stringify(row).includes('0001'))).toBe(true);
  });
});

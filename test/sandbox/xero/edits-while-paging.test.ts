import { describe, expect, test } from 'vitest';
import { type Caller, caller, NOON } from './caller.ts';

// biome-ignore lint/suspicious/noExplicitAny: records of every shape
type Row = any;
const rowsOf = async (user: Caller, path: string): Promise<Row[]> =>
  (await user.get(path)).json[path.split(/[?/]/)[0] ?? ''];
const idsOf = (rows: Row[]) => rows.map((row) => row.InvoiceID as string);

describe('orders for edits between pages', () => {
  test('happen after the call they name, so that a sweep by change misses a neighbour [xero-edit-moves-row]', async () => {
    const user = await caller();
    const { control } = user.sandbox;
    const page = async (number: number) => idsOf(await rowsOf(user, `Invoices?page=${number}&pageSize=20`));
    const quiet = [...(await page(1)), ...(await page(2)), ...(await page(3))];
    const contact = (await rowsOf(user, 'Contacts?page=1'))[0].ContactID;
    const id = quiet[5] ?? '';
    user.clock.advance(60_000);
    control.editAfterCalls({
      afterCalls: 2,
      path: '/Invoices',
      edits: [{ action: 'edit', resource: 'invoices', id, fields: { Reference: 'moved' } }],
    });
    expect(control.editsMade({}).pending).toBe(1);
    const seen = await page(1);
    // Neither another resource nor a look by id counts.
    await user.get(`Contacts/${contact}`);
    await user.get(`Invoices/${id}`);
    await user.get('Accounts');
    seen.push(...(await page(2)));
    expect(seen).toEqual(quiet.slice(0, 40));
    seen.push(...(await page(3)));
    // The 41st record slid onto the second page, which had been read.
    expect(seen).not.toContain(quiet[40]);
    expect(control.editsMade({})).toEqual({
      pending: 0,
      edits: [{ tenantId: user.tenantIds[0], action: 'edit', at: NOON + 60_000, result: { id } }],
    });
  });

  test('do every kind of change, in the order given, and note what the books refuse', async () => {
    const user = await caller();
    const { control } = user.sandbox;
    const [a, b] = (await rowsOf(user, 'Contacts?page=1')).map((row) => row.ContactID as string);
    const draft = (await rowsOf(user, 'Invoices?page=1&where=Status=="DRAFT"'))[0].InvoiceID as string;
    const paid = (await rowsOf(user, 'Invoices?page=1&where=Status=="PAID"'))[0].InvoiceID as string;
    control.editAfterCalls({
      afterCalls: 1,
      edits: [
        { action: 'advanceClock', ms: 1000 },
        { action: 'archive', resource: 'contacts', id: a },
        { action: 'restore', resource: 'contacts', id: a },
        { action: 'merge', from: a, into: b },
        { action: 'delete', resource: 'invoices', id: draft },
        { action: 'void', resource: 'invoices', id: paid },
        { action: 'create', resource: 'contacts', fields: { Name: 'Between pages' } },
        { action: 'change', fraction: 0.01, seed: 2, works: ['merge-contacts', 'delete-payment'] },
        { action: 'vanish', resource: 'invoices', id: paid },
      ],
    });
    const before = await rowsOf(user, 'Contacts?page=1&pageSize=1000&includeArchived=true');
    expect(before.some((row) => row.Name === 'Between pages')).toBe(false);
    const { edits } = control.editsMade({});
    expect(edits.map(({ action, refused }) => [action, refused ?? 'done'])).toEqual([
      ['advanceClock', 'done'],
      ['archive', 'done'],
      ['restore', 'done'],
      ['merge', 'done'],
      ['delete', 'done'],
      ['void', 'Invoice not of valid status for modification'],
      ['create', 'done'],
      ['change', 'done'],
      ['vanish', 'done'],
    ]);
    expect(edits[1]?.at).toBe(NOON + 1000);
    expect((await user.get(`Invoices/${draft}`)).json.Invoices[0].Status).toBe('DELETED');
    expect((await user.get(`Invoices/${paid}`)).status).toBe(404);
    expect(control.state().organisations[0]?.ledgerSum).toBe('0.00');
  });

  test('are refused at once where they do not fit, count for their organisation only, and can be forgotten', async () => {
    const user = await caller();
    const { control } = user.sandbox;
    const edits = [{ action: 'create' as const, resource: 'contacts', fields: { Name: 'X' } }];
    expect(() =>
      control.editAfterCalls({ afterCalls: 1, edits: [{ action: 'edit', resource: 'nope' }] }),
    ).toThrow(/Invalid option/);
    expect(() => control.editAfterCalls({ afterCalls: 0, edits })).toThrow();
    control.editAfterCalls({ organisation: user.tenantIds[1] ?? '', afterCalls: 1, edits });
    await user.get('Contacts?page=1');
    expect(control.editsMade({})).toEqual({ pending: 1, edits: [] });
    await user.get('Contacts?page=1', { 'xero-tenant-id': user.tenantIds[1] ?? '' });
    expect(control.editsMade({}).edits).toHaveLength(1);
    control.editAfterCalls({ afterCalls: 1, edits });
    expect(control.clearEdits({})).toEqual({ pending: 0 });
    await user.get('Contacts?page=1');
    expect(control.editsMade({})).toEqual({ pending: 0, edits: [] });
  });
});

describe('contacts', () => {
  test('merge into another, and of all that moves only the merged one is stamped [xero-merge-unstamped] [xero-merge-archives]', async () => {
    const user = await caller();
    const { control } = user.sandbox;
    const invoices = await rowsOf(user, 'Invoices?page=1&pageSize=1000');
    const from = invoices[0].Contact.ContactID as string;
    const into = invoices.find((row) => row.Contact.ContactID !== from).Contact.ContactID as string;
    const stamps = new Map(invoices.map((row) => [row.InvoiceID, row.UpdatedDateUTC]));
    const survivor = (await user.get(`Contacts/${into}`)).json.Contacts[0];
    user.clock.advance(1000);
    const { moved } = control.merge({ from, into });
    expect(moved).toBeGreaterThan(0);
    const merged = (await user.get(`Contacts/${from}`)).json.Contacts[0];
    expect(merged).toMatchObject({
      ContactStatus: 'ARCHIVED',
      MergedToContactID: into,
      UpdatedDateUTC: `/Date(${NOON + 1000}+0000)/`,
    });
    expect((await user.get(`Contacts/${into}`)).json.Contacts[0].UpdatedDateUTC).toBe(
      survivor.UpdatedDateUTC,
    );
    const after = await rowsOf(user, 'Invoices?page=1&pageSize=1000');
    expect(after.some((row) => row.Contact.ContactID === from)).toBe(false);
    expect(new Map(after.map((row) => [row.InvoiceID, row.UpdatedDateUTC]))).toEqual(stamps);
    expect(() => control.merge({ from, into })).toThrow('Only an active contact can be merged.');
    expect(() => control.merge({ from: into, into: from })).toThrow(/active one/);
    expect(() => control.merge({ from: into, into })).toThrow(/itself/);
    expect(() => control.restore({ resource: 'contacts', id: from })).toThrow(/merged/);
  });
});

test('an account that nothing was booked to is deleted without a trace [xero-account-delete-traceless]', async () => {
  const user = await caller();
  const { control } = user.sandbox;
  const draft = control.create({ resource: 'accounts', fields: { Name: 'Of a draft', Code: '778' } }).id;
  const LineItems = [{ Description: 'x', UnitAmount: '1', AccountCode: '778' }];
  control.create({ resource: 'invoices', fields: { Status: 'DRAFT', LineItems } });
  expect(() => control.delete({ resource: 'accounts', id: draft })).toThrow(/only archived/);
  const { id } = control.create({ resource: 'accounts', fields: { Name: 'Unused', Code: '777' } });
  control.archive({ resource: 'accounts', id });
  expect((await user.get(`Accounts/${id}`)).json.Accounts[0].Status).toBe('ARCHIVED');
  control.restore({ resource: 'accounts', id });
  expect((await user.get(`Accounts/${id}`)).json.Accounts[0].Status).toBe('ACTIVE');
  control.delete({ resource: 'accounts', id });
  expect((await user.get(`Accounts/${id}`)).status).toBe(404);
  expect((await user.get('Accounts')).text).not.toContain(id);
  const idOf = (search: string) => control.listRecords({ resource: 'accounts', search }).rows[0]?.id ?? '';
  expect(() => control.delete({ resource: 'accounts', id: idOf('Business Cheque') })).toThrow(
    /only archived/,
  );
  expect(() => control.delete({ resource: 'accounts', id: idOf('Receivable') })).toThrow(/System/);
});

import { describe, expect, it } from 'vitest';
import { bookChanges } from '../../../../server/engine/steps/pull/book-changes.ts';
import type { Known } from '../../../../server/engine/steps/pull/id-table.ts';
import { rawHashOf } from '../../../../server/engine/steps/pull/known-records.ts';
import { cutPage } from '../../../../server/mirror/cutter.ts';
import { resourceNamed } from '../../../../server/resources/index.ts';

const transfers = resourceNamed('bank-transfers');
const made = Date.UTC(2026, 10, 21, 3);
const text = (fields: Record<string, unknown>): string =>
  JSON.stringify({
    BankTransferID: 't1',
    CreatedDateUTC: `/Date(${made}+0000)/`,
    Date: '/Date(1793318400000+0000)/',
    Status: 'AUTHORISED',
    FromIsReconciled: false,
    Amount: 5,
    ...fields,
  });
const cut = (raw: string) =>
  cutPage(Buffer.from(`{"BankTransfers":[${raw}]}`), 'BankTransfers', transfers).records;
const asKnown = (raw: string) => new Map<string, Known>([['t1', { rawHash: rawHashOf(raw), state: '' }]]);
const mirrorOf = (raw: string | undefined, asked = { count: 0 }) => ({
  record: async () => {
    asked.count += 1;
    return raw;
  },
});
const changes = (raw: string, known = new Map<string, Known>(), mirror = mirrorOf(undefined)) =>
  bookChanges(mirror, transfers, cut(raw), known);

describe('a transfer that changed', () => {
  it('was, when it is new and stands, made at the instant that it tells, and reaches back to its date', async () => {
    expect(await changes(text({}))).toEqual([{ at: made, reach: '2026-10-30' }]);
  });

  it('has no instant when it is new and was removed, or does not tell when it was made', async () => {
    expect(await changes(text({ Status: 'DELETED' }))).toMatchObject([{ at: 0 }]);
    expect(await changes(text({ CreatedDateUTC: 'soon' }))).toMatchObject([{ at: 0 }]);
    expect(await changes(text({ CreatedDateUTC: undefined }))).toMatchObject([{ at: 0 }]);
  });

  it('has no instant when it was removed, and may reach anywhere', async () => {
    const before = text({});
    const after = text({ Status: 'DELETED', FromIsReconciled: true });
    expect(await changes(after, asKnown(before), mirrorOf(before))).toEqual([{ at: 0, reach: '' }]);
  });

  it('does not touch the books when only its marks changed', async () => {
    const before = text({});
    expect(await changes(text({ FromIsReconciled: true }), asKnown(before), mirrorOf(before))).toEqual([]);
  });

  it('counts when the text of the mirror is not the one that is known, is not there, or does not parse', async () => {
    const [before, marked] = [text({}), text({ FromIsReconciled: true })];
    for (const raw of [text({ Amount: 6 }), undefined])
      expect(await changes(marked, asKnown(before), mirrorOf(raw))).toHaveLength(1);
    const broken = '{"BankTransferID":"t1","Amount":01}';
    expect(await changes(marked, asKnown(broken), mirrorOf(broken))).toHaveLength(1);
    expect(await changes(broken, asKnown(before), mirrorOf(before))).toHaveLength(1);
  });

  it('is compared with the mirror only while they are few', async () => {
    const before = text({});
    const asked = { count: 0 };
    const [record] = cut(text({ FromIsReconciled: true }));
    const many = Array.from({ length: 70 }, () => record ?? expect.fail());
    const found = await bookChanges(mirrorOf(before, asked), transfers, many, asKnown(before));
    expect(asked.count).toBe(50);
    expect(found).toHaveLength(20);
  });
});

describe('a record that Xero stamps', () => {
  it('changed at its stamp, and is not compared', async () => {
    const payments = resourceNamed('payments');
    const raw = '{"PaymentID":"p","UpdatedDateUTC":"/Date(7+0000)/","Date":"/Date(1793318400000+0000)/"}';
    const { records } = cutPage(Buffer.from(`{"Payments":[${raw}]}`), 'Payments', payments);
    const asked = { count: 0 };
    const known = new Map([['p', { rawHash: 'x', state: '' }]]);
    expect(await bookChanges(mirrorOf(raw, asked), payments, records, known)).toEqual([{ at: 7, reach: '' }]);
    expect(await bookChanges(mirrorOf(raw, asked), payments, records, new Map())).toEqual([
      { at: 7, reach: '2026-10-30' },
    ]);
    expect(asked.count).toBe(0);
  });

  it('moves no report when its list is not one that reports add up', async () => {
    const contacts = resourceNamed('contacts');
    const { records } = cutPage(Buffer.from('{"Contacts":[{"ContactID":"c"}]}'), 'Contacts', contacts);
    expect(await bookChanges(mirrorOf(''), contacts, records, new Map())).toEqual([{ at: 0, reach: null }]);
  });
});

/** Paths that reach into lists: by what an element says, all of them, several fields together. */
import { describe, expect, it } from 'vitest';
import { fieldPaths, pathReader } from '../../server/mirror/column-paths.ts';
import type { RowsRequest } from '../../server/mirror/mirror.ts';
import type { Column } from '../../server/resources/resource.ts';
import { collect, cutOf, mirrorIn, mirrorWorlds, put } from './world.ts';

const worlds = mirrorWorlds();

const textColumn = (path: string): Column => ({
  key: path,
  label: path,
  type: 'text',
  path,
  isDefault: true,
});

async function read(contact: Record<string, unknown>, ...paths: string[]): Promise<unknown[]> {
  const mirror = await mirrorIn(worlds.ports());
  await put(mirror, 'contacts', cutOf('contacts', { ContactID: 'c', ...contact }));
  const request: RowsRequest = {
    source: { kind: 'records', resource: 'contacts' },
    columns: paths.map(textColumn),
    filters: [],
    orderBy: [],
  };
  const { rows, gaps } = await collect(mirror, request);
  expect(gaps).toEqual([]);
  return rows[0] ?? [];
}

const phone = (PhoneType: string, PhoneNumber: unknown, PhoneAreaCode = '', PhoneCountryCode?: string) => ({
  PhoneType,
  PhoneNumber,
  PhoneAreaCode,
  PhoneCountryCode,
});

describe('a path into a list', () => {
  it('takes the first element that says so, and nothing where none does', async () => {
    const Phones = [phone('FAX', '1'), phone('MOBILE', '2'), phone('MOBILE', '3')];
    const mobile = 'Phones[PhoneType=MOBILE].PhoneNumber';
    const direct = 'Phones[PhoneType=DDI].PhoneNumber';
    expect(await read({ Phones }, mobile, direct)).toEqual(['2', null]);
    expect(await read({ Phones: [] }, mobile)).toEqual([null]);
    expect(await read({ Phones: null }, mobile)).toEqual([null]);
    expect(await read({}, mobile)).toEqual([null]);
  });

  it('takes all elements with commas between, without those that are empty', async () => {
    const names = (...all: unknown[]) => ({ ContactGroups: all.map((Name) => ({ Name })) });
    const path = 'ContactGroups[*].Name';
    expect(await read(names('VIP', '', 'A, B', null, "O'Hara"), path)).toEqual(["VIP, A, B, O'Hara"]);
    expect(await read(names(''), path)).toEqual([null]);
    expect(await read({ ContactGroups: [] }, path)).toEqual([null]);
    const deep = 'ContactGroups[*].Contacts[0].Name';
    expect(await read({ ContactGroups: [{ Contacts: [{ Name: 'x' }] }, { Contacts: [] }] }, deep)).toEqual([
      'x',
    ]);
  });

  it('takes several fields together, without those that are empty', async () => {
    const number = (type: string) => `Phones[PhoneType=${type}].{PhoneCountryCode PhoneAreaCode PhoneNumber}`;
    const Phones = [phone('DEFAULT', ' 555 ', '04', '64'), phone('FAX', '9'), phone('DDI', '')];
    expect(await read({ Phones }, number('DEFAULT'), number('FAX'), number('DDI'), number('MOBILE'))).toEqual(
      ['64 04 555', '9', null, null],
    );
    const Addresses = [{ AddressLine1: 'a', AddressLine2: '', AddressLine3: 'b' }];
    const address = 'Addresses[0].{AddressLine1, AddressLine2, AddressLine3}';
    expect(await read({ Addresses }, address)).toEqual(['a, b']);
  });

  it('takes the first of its choices that is there', async () => {
    const path = 'BatchPayments.Code|PaymentTerms.Sales.Type|Phones[0].PhoneNumber';
    expect(await read({ Phones: [phone('FAX', '1')] }, path)).toEqual(['1']);
    expect(
      await read({ BatchPayments: null, PaymentTerms: { Sales: { Type: 'x' } }, Phones: [] }, path),
    ).toEqual(['x']);
    expect(await read({}, path)).toEqual([null]);
  });

  it('reads several of them out of one list at once', async () => {
    const Phones = [phone('FAX', '1', '09'), phone('MOBILE', '2')];
    expect(
      await read(
        { Phones },
        'Phones[0].PhoneAreaCode',
        'Phones[*].PhoneNumber',
        'Phones[PhoneType=FAX].PhoneNumber',
      ),
    ).toEqual(['09', '1, 2', '1']);
  });
});

it('says which fields a path reads', () => {
  expect(fieldPaths('Contact.Name')).toEqual(['Contact.Name']);
  expect(fieldPaths('Tracking[1].Option')).toEqual(['Tracking[0].Option']);
  expect(fieldPaths('ContactGroups[*].Name')).toEqual(['ContactGroups[0].Name']);
  expect(fieldPaths('Invoice.Type|CreditNote.Type')).toEqual(['Invoice.Type', 'CreditNote.Type']);
  expect(fieldPaths('Phones[PhoneType=FAX].{PhoneAreaCode PhoneNumber}')).toEqual([
    'Phones[0].PhoneType',
    'Phones[0].PhoneAreaCode',
    'Phones[0].PhoneNumber',
  ]);
});

it.each(['', 'a..b', 'Phones[', 'Phones[x]', 'a.{}', 'a.{B,C}', 'a.{B C, D}', "a[b='c]"])(
  'refuses %j, which is no path',
  (path) => {
    expect(() => pathReader([path])).toThrow('no path');
  },
);

it('refuses paths that take a field for a text here and an object there', () => {
  expect(() => pathReader(['Contact', 'Contact.Name'])).toThrow('beside the other columns');
  expect(() => pathReader(['Phones[0].PhoneType', 'Phones.PhoneType'])).toThrow('beside the other columns');
});

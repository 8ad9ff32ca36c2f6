/** `/Contacts` (xero-api.md 3.1 to 3.4, 2026-11-20). */
import type { Company } from '../company/company.ts';
import type { Contact } from '../company/rows.ts';
import { booleanText, listText, objectText, optionalText, stringText } from '../json/json-text.ts';
import { type Day, instantText } from '../json/wire-dates.ts';
import { balancesText } from './contact-balances.ts';
import { groupsOfContactText } from './contact-groups.ts';
import type { Asked, Form, Listing } from './listing.ts';

export const contacts: Listing<'contacts'> = {
  kind: 'contacts',
  plural: 'Contacts',
  scope: 'accounting.contacts',
  canPage: true,
  hasSummaryOnly: true,
  idField: 'ContactID',
  orders: { Name: (_, row) => row.name },
  where: (company) => ({
    ContactID: { type: 'guid', optimised: 'equals', read: (row) => company.id('contacts', row.index) },
    Name: { type: 'text', optimised: 'equals', read: (row) => row.name },
    EmailAddress: { type: 'text', optimised: 'equals', read: (row) => row.email },
    AccountNumber: { type: 'text', optimised: 'equals', read: (row) => row.accountNumber },
    ContactNumber: { type: 'text', read: (row) => row.number },
    ContactStatus: { type: 'text', read: (row) => row.status },
    FirstName: { type: 'text', read: (row) => row.firstName },
    LastName: { type: 'text', read: (row) => row.lastName },
    IsCustomer: { type: 'boolean', read: (row) => row.isCustomer },
    IsSupplier: { type: 'boolean', read: (row) => row.isSupplier },
    UpdatedDateUTC: { type: 'date', read: (row) => row.updatedAt },
  }),
  filters(company, query) {
    const ids = new Set(query.list('IDs').map((id) => company.indexOf('contacts', id)));
    const term = query.get('searchTerm')?.toLowerCase();
    const tests: ((row: Contact) => boolean)[] = [];
    // Archived contacts come only when asked for (TAP 2.2.0).
    if (!query.isTrue('includeArchived')) tests.push((row) => row.status !== 'ARCHIVED');
    if (query.get('IDs')) tests.push((row) => ids.has(row.index));
    if (term) {
      tests.push((row) =>
        [row.name, row.firstName, row.lastName, row.email, row.number].some((text) =>
          text?.toLowerCase().includes(term),
        ),
      );
    }
    return tests;
  },
  findByName: (company, name) =>
    company.contacts.find((contact) => contact.number === name && !contact.isHidden),
  render: (company, row, form, { now, sees }) =>
    objectText(2, contactFields(company, row, form, 2, company.today(now), sees)),
};

/** The trimmed contact inside a document: id and name, and children that say nothing about the contact. */
export function trimmedContactText(company: Company, index: number, depth: number): string {
  const contact = company.contacts.at(index);
  return objectText(depth, [
    'ContactID',
    stringText(company.id('contacts', index)),
    'Name',
    stringText(contact.name),
    'Addresses',
    '[]',
    'Phones',
    '[]',
    'ContactGroups',
    '[]',
    'ContactPersons',
    '[]',
    'HasValidationErrors',
    'false',
  ]);
}

/** The fuller contact inside a document read by id. */
/** The contact of a document: whole when the document is asked for by id, trimmed in lists (xero-api.md 3.2). */
export const contactText = (company: Company, index: number, form: Form, sees: Sees): string =>
  form === 'full' ? embeddedContactText(company, index, 3, sees) : trimmedContactText(company, index, 3);

export const embeddedContactText = (company: Company, index: number, depth: number, sees: Sees): string =>
  objectText(depth, contactFields(company, company.contacts.at(index), 'summary', depth, 0, sees));

type Sees = Pick<Asked['sees'], 'bankDetails' | 'wholeTaxNumbers'>;

/** Unpaged lists leave out persons, terms, groups, balances and more; `summaryOnly` leaves out addresses and roles too. */
function contactFields(
  company: Company,
  row: Contact,
  form: Form,
  depth: number,
  today: Day,
  sees: Sees,
): (string | undefined)[] {
  const isWhole = form === 'full' || form === 'lines';
  const isBrief = form === 'brief';
  return [
    'ContactID',
    stringText(company.id('contacts', row.index)),
    'ContactNumber',
    optionalText(row.number),
    'AccountNumber',
    optionalText(row.accountNumber),
    'ContactStatus',
    stringText(row.status),
    'Name',
    stringText(row.name),
    'FirstName',
    optionalText(row.firstName),
    'LastName',
    optionalText(row.lastName),
    'EmailAddress',
    stringText(row.email),
    'BankAccountDetails',
    sees.bankDetails ? stringText(bankDetailsOf(company, row)) : '""',
    'TaxNumber',
    optionalText(taxNumberOf(company, row, sees)),
    'Addresses',
    isBrief ? undefined : addressesText(row, depth + 1),
    'Phones',
    phonesText(row, depth + 1),
    'UpdatedDateUTC',
    instantText(row.updatedAt),
    'ContactGroups',
    isBrief ? undefined : isWhole ? groupsOfContactText(company, row.index, depth + 1) : '[]',
    'IsSupplier',
    isBrief ? undefined : booleanText(row.isSupplier),
    'IsCustomer',
    isBrief ? undefined : booleanText(row.isCustomer),
    'DefaultCurrency',
    optionalText(row.currency),
    'Balances',
    isWhole ? balancesText(company, row.index, depth + 1, today) : undefined,
    'ContactPersons',
    isBrief ? undefined : '[]',
    'MergedToContactID',
    row.mergedInto === undefined ? undefined : stringText(company.id('contacts', row.mergedInto)),
    'HasAttachments',
    isWhole ? 'false' : undefined,
    'HasValidationErrors',
    'false',
  ];
}

/** Every third contact has them: their own field, which no document changes. */
const bankDetailsOf = ({ profile }: Company, { index }: Contact): string =>
  index % 3 === 0
    ? `${profile.countryCode === 'NZ' ? '01-0123-' : '20-45-77 '}${String(1_000_000 + index)}-00`
    : '';

/** The last four characters of a US number are left to see (Xero's changelog of 2025, xero-api.md 1.6). */
const taxNumberOf = ({ profile }: Company, { taxNumber }: Contact, sees: Sees): string | null =>
  taxNumber === null || sees.wholeTaxNumbers || profile.countryCode !== 'US'
    ? taxNumber
    : taxNumber.slice(0, -4).replace(/[^-]/g, '*') + taxNumber.slice(-4);

/** Xero sends empty texts for empty lines of an address. */
function addressesText(row: Contact, depth: number): string {
  return listText(
    depth,
    ['STREET', 'POBOX'].map((type) => {
      const isStreet = type === 'STREET' && row.street !== null;
      return objectText(depth + 1, [
        'AddressType',
        stringText(type),
        'AddressLine1',
        isStreet ? optionalText(row.street) : undefined,
        'City',
        stringText((isStreet ? row.city : null) ?? ''),
        'Region',
        '""',
        'PostalCode',
        '""',
        'Country',
        '""',
      ]);
    }),
  );
}

const phonesText = (row: Contact, depth: number): string =>
  listText(
    depth,
    ['DDI', 'DEFAULT', 'FAX', 'MOBILE'].map((type) =>
      objectText(depth + 1, [
        'PhoneType',
        stringText(type),
        'PhoneNumber',
        stringText(type === 'DEFAULT' ? (row.phone ?? '') : ''),
        'PhoneAreaCode',
        '""',
        'PhoneCountryCode',
        '""',
      ]),
    ),
  );

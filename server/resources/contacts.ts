/** Contacts: customers and suppliers, archived ones included. Balances change without a change stamp (xero-api.md 3.1). */
import { flag, money, more, text } from './column.ts';
import type { Column, Resource } from './resource.ts';

const phone = (type: string): string =>
  `Phones[PhoneType=${type}].{PhoneCountryCode PhoneAreaCode PhoneNumber}`;

const addressColumns = (key: string, label: string, type: string): Column[] => {
  const field = (name: string) => `Addresses[AddressType=${type}].${name}`;
  return [
    more.text(`${key}-attention`, `${label} attention to`, field('AttentionTo')),
    more.text(
      `${key}-address`,
      `${label} address`,
      field('{AddressLine1, AddressLine2, AddressLine3, AddressLine4}'),
    ),
    more.text(`${key}-city`, `${label} city`, field('City')),
    more.text(`${key}-region`, `${label} region`, field('Region')),
    more.text(`${key}-postcode`, `${label} postcode`, field('PostalCode')),
    more.text(`${key}-country`, `${label} country`, field('Country')),
  ];
};

export const contacts: Resource = {
  name: 'contacts',
  label: 'Contacts',
  path: 'Contacts',
  envelope: 'Contacts',
  idField: 'ContactID',
  updatedField: 'UpdatedDateUTC',
  stateField: 'ContactStatus',
  scope: 'accounting.contacts.read',
  paging: { kind: 'by-id', order: 'ContactID' },
  query: { includeArchived: 'true' },
  hasModifiedSince: true,
  removal: 'state',
  ledger: null,
  isLong: true,
  columns: [
    text('name', 'Name', 'Name'),
    text('status', 'Status', 'ContactStatus'),
    flag('is-customer', 'Customer', 'IsCustomer'),
    flag('is-supplier', 'Supplier', 'IsSupplier'),
    text('email', 'Email', 'EmailAddress'),
    text('phone', 'Phone', phone('DEFAULT')),
    text('first-name', 'First name', 'FirstName'),
    text('last-name', 'Last name', 'LastName'),
    text('account-number', 'Account number', 'AccountNumber'),
    text('tax-number', 'Tax number', 'TaxNumber'),
    text('currency', 'Default currency', 'DefaultCurrency'),
    text('groups', 'Groups', 'ContactGroups[*].Name'),
    money('receivable', 'Receivable outstanding', 'Balances.AccountsReceivable.Outstanding'),
    money('receivable-overdue', 'Receivable overdue', 'Balances.AccountsReceivable.Overdue'),
    money('payable', 'Payable outstanding', 'Balances.AccountsPayable.Outstanding'),
    money('payable-overdue', 'Payable overdue', 'Balances.AccountsPayable.Overdue'),
    more.text('contact-number', 'Contact number', 'ContactNumber'),
    more.text('mobile', 'Mobile', phone('MOBILE')),
    more.text('direct-phone', 'Direct phone', phone('DDI')),
    more.text('fax', 'Fax', phone('FAX')),
    ...addressColumns('postal', 'Postal', 'POBOX'),
    ...addressColumns('street', 'Street', 'STREET'),
    more.text('company-number', 'Company number', 'CompanyNumber'),
    more.text('website', 'Website', 'Website'),
    more.text('bank-account', 'Bank account', 'BankAccountDetails'),
    more.rate('discount', 'Discount %', 'Discount'),
    more.text('sales-tax-type', 'Sales tax type', 'AccountsReceivableTaxType'),
    more.text('purchases-tax-type', 'Purchases tax type', 'AccountsPayableTaxType'),
    more.text('sales-account', 'Default sales account', 'SalesDefaultAccountCode'),
    more.text('purchases-account', 'Default purchases account', 'PurchasesDefaultAccountCode'),
    more.integer('sales-terms-day', 'Sales terms day', 'PaymentTerms.Sales.Day'),
    more.text('sales-terms-type', 'Sales terms', 'PaymentTerms.Sales.Type'),
    more.integer('bills-terms-day', 'Bill terms day', 'PaymentTerms.Bills.Day'),
    more.text('bills-terms-type', 'Bill terms', 'PaymentTerms.Bills.Type'),
    more.text('network-key', 'Xero network key', 'XeroNetworkKey'),
    more.text('merged-to', 'Merged into contact ID', 'MergedToContactID'),
    more.flag('has-attachments', 'Has attachments', 'HasAttachments'),
    more.instant('updated', 'Updated', 'UpdatedDateUTC'),
    more.text('contact-id', 'Contact ID', 'ContactID'),
  ],
  lines: [
    {
      name: 'groups',
      path: 'ContactGroups',
      columns: [
        text('group', 'Group', 'Name'),
        text('contact', 'Contact', '^Name'),
        text('email', 'Email', '^EmailAddress'),
        text('contact-status', 'Contact status', '^ContactStatus'),
        more.text('group-status', 'Group status', 'Status'),
        more.text('contact-group-id', 'Contact group ID', 'ContactGroupID'),
        more.text('contact-id', 'Contact ID', '^ContactID'),
      ],
    },
    {
      name: 'persons',
      path: 'ContactPersons',
      columns: [
        text('contact', 'Contact', '^Name'),
        text('first-name', 'First name', 'FirstName'),
        text('last-name', 'Last name', 'LastName'),
        text('email', 'Email', 'EmailAddress'),
        flag('in-emails', 'Included in emails', 'IncludeInEmails'),
        more.text('contact-status', 'Contact status', '^ContactStatus'),
        more.text('contact-id', 'Contact ID', '^ContactID'),
      ],
    },
  ],
};

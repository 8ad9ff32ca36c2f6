/** `/Organisation`: the one record of the organisation itself (xero-api.md 3.2 and 3.4, 2026-11-20). */
import type { Company } from '../company/company.ts';
import { listText, objectText, stringText } from '../json/json-text.ts';
import { instantText } from '../json/wire-dates.ts';
import { envelope } from './envelope.ts';
import type { Endpoint } from './listing.ts';
import { notFound } from './refusal.ts';

export const organisation: Endpoint = {
  plural: 'Organisation',
  scope: 'accounting.settings',
  list: (company, _query, context) => envelope(context, 'Organisations', [organisationText(company)]),
  byId() {
    throw notFound();
  },
};

function organisationText(company: Company): string {
  const { profile, tenantId } = company;
  return objectText(2, [
    'Name',
    stringText(profile.name),
    'LegalName',
    stringText(profile.legalName),
    'PaysTax',
    'true',
    'Version',
    stringText(profile.version),
    'OrganisationType',
    '"COMPANY"',
    'BaseCurrency',
    stringText(profile.baseCurrency),
    'CountryCode',
    stringText(profile.countryCode),
    'IsDemoCompany',
    String(profile.isDemo),
    'OrganisationStatus',
    '"ACTIVE"',
    'TaxNumber',
    stringText(profile.taxNumber),
    'FinancialYearEndDay',
    String(profile.yearEnd.day),
    'FinancialYearEndMonth',
    String(profile.yearEnd.month),
    'SalesTaxBasis',
    stringText(profile.salesTaxBasis),
    'SalesTaxPeriod',
    stringText(profile.salesTaxPeriod),
    'DefaultSalesTax',
    '"Tax Exclusive"',
    'DefaultPurchasesTax',
    '"Tax Exclusive"',
    'CreatedDateUTC',
    instantText(company.createdAt),
    'OrganisationEntityType',
    '"COMPANY"',
    'Timezone',
    stringText(profile.xeroTimeZone),
    'ShortCode',
    stringText(`!${tenantId.slice(0, 5).toUpperCase()}`),
    'OrganisationID',
    stringText(tenantId),
    'Edition',
    '"BUSINESS"',
    'Class',
    stringText(profile.class),
    'Addresses',
    listText(3, [
      objectText(4, [
        'AddressType',
        '"STREET"',
        'AddressLine1',
        '"23 Main Street"',
        'City',
        stringText(profile.city),
        'Region',
        '""',
        'PostalCode',
        '"6011"',
        'Country',
        stringText(profile.countryCode),
      ]),
    ]),
    'Phones',
    '[]',
    'ExternalLinks',
    '[]',
    'PaymentTerms',
    '{}',
  ]);
}

/** `/BrandingThemes`: read-only, in the order in which people see them (xero-api.md 3.2, 2026-11-20). */
import type { Company } from '../company/company.ts';
import { objectText, stringText } from '../json/json-text.ts';
import { instantText } from '../json/wire-dates.ts';
import type { Listing } from './listing.ts';

/** The theme that a sales document is printed in: the first mostly, worked out from its id. Undefined where there is none. */
export function brandingThemeText(company: Company, kind: 'invoices' | 'creditNotes', index: number) {
  const themes = company.brandingThemes.length;
  if (themes === 0) return undefined;
  const roll = company.sortKey(kind, index);
  const theme = roll % 10 < 7 ? 0 : (roll >>> 4) % themes;
  return stringText(company.id('brandingThemes', theme));
}

export const brandingThemes: Listing<'brandingThemes'> = {
  kind: 'brandingThemes',
  plural: 'BrandingThemes',
  scope: 'accounting.settings',
  canPage: false,
  hasSummaryOnly: false,
  idField: 'BrandingThemeID',
  isStamped: false,
  defaultOrder: 'SortOrder',
  orders: { SortOrder: (_, row) => row.index, Name: (_, row) => row.name },
  where: (company) => ({
    BrandingThemeID: { type: 'guid', read: (row) => company.id('brandingThemes', row.index) },
    Name: { type: 'text', read: (row) => row.name },
    SortOrder: { type: 'decimal', read: (row) => row.index * 10_000 },
    CreatedDateUTC: { type: 'date', read: (row) => row.updatedAt },
  }),
  filters: () => [],
  render: (company, row) =>
    objectText(2, [
      'BrandingThemeID',
      stringText(company.id('brandingThemes', row.index)),
      'Name',
      stringText(row.name),
      'Type',
      '"INVOICE"',
      'SortOrder',
      String(row.index),
      'CreatedDateUTC',
      instantText(row.updatedAt),
    ]),
};

/** Branding themes of sales documents: no change stamp, so read whole and compared. */
import { more, text } from './column.ts';
import type { Resource } from './resource.ts';

export const brandingThemes: Resource = {
  name: 'branding-themes',
  label: 'Branding themes',
  path: 'BrandingThemes',
  envelope: 'BrandingThemes',
  idField: 'BrandingThemeID',
  updatedField: null,
  stateField: null,
  scope: 'accounting.settings.read',
  paging: { kind: 'whole' },
  query: {},
  hasModifiedSince: false,
  removal: 'vanish',
  ledger: null,
  columns: [
    text('name', 'Name', 'Name'),
    { ...more.integer('sort-order', 'Order', 'SortOrder'), isDefault: true },
    text('type', 'Type', 'Type'),
    { ...more.instant('created', 'Created', 'CreatedDateUTC'), isDefault: true },
    more.text('logo-url', 'Logo', 'LogoUrl'),
    more.text('branding-theme-id', 'Branding theme ID', 'BrandingThemeID'),
  ],
  lines: [],
};

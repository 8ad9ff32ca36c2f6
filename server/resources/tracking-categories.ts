/** Tracking categories with their options, archived ones included: no change stamp, and what is deleted is gone, so read whole and compared. */
import { more, text } from './column.ts';
import type { Resource } from './resource.ts';

export const trackingCategories: Resource = {
  name: 'tracking-categories',
  label: 'Tracking categories',
  path: 'TrackingCategories',
  envelope: 'TrackingCategories',
  idField: 'TrackingCategoryID',
  updatedField: null,
  stateField: 'Status',
  scope: 'accounting.settings.read',
  paging: { kind: 'whole' },
  query: { includeArchived: 'true' },
  hasModifiedSince: false,
  removal: 'vanish',
  ledger: null,
  columns: [
    text('name', 'Name', 'Name'),
    text('status', 'Status', 'Status'),
    text('options', 'Options', 'Options[*].Name'),
    more.text('tracking-category-id', 'Tracking category ID', 'TrackingCategoryID'),
  ],
  lines: [
    {
      name: 'options',
      path: 'Options',
      columns: [
        text('category', 'Tracking category', '^Name'),
        text('name', 'Option', 'Name'),
        text('status', 'Status', 'Status'),
        text('category-status', 'Category status', '^Status'),
        more.text('tracking-category-id', 'Tracking category ID', '^TrackingCategoryID'),
        more.text('tracking-option-id', 'Tracking option ID', 'TrackingOptionID'),
      ],
    },
  ],
};

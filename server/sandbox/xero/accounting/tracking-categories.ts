/** `/TrackingCategories` with their options: archived ones only when asked for, deleted ones only by id (xero-api.md 3.2, 2026-11-20). */
import type { Company } from '../company/company.ts';
import type { TrackingChoice } from '../company/rows.ts';
import type { TrackingOption } from '../company/setting-rows.ts';
import { booleanText, listText, objectText, stringText } from '../json/json-text.ts';
import type { Listing } from './listing.ts';

export const trackingCategories: Listing<'trackingCategories'> = {
  kind: 'trackingCategories',
  plural: 'TrackingCategories',
  scope: 'accounting.settings',
  canPage: false,
  hasSummaryOnly: false,
  idField: 'TrackingCategoryID',
  isStamped: false,
  defaultOrder: 'Name',
  orders: { Name: (_, row) => row.name, Status: (_, row) => row.status },
  where: (company) => ({
    TrackingCategoryID: { type: 'guid', read: (row) => company.id('trackingCategories', row.index) },
    Name: { type: 'text', read: (row) => row.name },
    Status: { type: 'text', read: (row) => row.status },
  }),
  filters: (_, query) => [(row) => isShown(row, query.isTrue('includeArchived'))],
  render: (company, row, form, { withArchived }) =>
    objectText(2, [
      'Name',
      stringText(row.name),
      'Status',
      stringText(row.status),
      'TrackingCategoryID',
      stringText(company.id('trackingCategories', row.index)),
      'Options',
      listText(
        3,
        row.options
          .filter((option) => isShown(option, form === 'full' || withArchived))
          .map((option) => optionText(company, option)),
      ),
    ]),
};

const isShown = ({ status }: { status: string }, withArchived: boolean): boolean =>
  status === 'ACTIVE' || (withArchived && status === 'ARCHIVED');

const optionText = (company: Company, { id, name, status }: TrackingOption): string =>
  objectText(4, [
    'TrackingOptionID',
    stringText(company.id('trackingOption', id)),
    'Name',
    stringText(name),
    'Status',
    stringText(status),
    'HasValidationErrors',
    'false',
    'IsDeleted',
    booleanText(status === 'DELETED'),
    'IsArchived',
    booleanText(status === 'ARCHIVED'),
    'IsActive',
    booleanText(status === 'ACTIVE'),
  ]);

/**
 * What lines say of tracking, with names as they are now. On lines the names come first, on transfers the ids
 * (xero-api.md 3.4; example of BankTransfers in OAS 16.1).
 */
export function trackingText(
  company: Company,
  choices: readonly TrackingChoice[],
  depth: number,
  first: 'names' | 'ids',
): string {
  return listText(
    depth,
    choices.map(({ category, option }) => {
      const row = company.trackingCategories.at(category);
      const name = row.options.find(({ id }) => id === option)?.name ?? '';
      const names = ['Name', stringText(row.name), 'Option', stringText(name)];
      const ids = [
        'TrackingCategoryID',
        stringText(company.id('trackingCategories', category)),
        'TrackingOptionID',
        stringText(company.id('trackingOption', option)),
      ];
      return objectText(depth + 1, first === 'names' ? [...names, ...ids] : [...ids, ...names]);
    }),
  );
}

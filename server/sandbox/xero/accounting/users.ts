/** `/Users`: the people of the organisation and what they may do (xero-api.md 3.2, 2026-11-20). */
import { booleanText, objectText, stringText } from '../json/json-text.ts';
import { instantText } from '../json/wire-dates.ts';
import type { Listing } from './listing.ts';

export const users: Listing<'users'> = {
  kind: 'users',
  plural: 'Users',
  scope: 'accounting.settings',
  canPage: false,
  hasSummaryOnly: false,
  idField: 'UserID',
  orders: {
    EmailAddress: (_, row) => row.email,
    FirstName: (_, row) => row.firstName,
    LastName: (_, row) => row.lastName,
  },
  where: (company) => ({
    UserID: { type: 'guid', read: (row) => company.id('users', row.index) },
    EmailAddress: { type: 'text', read: (row) => row.email },
    FirstName: { type: 'text', read: (row) => row.firstName },
    LastName: { type: 'text', read: (row) => row.lastName },
    IsSubscriber: { type: 'boolean', read: (row) => row.isSubscriber },
    OrganisationRole: { type: 'text', read: (row) => row.role },
    UpdatedDateUTC: { type: 'date', read: (row) => row.updatedAt },
  }),
  filters: () => [],
  render: (company, row) =>
    objectText(2, [
      'UserID',
      stringText(company.id('users', row.index)),
      'GlobalUserID',
      stringText(row.globalId),
      'EmailAddress',
      stringText(row.email),
      'FirstName',
      stringText(row.firstName),
      'LastName',
      stringText(row.lastName),
      'UpdatedDateUTC',
      instantText(row.updatedAt),
      'IsSubscriber',
      booleanText(row.isSubscriber),
      'OrganisationRole',
      stringText(row.role),
    ]),
};

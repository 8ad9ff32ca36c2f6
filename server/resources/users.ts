/** Users: who may work in the organisation and as what. One who is removed vanishes from the list, so it is read whole and compared. */
import { flag, more, text } from './column.ts';
import type { Resource } from './resource.ts';

export const users: Resource = {
  name: 'users',
  label: 'Users',
  path: 'Users',
  envelope: 'Users',
  idField: 'UserID',
  updatedField: 'UpdatedDateUTC',
  stateField: null,
  scope: 'accounting.settings.read',
  paging: { kind: 'whole' },
  query: {},
  hasModifiedSince: true,
  removal: 'vanish',
  ledger: null,
  columns: [
    text('first-name', 'First name', 'FirstName'),
    text('last-name', 'Last name', 'LastName'),
    text('email', 'Email', 'EmailAddress'),
    text('role', 'Role', 'OrganisationRole'),
    flag('is-subscriber', 'Subscriber', 'IsSubscriber'),
    more.instant('updated', 'Updated', 'UpdatedDateUTC'),
    more.text('user-id', 'User ID', 'UserID'),
  ],
  lines: [],
};

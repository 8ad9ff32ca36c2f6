/**
 * Contact groups. The list names no members, and a call for each group would: who belongs to a group is read from the contacts'
 * own groups instead, which cost no call (decision 0013).
 */
import { more, text } from './column.ts';
import type { Resource } from './resource.ts';

export const contactGroups: Resource = {
  name: 'contact-groups',
  label: 'Contact groups',
  path: 'ContactGroups',
  envelope: 'ContactGroups',
  idField: 'ContactGroupID',
  updatedField: null,
  stateField: 'Status',
  scope: 'accounting.contacts.read',
  paging: { kind: 'whole' },
  query: {},
  hasModifiedSince: false,
  removal: 'vanish',
  ledger: null,
  columns: [
    text('name', 'Name', 'Name'),
    text('status', 'Status', 'Status'),
    more.text('contact-group-id', 'Contact group ID', 'ContactGroupID'),
  ],
  lines: [],
};

/** Customers and suppliers, their groups and the people who work there. */
import { contactGroups } from '../resources/contact-groups.ts';
import { contacts } from '../resources/contacts.ts';
import type { Dataset } from './dataset.ts';
import { lineDataset, recordDataset } from './record-dataset.ts';

const group = 'Contacts';

export const people: readonly Dataset[] = [
  recordDataset(contacts, {
    label: 'Contacts',
    group,
    description: 'One row per customer or supplier, archived ones included, with balances.',
    key: 'contact-id',
    orderBy: ['name'],
  }),
  recordDataset(contactGroups, {
    label: 'Contact groups',
    group,
    description: 'One row per group of contacts.',
    key: 'contact-group-id',
    orderBy: ['name'],
  }),
  lineDataset('contact-group-members', contacts, 'groups', {
    label: 'Members of contact groups',
    group,
    description: 'One row per contact in a group; a contact in two groups has two rows.',
    // A contact is in a group once: the two ids together name the row.
    key: ['contact-group-id', 'contact-id'],
    orderBy: ['group', 'contact'],
  }),
  lineDataset('contact-persons', contacts, 'persons', {
    label: 'Contact persons',
    group,
    description: 'One row per additional person of a contact, with their email address.',
    key: null,
    orderBy: ['contact'],
  }),
];

/** Customers and suppliers. */
import { contacts } from '../resources/contacts.ts';
import type { Dataset } from './dataset.ts';
import { recordDataset } from './record-dataset.ts';

const group = 'Contacts';

export const people: readonly Dataset[] = [
  recordDataset(contacts, {
    label: 'Contacts',
    group,
    description: 'One row per customer or supplier, archived ones included, with balances.',
    key: 'contact-id',
    orderBy: ['name'],
  }),
];

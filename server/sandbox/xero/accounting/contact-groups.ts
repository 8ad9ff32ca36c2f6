/** `/ContactGroups`: the list has no members, a look by id has them; deleted groups are hidden (xero-api.md 3.2, 2026-11-20). */
import type { Company } from '../company/company.ts';
import type { ContactGroup } from '../company/setting-rows.ts';
import { listText, objectText, stringText } from '../json/json-text.ts';
import { trimmedContactText } from './contacts.ts';
import type { Listing } from './listing.ts';

export const contactGroups: Listing<'contactGroups'> = {
  kind: 'contactGroups',
  plural: 'ContactGroups',
  scope: 'accounting.contacts',
  canPage: false,
  hasSummaryOnly: false,
  idField: 'ContactGroupID',
  isStamped: false,
  defaultOrder: 'Name',
  orders: { Name: (_, row) => row.name, Status: (_, row) => row.status },
  filters: () => [(row) => row.status === 'ACTIVE'],
  where: (company) => ({
    ContactGroupID: { type: 'guid', read: (row) => company.id('contactGroups', row.index) },
    Name: { type: 'text', read: (row) => row.name },
    Status: { type: 'text', read: (row) => row.status },
  }),
  render: (company, row, form) =>
    objectText(2, [
      ...groupFields(company, row),
      'Contacts',
      form === 'full'
        ? listText(
            3,
            [...row.members].map((contact) => trimmedContactText(company, contact, 4)),
          )
        : '[]',
      'HasValidationErrors',
      'false',
    ]),
};

/** The groups that a contact is in, as a paged contact shows them. */
export const groupsOfContactText = (company: Company, contact: number, depth: number): string =>
  listText(
    depth,
    company.contactGroups
      .filter((group) => group.status === 'ACTIVE' && !group.isHidden && group.members.has(contact))
      .map((group) =>
        objectText(depth + 1, [
          ...groupFields(company, group),
          'Contacts',
          '[]',
          'HasValidationErrors',
          'false',
        ]),
      ),
  );

const groupFields = (company: Company, row: ContactGroup): string[] => [
  'ContactGroupID',
  stringText(company.id('contactGroups', row.index)),
  'Name',
  stringText(row.name),
  'Status',
  stringText(row.status),
];

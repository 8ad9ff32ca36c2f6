/** What an organisation sets up once: tracking, groups of contacts, branding themes, its people. */
import { USERS } from '../oauth/registration.ts';
import { add } from './company.ts';
import type { Making } from './generate.ts';
import { guidOf } from './guid.ts';
import { seedFrom } from './seeded-random.ts';
import type { OrganisationUser, TrackingStatus } from './setting-rows.ts';

/** Two active categories at most, four in all (xero-api.md 3.2); names that trip spreadsheets among the options. */
const TRACKING: [name: string, status: TrackingStatus, options: [name: string, status?: TrackingStatus][]][] =
  [
    [
      'Region',
      'ACTIVE',
      [['North'], ['South'], ['=East'], ['West Coast, & Isles'], ['Old Harbour', 'ARCHIVED']],
    ],
    ['Department', 'ACTIVE', [['Sales'], ['001'], ['製造'], ['Head Office'], ['Closed Shop', 'ARCHIVED']]],
    ['Project (old)', 'ARCHIVED', [['Alpha'], ['Beta'], ['Gamma', 'ARCHIVED']]],
  ];

export function addTracking({ company, stamp, firstDay }: Making): void {
  let id = 0;
  for (const [name, status, options] of TRACKING) {
    add(company, 'trackingCategories', {
      updatedAt: stamp(firstDay),
      name,
      status,
      options: options.map(([option, state = 'ACTIVE']) => ({ id: id++, name: option, status: state })),
    });
  }
}

const GROUPS: [name: string, status: 'ACTIVE' | 'DELETED', share: number][] = [
  ['Preferred customers', 'ACTIVE', 12],
  ['Suppliers', 'ACTIVE', 15],
  ['@Newsletter & offers', 'ACTIVE', 25],
  ['Nobody yet', 'ACTIVE', 0],
  ['Old group', 'DELETED', 5],
];

/** `share` is so many of a hundred contacts, never more than 500. */
export function addContactGroups({ company, random, stamp, today }: Making): void {
  const contacts = company.contacts.length;
  for (const [name, status, share] of GROUPS) {
    const members = new Set<number>();
    const wanted = Math.min(500, Math.floor((contacts * share) / 100));
    for (let at = 0; at < wanted; at++) members.add(random.between(0, contacts - 1));
    add(company, 'contactGroups', { updatedAt: stamp(today - 60), name, status, members });
  }
}

export function addBrandingThemes({ company, stamp, firstDay }: Making): void {
  for (const name of ['Standard', 'Very orange invoice!', 'Special projects'])
    add(company, 'brandingThemes', { updatedAt: stamp(firstDay), name });
}

/** Those who can consent, and three who only work there. */
export function addUsers({ company, stamp, firstDay }: Making): void {
  const people: Omit<OrganisationUser, 'index' | 'updatedAt'>[] = [
    ...USERS.map(({ id, email, givenName, familyName }, at) => ({
      globalId: id,
      email,
      firstName: givenName,
      lastName: familyName,
      isSubscriber: at === 0,
      role: at === 0 ? ('FINANCIALADVISER' as const) : ('STANDARD' as const),
    })),
    ...COLLEAGUES.map(([firstName, lastName, role], at) => ({
      globalId: guidOf(seedFrom(0, 'colleague'), at),
      email: `${firstName}.${lastName}@example.com`.toLowerCase(),
      firstName,
      lastName,
      isSubscriber: false,
      role,
    })),
  ];
  for (const [at, person] of people.entries())
    add(company, 'users', { ...person, updatedAt: stamp(firstDay + at * 20) });
}

const COLLEAGUES = [
  ['Kiri', 'Janssen', 'INVOICEONLY'],
  ['Tane', 'Grover', 'READONLY'],
  ['Olga', 'Petrov', 'STANDARD'],
] as const;

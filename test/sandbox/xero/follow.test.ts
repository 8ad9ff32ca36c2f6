import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Company } from '../../../server/sandbox/xero/company/company.ts';
import { isNameTaken } from '../../../server/sandbox/xero/company/contact-names.ts';
import { indexedBy, matching } from '../../../server/sandbox/xero/company/follow.ts';
import { caller } from './caller.ts';

const drafts = matching('invoices', (row) => row.status === 'DRAFT' && !row.isHidden);
const byContact = indexedBy('invoices', (row) => (row.status === 'AUTHORISED' ? row.contact : undefined));

test('what follows a table is what looking at every row would find, whatever was done in between', async () => {
  const { sandbox } = await caller({}, ['openid']);
  const [company] = sandbox.companies as [Company];
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(1000), fc.boolean()), { maxLength: 8 }), (changes) => {
      for (const [seed, isMuch] of changes) {
        sandbox.control.change({ fraction: isMuch ? 0.5 : 0.01, seed });
        if (seed % 3 === 0) {
          const id = company.id('invoices', drafts(company)[0] ?? 0);
          sandbox.control.setRaw({ resource: 'invoices', id, raw: null });
        }
        expect(drafts(company)).toEqual(
          company.invoices.filter((row) => row.status === 'DRAFT' && !row.isHidden).map(({ index }) => index),
        );
      }
      for (let contact = 0; contact < company.contacts.length; contact++) {
        const open = company.invoices.filter((row) => row.status === 'AUTHORISED' && row.contact === contact);
        expect([...byContact(company, contact)].sort((a, b) => a - b)).toEqual(
          open.map(({ index }) => index),
        );
      }
    }),
    { numRuns: 4 },
  );
});

test('a name is taken by another contact that is still there, not by oneself and not by one that vanished', async () => {
  const { sandbox } = await caller({}, ['openid']);
  const [company] = sandbox.companies as [Company];
  const { name, index } = company.contacts.at(7);
  expect([
    isNameTaken(company, name),
    isNameTaken(company, name, index),
    isNameTaken(company, name, 8),
  ]).toEqual([true, false, true]);
  sandbox.control.edit({ resource: 'contacts', id: company.id('contacts', 7), fields: { Name: 'Renamed' } });
  expect([isNameTaken(company, name), isNameTaken(company, 'Renamed')]).toEqual([false, true]);
  sandbox.control.vanish({ resource: 'contacts', id: company.id('contacts', 7) });
  expect(isNameTaken(company, 'Renamed')).toBe(false);
});

/** Work in transfers, journals, items, groups and tracking, one worker each. */
import { decimalText, moneyText } from '../json/decimal.ts';
import { created, edited, isOpen, pickOf, shuffled, type Worker } from './bench.ts';
import { createRecord } from './create-record.ts';
import { edit } from './edit-work.ts';
import { vanishRecord } from './remove-record.ts';

export const KIND_WORKERS = {
  'new-transfer'({ company, random, now, changes }) {
    const coded = company.accounts.filter((row) => isOpen(row) && row.bank !== null && row.code !== null);
    const [from, to] = shuffled(coded, random);
    if (!from || !to) return false;
    const fields = {
      FromAccountCode: from.code,
      ToAccountCode: to.code,
      Amount: moneyText(random.between(100, 500_000)),
    };
    return created(changes, 'bankTransfers', createRecord(company, 'bankTransfers', fields, now));
  },
  'delete-transfer'({ company, random, now, changes }) {
    const found = pickOf(
      company.bankTransfers.filter((row) => isOpen(row) && row.status === 'AUTHORISED'),
      random,
    );
    return (
      found !== undefined &&
      edit({ company, now, changes }, 'bankTransfers', found.index, { Status: 'DELETED' })
    );
  },
  'new-journal'({ company, random, now, changes }) {
    const cents = random.between(100, 90_000);
    const line = (key: string, amount: number) => ({
      AccountCode: company.accounts.at(company.account(key)).code,
      LineAmount: moneyText(amount),
    });
    const fields = {
      Narration: `Adjustment ${company.manualJournals.length}`,
      Status: random.chance(80) ? 'POSTED' : 'DRAFT',
      JournalLines: [line('insurance', cents), line('prepayments', -cents)],
    };
    return created(changes, 'manualJournals', createRecord(company, 'manualJournals', fields, now));
  },
  'edit-journal'({ company, random, now, changes }) {
    const open = company.manualJournals.filter((row) => isOpen(row) && /DRAFT|POSTED/.test(row.status));
    const found = pickOf(open, random);
    const fields = { Narration: `Looked at again ${random.between(1, 9999)}` };
    return found !== undefined && edit({ company, now, changes }, 'manualJournals', found.index, fields);
  },
  'void-journal'({ company, random, now, changes }) {
    const found = pickOf(
      company.manualJournals.filter((row) => isOpen(row) && row.status === 'POSTED'),
      random,
    );
    return (
      found !== undefined &&
      edit({ company, now, changes }, 'manualJournals', found.index, { Status: 'VOIDED' })
    );
  },
  'new-item'({ company, random, now, changes }) {
    const fields = {
      Code: `NEW-${company.items.length}`,
      Name: 'Newcomer',
      SalesDetails: { UnitPrice: decimalText(random.between(1, 900_000), 4) },
    };
    return created(changes, 'items', createRecord(company, 'items', fields, now));
  },
  'edit-item'({ company, random, now, changes }) {
    const found = pickOf(company.items.filter(isOpen), random);
    const fields = { SalesDetails: { UnitPrice: decimalText(random.between(1, 900_000), 4) } };
    return found !== undefined && edit({ company, now, changes }, 'items', found.index, fields);
  },
  'delete-item'({ company, random, changes }) {
    const found = pickOf(
      company.items.filter((row) => isOpen(row) && row.stock === null),
      random,
    );
    if (!found) return false;
    vanishRecord(company, 'items', company.id('items', found.index));
    return edited(changes, company, 'items', found.index);
  },
  'join-group'({ company, random, now, changes }) {
    const group = pickOf(
      company.contactGroups.filter((row) => isOpen(row) && row.status === 'ACTIVE'),
      random,
    );
    if (!group) return false;
    const members = new Set([...group.members, random.between(0, company.contacts.length - 1)]);
    const Contacts = [...members]
      .filter((index) => !company.contacts.at(index).isHidden)
      .map((index) => company.id('contacts', index));
    return edit({ company, now, changes }, 'contactGroups', group.index, { Contacts });
  },
  'edit-tracking'({ company, random, now, changes }) {
    const found = pickOf(
      company.trackingCategories.filter((row) => isOpen(row) && row.status !== 'DELETED'),
      random,
    );
    if (!found) return false;
    const known = pickOf(found.options, random);
    const Options = [
      known && random.chance(60)
        ? { TrackingOptionID: company.id('trackingOption', known.id), Name: `${known.name.slice(0, 60)} +` }
        : { Name: `Option ${random.between(1, 9999)}` },
    ];
    return edit({ company, now, changes }, 'trackingCategories', found.index, { Options });
  },
} satisfies Record<string, Worker>;

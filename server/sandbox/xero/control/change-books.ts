/** A day's work in the books: edits, approvals, payments, voids and new records, repeatable by seed. */
import type { SandboxClock } from '../../clock.ts';
import type { Company } from '../company/company.ts';
import type { Invoice } from '../company/rows.ts';
import { type SeededRandom, seededRandom, seedFrom } from '../company/seeded-random.ts';
import { resource } from './action.ts';
import type { Bench, Changes } from './bench.ts';
import { WORKERS, type Work } from './change-work.ts';

/** Out of a hundred changes, about so many of each kind; one that finds no record to work on becomes a new invoice. */
const WORK: [name: Work, share: number][] = [
  ['edit-lines', 24],
  ['approve', 7],
  ['pay', 20],
  ['void', 5],
  ['new-invoice', 10],
  ['new-bank-transaction', 11],
  ['new-contact', 3],
  ['rename-contact', 5],
  ['new-credit-note', 4],
  ['allocate', 3],
  ['new-advance', 2],
  ['refund', 1],
  ['new-transfer', 1],
  ['new-journal', 2],
  ['edit-journal', 1],
  ['edit-item', 1],
];

/**
 * Changes about `fraction` of all documents (invoices, payments, bank transactions), at least one. `works` in place of the
 * usual mix gives each named kind of work the same chance.
 */
export function changeBooks(
  company: Company,
  clock: SandboxClock,
  fraction: number,
  seed: number,
  works?: readonly Work[],
): Changes {
  const random = seededRandom(seedFrom(seed, company.tenantId, 'change'));
  const now = clock.now();
  const changes: Changes = {
    ids: Object.fromEntries(
      resource.options.map((name) => [name, { created: [], edited: [] }]),
    ) as unknown as Changes['ids'],
    counts: {},
  };
  const documents = company.invoices.length + company.payments.length + company.bankTransactions.length;
  const pools = poolsOf(company, random);
  // Work in an empty organisation begins with somebody to work for.
  if (!company.contacts.some(({ status, isHidden }) => status === 'ACTIVE' && !isHidden))
    WORKERS['new-contact']({ company, random, now, pools, changes });
  for (let left = Math.max(1, Math.round(documents * fraction)); left > 0; left--) {
    const wanted = works ? random.pick(works) : workFor(random);
    const done = WORKERS[wanted]({ company, random, now, pools, changes }) ? wanted : 'new-invoice';
    if (done !== wanted) WORKERS['new-invoice']({ company, random, now, pools, changes });
    changes.counts[done] = (changes.counts[done] ?? 0) + 1;
  }
  return changes;
}

/** Each record is worked on once at most: it is taken out of its pool. */
function poolsOf(company: Company, random: SeededRandom): Bench['pools'] {
  const having = (...statuses: Invoice['status'][]) =>
    company.invoices.filter((row) => statuses.includes(row.status) && !row.isHidden && row.raw === undefined);
  const shuffled = (rows: Invoice[]) =>
    rows
      .map((row) => ({ row, key: random.between(0, 1 << 30) }))
      .sort((a, b) => a.key - b.key)
      .map(({ row }) => row);
  return {
    unpaid: shuffled(having('AUTHORISED')),
    drafts: shuffled(having('DRAFT', 'SUBMITTED')),
  };
}

function workFor(random: SeededRandom): Work {
  let roll = random.between(1, 100);
  for (const [work, share] of WORK) {
    roll -= share;
    if (roll <= 0) return work;
  }
  return 'new-invoice';
}

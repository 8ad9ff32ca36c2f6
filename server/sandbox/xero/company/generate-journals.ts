/** Manual journals of a made company: accruals, depreciation, corrections; some with tax, some never posted. */
import { add } from './company.ts';
import type { Making } from './generate.ts';
import { type JournalLineDraft, type JournalStatus, journalLines, sumOfJournal } from './manual-journals.ts';
import type { LineAmountTypes } from './rows.ts';
import { TAX_TYPE } from './tax-rates.ts';
import { someTracking } from './tracking.ts';

const COSTS = ['insurance', 'rent', 'repairs', 'telephone', 'general', 'printing'];
const BALANCES = ['prepayments', 'officeEquipment', 'clearing', 'loan', 'ownerDrawings'];
const NARRATIONS = [
  'Month-end accrual',
  'Depreciation',
  'Reversal: Month-end accrual',
  '=Correction of coding',
  'Rent – prepaid part',
  'Stock take, “final”',
  'Owner’s share',
];

const KINDS: LineAmountTypes[] = ['NoTax', 'NoTax', 'Exclusive', 'NoTax', 'NoTax', 'Inclusive', 'NoTax'];
const STATUSES: JournalStatus[] = [
  ...Array<'POSTED'>(7).fill('POSTED'),
  'DRAFT',
  ...Array<'POSTED'>(4).fill('POSTED'),
  'VOIDED',
  ...Array<'POSTED'>(3).fill('POSTED'),
  'DELETED',
  'POSTED',
  'POSTED',
  'ARCHIVED',
];

export function addJournals(making: Making, count: number): void {
  const { company, random, today, firstDay, stamp } = making;
  const tax = TAX_TYPE[company.profile.countryCode];
  for (let at = 0; at < count; at++) {
    const date = firstDay + 2 + Math.floor((at * (today - firstDay - 2)) / count);
    // Every kind and every status is in every organisation, however small.
    const kind = KINDS[at % KINDS.length] ?? 'NoTax';
    const isCost = random.chance(80);
    const sign = random.chance(25) ? -1 : 1;
    const drafts: JournalLineDraft[] = Array.from({ length: random.pick([1, 1, 1, 2, 3]) }, () => ({
      description: random.chance(80) ? random.pick(NARRATIONS) : null,
      account: company.account(isCost ? random.pick(COSTS) : random.pick(['sales', 'services'])),
      taxType: isCost ? tax.purchases : tax.sales,
      amount: (isCost ? sign : -sign) * random.between(500, 450_000),
      tracking: random.chance(40) ? someTracking(company, random) : [],
    }));
    // One line without tax takes up what the others come to.
    const left = -sumOfJournal(kind, journalLines(company, kind, drafts));
    drafts.push({
      description: null,
      account: company.account(random.pick(BALANCES)),
      taxType: 'NONE',
      amount: left,
      tracking: [],
    });
    add(company, 'manualJournals', {
      updatedAt: stamp(date),
      narration: `${random.pick(NARRATIONS)} ${at + 1}`,
      date,
      status: STATUSES[at % STATUSES.length] ?? 'POSTED',
      lineAmountTypes: kind,
      lines: journalLines(company, kind, drafts),
      showsOnCashBasis: random.chance(85),
    });
  }
}

/** Everything of a made company besides contacts, invoices, payments and money received and spent. */

import { DAY_MS } from '../json/wire-dates.ts';
import type { CompanySize, Making } from './generate.ts';
import { addAdvances, addCreditNotes } from './generate-credits.ts';
import { addItems } from './generate-items.ts';
import { addJournals } from './generate-journals.ts';
import { addBrandingThemes, addContactGroups, addTracking, addUsers } from './generate-settings.ts';
import { addStockTrade } from './generate-stock.ts';
import { addTransfers } from './generate-transfers.ts';
import { type SeededRandom, seededRandom, seedFrom } from './seeded-random.ts';

interface Counts {
  items: number;
  transfers: number;
  journals: number;
  creditNotes: number;
  /** Prepayments and overpayments. */
  advances: number;
}

const COUNTS: Record<CompanySize, Counts> = {
  small: { items: 14, transfers: 18, journals: 20, creditNotes: 24, advances: 18 },
  medium: { items: 300, transfers: 600, journals: 600, creditNotes: 1000, advances: 400 },
  large: { items: 3000, transfers: 3000, journals: 3000, creditNotes: 5000, advances: 2000 },
};

/** Chance of its own, so that invoices and payments stay what they are. */
export function addOthers(making: Making, seed: number, number: number, size: CompanySize): void {
  const counts = COUNTS[size];
  const own = withRandom(making, seededRandom(seedFrom(seed, number, 'others')));
  const { company } = own;
  if (company.profile.tracks) addTracking(own);
  addItems(own, counts.items);
  addCreditNotes(own, counts.creditNotes);
  if (company.profile.keepsStock) addStockTrade(own);
  addAdvances(own, counts.advances);
  // The lines made so far name tracking options and items by their ids (tracking.ts).
  company.made = { lines: company.nextLineId(), items: company.items.length };
  addContactGroups(own);
  addBrandingThemes(own);
  addUsers(own);
  addTransfers(own, counts.transfers);
  addJournals(own, counts.journals);
}

const withRandom = (making: Making, random: SeededRandom): Making => ({
  ...making,
  random,
  stamp: (day) =>
    Math.max(
      making.company.createdAt + random.between(0, DAY_MS),
      Math.min(
        day * DAY_MS + random.between(0, 2 * DAY_MS),
        making.now - random.between(3_600_000, 4 * 3_600_000),
      ),
    ),
});

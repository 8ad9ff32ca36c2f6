/** Makes a seeded company: about fourteen months of trade up to today, every document in the ledger. An empty one has no trade. */
import type { Day } from '../json/wire-dates.ts';
import { DAY_MS } from '../json/wire-dates.ts';
import { type Company, emptyCompany } from './company.ts';
import { addBankTransactions } from './generate-bank-transactions.ts';
import { addContacts } from './generate-contacts.ts';
import { addInvoices } from './generate-invoices.ts';
import { addOthers } from './generate-others.ts';
import { addBrandingThemes, addUsers } from './generate-settings.ts';
import { addHostileRecords } from './hostile-records.ts';
import { addHostileTexts } from './hostile-texts.ts';
import type { Profile } from './profiles.ts';
import { type SeededRandom, seededRandom, seedFrom } from './seeded-random.ts';

export const COMPANY_SIZES = ['small', 'medium', 'large'] as const;
export type CompanySize = (typeof COMPANY_SIZES)[number];

export interface Making {
  company: Company;
  random: SeededRandom;
  now: number;
  today: Day;
  firstDay: Day;
  /** An instant on that day or within two days of it, never later than now nor before the organisation was made. */
  stamp(day: Day): number;
}

const COUNTS: Record<CompanySize, { contacts: number; invoices: number; bankTransactions: number }> = {
  small: { contacts: 60, invoices: 190, bankTransactions: 120 },
  medium: { contacts: 10_000, invoices: 40_000, bankTransactions: 40_000 },
  // performance.md 1.2
  large: { contacts: 50_000, invoices: 250_000, bankTransactions: 300_000 },
};
const MONTHS_OF_TRADE_IN_DAYS = 425;

export function generateCompany(
  profile: Profile,
  options: { seed: number; number: number; size: CompanySize; now: number },
): Company {
  const { seed, number, size, now } = options;
  const company = emptyCompany(profile, seed, number, now - (MONTHS_OF_TRADE_IN_DAYS + 30) * DAY_MS);
  const random = seededRandom(seedFrom(seed, number, 'books'));
  const today = company.today(now);
  const making: Making = {
    company,
    random,
    now,
    today,
    firstDay: today - MONTHS_OF_TRADE_IN_DAYS,
    stamp: (day) =>
      Math.max(
        company.createdAt + random.between(0, DAY_MS),
        Math.min(
          day * DAY_MS + random.between(0, 2 * DAY_MS),
          now - random.between(3_600_000, 4 * 3_600_000),
        ),
      ),
  };
  if (profile.isEmpty) {
    addBrandingThemes(making);
    addUsers(making);
    return company;
  }
  const counts = COUNTS[size];
  addContacts(making, counts.contacts);
  addInvoices(making, counts.invoices);
  addBankTransactions(making, counts.bankTransactions);
  addHostileRecords(making);
  if (profile.hasHostileTexts) addHostileTexts(making);
  addOthers(making, seed, number, size);
  return company;
}

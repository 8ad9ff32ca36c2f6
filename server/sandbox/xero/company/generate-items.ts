/** Goods and services that lines name, tracked as inventory where the organisation counts its stock. */
import { add } from './company.ts';
import type { Making } from './generate.ts';
import type { Item } from './setting-rows.ts';
import { TAX_TYPE } from './tax-rates.ts';
import { BOUGHT, SOLD } from './vocabulary.ts';

/** Codes as people make them: zeros in front, an exponent, a formula, a date. */
const ODD_CODES = ['00123', '1E5', '=SKU+1', '2026-01', '-7', 'Größe/2', 'a b'];

export function addItems({ company, random, stamp, firstDay, today }: Making, count: number): void {
  const tax = TAX_TYPE[company.profile.countryCode];
  for (let at = 0; at < count; at++) {
    const isSold = random.chance(80);
    const isBought = !isSold || random.chance(50);
    const name = random.pick(isSold ? SOLD : BOUGHT);
    const price = random.between(100, 90_000);
    add(company, 'items', {
      updatedAt: stamp(firstDay + random.between(0, today - firstDay)),
      code: ODD_CODES[at] ?? `${name.slice(0, 3).toUpperCase()}-${String(at).padStart(4, '0')}`,
      name: name.slice(0, 50),
      description: random.chance(70) ? `${name}, as listed` : null,
      purchaseDescription: isBought && random.chance(50) ? `${name}, from the maker` : null,
      sold: isSold
        ? {
            // Four places in one of five prices, which two would round away.
            unit: random.chance(90) ? price * 100 + (random.chance(20) ? random.between(1, 99) : 0) : null,
            account: company.account('sales'),
            taxType: tax.sales,
          }
        : null,
      bought: isBought
        ? {
            unit: random.chance(80) ? Math.floor(price * 0.6) * 100 : null,
            account: company.account('purchases'),
            taxType: tax.purchases,
          }
        : null,
      stock: null,
    });
  }
}

/** An item whose stock is counted: bought into the asset account, sold out of it at average cost. */
export function trackedItem({ company, stamp, firstDay }: Making, at: number): Omit<Item, 'index'> {
  const tax = TAX_TYPE[company.profile.countryCode];
  return {
    updatedAt: stamp(firstDay),
    code: `STK-${String(at + 1).padStart(3, '0')}`,
    name: `Stocked ${SOLD[at % SOLD.length]}`.slice(0, 50),
    description: 'Kept in the warehouse',
    purchaseDescription: 'For the warehouse',
    sold: { unit: (2_000 + at * 350) * 100, account: company.account('sales'), taxType: tax.sales },
    bought: { unit: (1_100 + at * 210) * 100, account: company.account('purchases'), taxType: tax.purchases },
    stock: { account: company.account('inventory') },
  };
}

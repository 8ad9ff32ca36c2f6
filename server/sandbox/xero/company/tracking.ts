/** What lines say of tracking and items, where nothing was entered by hand: worked out from the line's id, so that it costs no memory. */
import type { Company } from './company.ts';
import { mix } from './guid.ts';
import type { Line, TrackingChoice } from './rows.ts';
import type { SeededRandom } from './seeded-random.ts';

/** One option of one or two of the organisation's categories; none where it does not track. */
export function someTracking(company: Company, random: SeededRandom): TrackingChoice[] {
  const categories = company.trackingCategories.filter(
    ({ status, options }) => status === 'ACTIVE' && options.length > 0,
  );
  return categories
    .filter((_, at) => at === 0 || random.chance(30))
    .map(({ index, options }) => ({ category: index, option: random.pick(options).id }));
}

/** As entered, else, on lines that the company was made with, as their ids fall. Archived categories and options are among them. */
export function trackingOf(company: Company, line: Line): readonly TrackingChoice[] {
  if (line.tracking) return line.tracking;
  if (line.id >= company.made.lines || !line.amounts) return [];
  const categories = company.trackingCategories;
  const roll = mix(line.id ^ 0x7472_6163) >>> 0;
  const choices: TrackingChoice[] = [];
  for (const { index, options } of categories) {
    const share = index === 0 ? 45 : index === 1 ? 15 : 3;
    const part = mix(roll + index) >>> 0;
    const option = options[(part >>> 8) % Math.max(1, options.length)];
    if (option && part % 100 < share) choices.push({ category: index, option: option.id });
  }
  // No more than two on a line: no organisation had more active at once.
  return choices.slice(0, 2);
}

/** The item that a line names: as entered, else, on lines that the company was made with, as their ids fall. */
export function itemOf(company: Company, line: Line): number | undefined {
  if (line.item !== undefined || !line.amounts) return line.item;
  if (line.id >= company.made.lines) return undefined;
  const side = company.accounts.at(line.amounts.account).class === 'REVENUE' ? 'sold' : 'bought';
  const named = itemsOf(company)[side];
  const roll = mix(line.id ^ 0x6974_656d) >>> 0;
  return named.length > 0 && roll % 100 < 35 ? named[(roll >>> 8) % named.length] : undefined;
}

interface Named {
  made: number;
  sold: number[];
  bought: number[];
}

const kept = new WeakMap<Company, Named>();

/** Of the items that the company was made with those that need no stock: what happens to items later moves no line. */
function itemsOf(company: Company): Named {
  const made = company.made.items;
  const known = kept.get(company);
  if (known?.made === made) return known;
  const named: Named = { made, sold: [], bought: [] };
  for (const { index, stock, sold, bought } of company.items) {
    if (index >= made || stock) continue;
    if (sold) named.sold.push(index);
    if (bought) named.bought.push(index);
  }
  kept.set(company, named);
  return named;
}

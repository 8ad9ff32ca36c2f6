/** Line items as Xero prints them (field order: xero-api.md 3.4). */
import type { Company } from '../company/company.ts';
import type { Line } from '../company/rows.ts';
import { itemOf, trackingOf } from '../company/tracking.ts';
import { decimalText, moneyText, roundDown } from '../json/decimal.ts';
import { listText, objectText, optionalText, stringText } from '../json/json-text.ts';
import { trackingText } from './tracking-categories.ts';

/** Unit price: four places when asked, else rounded to two. */
export const unitText = (unit: number, places: 2 | 4): string =>
  places === 4 ? decimalText(unit, 4) : moneyText(roundDown(unit, 100));

/** `depth` is the depth of the list itself. A line of words only has neither price, quantity nor account. */
export function lineItemsText(
  company: Company,
  lines: readonly Line[],
  depth: number,
  unitPlaces: 2 | 4,
): string {
  return listText(
    depth,
    lines.map((line) => {
      const { id, description, amounts } = line;
      const account = amounts ? company.accounts.at(amounts.account) : undefined;
      const item = itemOf(company, line);
      return objectText(depth + 1, [
        'ItemCode',
        item === undefined ? undefined : stringText(company.items.at(item).code),
        'Description',
        stringText(description),
        'UnitAmount',
        amounts ? unitText(amounts.unit, unitPlaces) : undefined,
        'TaxType',
        amounts ? stringText(amounts.taxType) : undefined,
        'TaxAmount',
        amounts ? moneyText(amounts.tax) : undefined,
        'LineAmount',
        amounts ? moneyText(amounts.amount) : undefined,
        'AccountCode',
        optionalText(account?.code),
        'Item',
        item === undefined ? undefined : itemText(company, item, depth + 2),
        'Tracking',
        trackingText(company, trackingOf(company, line), depth + 2, 'names'),
        'Quantity',
        amounts ? decimalText(amounts.quantity, 4) : undefined,
        'LineItemID',
        stringText(company.id('line', id)),
        'AccountID',
        account ? stringText(company.id('accounts', account.index)) : undefined,
        'ValidationErrors',
        '[]',
      ]);
    }),
  );
}

/** A deleted item leaves its code on the line and nothing else. */
function itemText(company: Company, index: number, depth: number): string | undefined {
  const item = company.items.at(index);
  if (item.isHidden) return undefined;
  return objectText(depth, [
    'ItemID',
    stringText(company.id('items', index)),
    'Name',
    stringText(item.name),
    'Code',
    stringText(item.code),
  ]);
}

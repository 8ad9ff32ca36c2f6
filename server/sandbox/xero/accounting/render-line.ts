/** Line items as Xero prints them (field order: xero-api.md 3.4). */
import type { Company } from '../company/company.ts';
import type { Line } from '../company/rows.ts';
import { decimalText, moneyText, roundDown } from '../json/decimal.ts';
import { listText, objectText, optionalText, stringText } from '../json/json-text.ts';

/** Unit price: four places when asked, else rounded to two. */
const unitText = (unit: number, places: 2 | 4): string =>
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
    lines.map(({ id, description, amounts }) => {
      const account = amounts ? company.accounts.at(amounts.account) : undefined;
      return objectText(depth + 1, [
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
        'Tracking',
        '[]',
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

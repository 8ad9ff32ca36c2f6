/** `/Items`: never paged; a deleted item is gone, though lines keep its code (xero-api.md 3.2 and 3.4, 2026-11-20). */
import type { Company } from '../company/company.ts';
import type { ItemSide } from '../company/setting-rows.ts';
import { stockOf } from '../company/stock.ts';
import { decimalText, moneyText } from '../json/decimal.ts';
import { booleanText, objectText, optionalText, stringText } from '../json/json-text.ts';
import { instantText } from '../json/wire-dates.ts';
import type { Listing } from './listing.ts';
import { unitText } from './render-line.ts';

export const items: Listing<'items'> = {
  kind: 'items',
  plural: 'Items',
  // Either scope opens it (xero-api.md 1.4).
  scope: 'accounting.settings',
  otherScope: 'accounting.invoices',
  canPage: false,
  hasSummaryOnly: false,
  idField: 'ItemID',
  orders: { Code: (_, row) => row.code, Name: (_, row) => row.name },
  where: (company) => ({
    ItemID: { type: 'guid', read: (row) => company.id('items', row.index) },
    Code: { type: 'text', read: (row) => row.code },
    Name: { type: 'text', read: (row) => row.name },
    Description: { type: 'text', read: (row) => row.description },
    IsSold: { type: 'boolean', read: (row) => row.sold !== null },
    IsPurchased: { type: 'boolean', read: (row) => row.bought !== null },
    IsTrackedAsInventory: { type: 'boolean', read: (row) => row.stock !== null },
    UpdatedDateUTC: { type: 'date', read: (row) => row.updatedAt },
  }),
  filters: () => [],
  findByName: (company, name) => company.items.find((row) => row.code === name && !row.isHidden),
  render: (company, row, _form, { unitPlaces }) =>
    objectText(2, [
      'ItemID',
      stringText(company.id('items', row.index)),
      'Code',
      stringText(row.code),
      'Description',
      optionalText(row.description),
      'PurchaseDescription',
      optionalText(row.purchaseDescription),
      'UpdatedDateUTC',
      instantText(row.updatedAt),
      'PurchaseDetails',
      sideText(company, row.bought, row.stock ? 'COGSAccountCode' : 'AccountCode', unitPlaces),
      'SalesDetails',
      sideText(company, row.sold, 'AccountCode', unitPlaces),
      'Name',
      stringText(row.name),
      'IsTrackedAsInventory',
      booleanText(row.stock !== null),
      'InventoryAssetAccountCode',
      row.stock ? optionalText(company.accounts.at(row.stock.account).code) : undefined,
      'TotalCostPool',
      row.stock ? moneyText(stockOf(company, row.index).costPool) : undefined,
      'QuantityOnHand',
      row.stock ? decimalText(stockOf(company, row.index).quantity, 4) : undefined,
      'IsSold',
      booleanText(row.sold !== null),
      'IsPurchased',
      booleanText(row.bought !== null),
    ]),
};

/** An item that is not sold, or not bought, has the details all the same: empty. */
function sideText(
  company: Company,
  side: ItemSide | null,
  accountField: 'AccountCode' | 'COGSAccountCode',
  unitPlaces: 2 | 4,
): string {
  if (!side) return '{}';
  return objectText(3, [
    'UnitPrice',
    side.unit === null ? undefined : unitText(side.unit, unitPlaces),
    accountField,
    optionalText(company.accounts.at(side.account).code),
    'TaxType',
    stringText(side.taxType),
  ]);
}

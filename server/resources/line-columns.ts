/** The columns that every kind of line item has in Xero. */
import { money, more, quantity, text } from './column.ts';
import type { Column } from './resource.ts';

/** A line has at most two tracking categories, in the order Xero gives them. */
export const trackingColumns: { shown: readonly Column[]; more: readonly Column[] } = {
  shown: [
    text('tracking-1-name', 'Tracking category 1', 'Tracking[0].Name'),
    text('tracking-1-option', 'Tracking option 1', 'Tracking[0].Option'),
    text('tracking-2-name', 'Tracking category 2', 'Tracking[1].Name'),
    text('tracking-2-option', 'Tracking option 2', 'Tracking[1].Option'),
  ],
  more: [
    more.text('tracking-1-category-id', 'Tracking category 1 ID', 'Tracking[0].TrackingCategoryID'),
    more.text('tracking-1-option-id', 'Tracking option 1 ID', 'Tracking[0].TrackingOptionID'),
    more.text('tracking-2-category-id', 'Tracking category 2 ID', 'Tracking[1].TrackingCategoryID'),
    more.text('tracking-2-option-id', 'Tracking option 2 ID', 'Tracking[1].TrackingOptionID'),
  ],
};

export const lineColumns: readonly Column[] = [
  text('item-code', 'Item code', 'ItemCode'),
  text('description', 'Description', 'Description'),
  quantity('quantity', 'Quantity', 'Quantity'),
  quantity('unit-amount', 'Unit price', 'UnitAmount'),
  text('account-code', 'Account code', 'AccountCode'),
  text('tax-type', 'Tax type', 'TaxType'),
  money('tax-amount', 'Line tax', 'TaxAmount'),
  money('line-amount', 'Line amount', 'LineAmount'),
  ...trackingColumns.shown,
  more.rate('discount-rate', 'Discount %', 'DiscountRate'),
  more.money('discount-amount', 'Discount amount', 'DiscountAmount'),
  more.text('item-name', 'Item name', 'Item.Name'),
  more.text('item-id', 'Item ID', 'Item.ItemID'),
  more.text('account-id', 'Account ID', 'AccountID'),
  ...trackingColumns.more,
  more.text('line-id', 'Line ID', 'LineItemID'),
];

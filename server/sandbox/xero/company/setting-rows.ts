/** What an organisation sets up: tracking, groups of contacts, its people, themes and items. */
import type { Row } from './rows.ts';

export type TrackingStatus = 'ACTIVE' | 'ARCHIVED' | 'DELETED';

export interface TrackingOption {
  /** Unique in the organisation: TrackingOptionID is made from it. */
  id: number;
  name: string;
  status: TrackingStatus;
}

export interface TrackingCategory extends Row {
  name: string;
  status: TrackingStatus;
  options: readonly TrackingOption[];
}

export interface ContactGroup extends Row {
  name: string;
  status: 'ACTIVE' | 'DELETED';
  /** Indexes of contacts, in the order of joining. */
  members: ReadonlySet<number>;
}

export interface OrganisationUser extends Row {
  /** The person's own id at Xero, the same in every organisation: `xero_userid` of their tokens. */
  globalId: string;
  email: string;
  firstName: string;
  lastName: string;
  isSubscriber: boolean;
  role: 'READONLY' | 'INVOICEONLY' | 'STANDARD' | 'FINANCIALADVISER' | 'MANAGEDCLIENT' | 'CASHBOOKCLIENT';
}

/** `updatedAt` is when it was made. */
export interface BrandingTheme extends Row {
  name: string;
}

/** One side of an item: what it is sold or bought for. */
export interface ItemSide {
  /** Ten-thousandths of a unit of money; null where no price is kept. */
  unit: number | null;
  account: number;
  taxType: string;
}

export interface Item extends Row {
  code: string;
  name: string;
  description: string | null;
  purchaseDescription: string | null;
  sold: ItemSide | null;
  /** Of a tracked item, `account` is that of the cost of goods sold. */
  bought: ItemSide | null;
  /** Of a tracked item; null on one that is only named on lines. */
  stock: { /** The asset account; how much is on hand: stock.ts. */ account: number } | null;
}

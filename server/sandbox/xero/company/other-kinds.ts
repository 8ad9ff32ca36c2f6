/** The kinds of kinds.ts that stay small, thousands at most: their columns hold values as they are. */
import { type BankTransfer, postTransfer } from './bank-transfers.ts';
import { anyValue, type Columns } from './columns.ts';
import { postCredit } from './credit-postings.ts';
import type { Allocation, Credit, CreditNote, Overpayment, Prepayment } from './credit-rows.ts';
import type { KindOfRecord } from './kinds.ts';
import { type ManualJournal, postManualJournal } from './manual-journals.ts';
import type { Row } from './rows.ts';
import type {
  BrandingTheme,
  ContactGroup,
  Item,
  OrganisationUser,
  TrackingCategory,
} from './setting-rows.ts';

export interface OtherRows {
  trackingCategories: TrackingCategory;
  contactGroups: ContactGroup;
  users: OrganisationUser;
  brandingThemes: BrandingTheme;
  items: Item;
  bankTransfers: BankTransfer;
  manualJournals: ManualJournal;
  creditNotes: CreditNote;
  prepayments: Prepayment;
  overpayments: Overpayment;
  allocations: Allocation;
}

export const OTHER_KINDS: { [Kind in keyof OtherRows]: KindOfRecord<OtherRows[Kind]> } = {
  trackingCategories: {
    columns: () => ({ ...commonColumns(), name: anyValue(), status: anyValue(), options: anyValue() }),
  },
  contactGroups: {
    columns: () => ({ ...commonColumns(), name: anyValue(), status: anyValue(), members: anyValue() }),
  },
  users: {
    columns: () => ({
      ...commonColumns(),
      globalId: anyValue(),
      email: anyValue(),
      firstName: anyValue(),
      lastName: anyValue(),
      isSubscriber: anyValue(),
      role: anyValue(),
    }),
  },
  brandingThemes: {
    columns: () => ({ ...commonColumns(), name: anyValue() }),
  },
  items: {
    columns: () => ({
      ...commonColumns(),
      code: anyValue(),
      name: anyValue(),
      description: anyValue(),
      purchaseDescription: anyValue(),
      sold: anyValue(),
      bought: anyValue(),
      stock: anyValue(),
    }),
  },
  bankTransfers: {
    columns: () => ({
      ...commonColumns(),
      from: anyValue(),
      to: anyValue(),
      date: anyValue(),
      amount: anyValue(),
      rate: anyValue(),
      base: anyValue(),
      reference: anyValue(),
      isFromReconciled: anyValue(),
      isToReconciled: anyValue(),
      fromTracking: anyValue(),
      toTracking: anyValue(),
      status: anyValue(),
    }),
    post: postTransfer,
  },
  manualJournals: {
    columns: () => ({
      ...commonColumns(),
      narration: anyValue(),
      date: anyValue(),
      status: anyValue(),
      lineAmountTypes: anyValue(),
      lines: anyValue(),
      showsOnCashBasis: anyValue(),
    }),
    post: postManualJournal,
  },
  creditNotes: {
    columns: () => ({ ...creditColumns(), number: anyValue(), wasSent: anyValue() }),
    post: postCredit,
  },
  prepayments: {
    columns: () => ({ ...creditColumns(), bankTransaction: anyValue() }),
    post: postCredit,
  },
  overpayments: {
    columns: () => ({ ...creditColumns(), bankTransaction: anyValue() }),
    post: postCredit,
  },
  allocations: {
    columns: () => ({
      ...commonColumns(),
      credit: anyValue(),
      invoice: anyValue(),
      date: anyValue(),
      amount: anyValue(),
      isDeleted: anyValue(),
    }),
    documents: ({ credit, invoice }) => [credit, { kind: 'invoices', index: invoice }],
  },
};

const commonColumns = (): Columns<Row> => ({
  updatedAt: anyValue(),
  isHidden: anyValue(),
  raw: anyValue(),
});

/** What all credits have; `any`, because their types and statuses differ. */
const creditColumns = () => ({
  ...commonColumns(),
  contact: anyValue<number>(),
  date: anyValue<number>(),
  reference: anyValue<string | null>(),
  lineAmountTypes: anyValue<Credit['lineAmountTypes']>(),
  lines: anyValue<Credit['lines']>(),
  currency: anyValue<string>(),
  rate: anyValue<number>(),
  total: anyValue<number>(),
  tax: anyValue<number>(),
  payments: anyValue<readonly number[]>(),
  allocations: anyValue<readonly number[]>(),
  type: anyValue<never>(),
  status: anyValue<never>(),
});

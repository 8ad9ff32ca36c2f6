/** Makes tracking categories, groups, items, transfers and manual journals as a person in Xero would. */
import { addBankTransfer } from '../company/bank-transfers.ts';
import { add, type Company } from '../company/company.ts';
import type { ManualJournal } from '../company/manual-journals.ts';
import type { ContactGroup, Item, ItemSide, TrackingCategory } from '../company/setting-rows.ts';
import { nextOptionId, refuseThirdActive } from './edit-tracking.ts';
import { accountCoded, rowOf } from './find.ts';
import { enteredLines, refuseUnbalanced } from './journal-lines.ts';
import {
  groupFields,
  type ItemSideFields,
  itemFields,
  journalFields,
  newTrackingFields,
  newTransferFields,
} from './kind-fields.ts';
import { parsed } from './parsed.ts';
import { ControlError } from './refuse.ts';

export function createTracking(company: Company, input: unknown, now: number): TrackingCategory {
  const fields = parsed(newTrackingFields, input);
  refuseThirdActive(company, null);
  const first = nextOptionId(company);
  return add(company, 'trackingCategories', {
    updatedAt: now,
    name: fields.Name,
    status: 'ACTIVE',
    options: fields.Options.map((name, at) => ({ id: first + at, name, status: 'ACTIVE' })),
  });
}

export function createGroup(company: Company, input: unknown, now: number): ContactGroup {
  const fields = parsed(groupFields.partial().required({ Name: true }), input);
  return add(company, 'contactGroups', {
    updatedAt: now,
    name: fields.Name,
    status: 'ACTIVE',
    members: membersOf(company, fields.Contacts ?? []),
  });
}

export const membersOf = (company: Company, ids: readonly string[]): Set<number> =>
  new Set(ids.map((id, at) => rowOf(company, 'contacts', id, `fields.Contacts.${at}`).index));

export function createItem(company: Company, input: unknown, now: number): Item {
  const fields = parsed(itemFields.partial().required({ Code: true }), input);
  refuseTakenCode(company, fields.Code, null);
  return add(company, 'items', {
    updatedAt: now,
    code: fields.Code,
    name: fields.Name ?? fields.Code,
    description: fields.Description ?? null,
    purchaseDescription: fields.PurchaseDescription ?? null,
    sold: itemSide(company, fields.SalesDetails, null, 'sales', 'SalesDetails'),
    bought: itemSide(company, fields.PurchaseDetails, null, 'purchases', 'PurchaseDetails'),
    stock: null,
  });
}

export function refuseTakenCode(company: Company, code: string | undefined, index: number | null) {
  if (company.items.some((item) => item.code === code && !item.isHidden && item.index !== index)) {
    throw new ControlError('fields.Code', 'Price List Item with this code already exists.');
  }
}

/** What is left out stays as it was; a side that never was begins with the standard account and no tax. */
export function itemSide(
  company: Company,
  fields: ItemSideFields | undefined,
  before: ItemSide | null,
  standard: string,
  name: string,
): ItemSide | null {
  if (!fields) return before;
  const { UnitPrice, AccountCode, TaxType } = fields;
  if (TaxType !== undefined && !company.taxRate(TaxType))
    throw new ControlError(`fields.${name}.TaxType`, `no tax rate ${TaxType}`);
  return {
    unit: UnitPrice === undefined ? (before?.unit ?? null) : UnitPrice,
    account:
      AccountCode === undefined
        ? (before?.account ?? company.account(standard))
        : accountCoded(company, AccountCode, `fields.${name}.AccountCode`),
    taxType: TaxType ?? before?.taxType ?? 'NONE',
  };
}

export function createTransfer(company: Company, input: unknown, now: number) {
  const fields = parsed(newTransferFields, input);
  const bank = (code: string, field: string) => {
    const account = accountCoded(company, code, field);
    if (!company.accounts.at(account).bank) throw new ControlError(field, 'not a bank account');
    return account;
  };
  const from = bank(fields.FromAccountCode, 'fields.FromAccountCode');
  const to = bank(fields.ToAccountCode, 'fields.ToAccountCode');
  if (from === to) throw new ControlError('fields.ToAccountCode', 'A transfer needs two bank accounts.');
  if (fields.Amount <= 0) throw new ControlError('fields.Amount', 'The amount must be greater than zero.');
  return addBankTransfer(company, {
    from,
    to,
    date: fields.Date ?? company.today(now),
    amount: fields.Amount,
    reference: fields.Reference ?? null,
    isReconciled: false,
    updatedAt: now,
  });
}

export function createJournal(company: Company, input: unknown, now: number): ManualJournal {
  const fields = parsed(journalFields.partial().required({ Narration: true, JournalLines: true }), input);
  const status = fields.Status ?? 'POSTED';
  if (status !== 'DRAFT' && status !== 'POSTED')
    throw new ControlError('fields.Status', 'Manual journal not of valid status for creation');
  // Without tax unless told otherwise (xero-api.md 7.3).
  const kind = fields.LineAmountTypes ?? 'NoTax';
  const lines = enteredLines(company, kind, fields.JournalLines);
  refuseUnbalanced(status, kind, lines);
  return add(company, 'manualJournals', {
    updatedAt: now,
    narration: fields.Narration,
    date: fields.Date ?? company.today(now),
    status,
    lineAmountTypes: kind,
    lines,
    showsOnCashBasis: fields.ShowOnCashBasisReports ?? true,
  });
}

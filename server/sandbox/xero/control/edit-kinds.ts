/** Edits groups, items, transfers and manual journals as a person in Xero would, the ledger following. */
import { type Company, change } from '../company/company.ts';
import type { JournalStatus } from '../company/manual-journals.ts';
import { itemSide, membersOf, refuseTakenCode } from './create-kinds.ts';
import { rowOf } from './find.ts';
import { enteredLines, refuseUnbalanced } from './journal-lines.ts';
import { groupFields, itemFields, journalFields, transferFields } from './kind-fields.ts';
import { assign, parsed } from './parsed.ts';
import { ControlError } from './refuse.ts';

export function editGroup(company: Company, id: string, input: unknown, now: number): void {
  const row = rowOf(company, 'contactGroups', id);
  const fields = parsed(groupFields.partial(), input);
  const members = fields.Contacts && membersOf(company, fields.Contacts);
  if (row.status === 'DELETED') throw new ControlError('id', 'A deleted group cannot be changed.');
  change(company, 'contactGroups', row, () => {
    assign(row, { name: fields.Name, status: fields.Status, members, updatedAt: now });
  });
}

export function editItem(company: Company, id: string, input: unknown, now: number): void {
  const row = rowOf(company, 'items', id);
  const fields = parsed(itemFields.partial(), input);
  refuseTakenCode(company, fields.Code, row.index);
  const sold = itemSide(company, fields.SalesDetails, row.sold, 'sales', 'SalesDetails');
  const bought = itemSide(company, fields.PurchaseDetails, row.bought, 'purchases', 'PurchaseDetails');
  change(company, 'items', row, () => {
    assign(row, {
      code: fields.Code,
      name: fields.Name,
      description: fields.Description,
      purchaseDescription: fields.PurchaseDescription,
      sold,
      bought,
      updatedAt: now,
    });
  });
}

/** Nothing stamps a transfer: only when it was made is ever told (xero-api.md 3.2). */
export function editTransfer(company: Company, id: string, input: unknown): void {
  const row = rowOf(company, 'bankTransfers', id);
  const fields = parsed(transferFields.partial(), input);
  if (row.status === 'DELETED') throw new ControlError('id', 'A deleted transfer cannot be changed.');
  change(company, 'bankTransfers', row, () => {
    assign(row, {
      reference: fields.Reference,
      isFromReconciled: fields.FromIsReconciled,
      isToReconciled: fields.ToIsReconciled,
      status: fields.Status,
    });
  });
}

const MOVES: Record<JournalStatus, JournalStatus[]> = {
  DRAFT: ['DRAFT', 'POSTED', 'DELETED', 'ARCHIVED'],
  POSTED: ['POSTED', 'VOIDED'],
  ARCHIVED: ['ARCHIVED', 'DRAFT'],
  VOIDED: [],
  DELETED: [],
};

export function editJournal(company: Company, id: string, input: unknown, now: number): void {
  const row = rowOf(company, 'manualJournals', id);
  const fields = parsed(journalFields.partial(), input);
  const status = fields.Status ?? row.status;
  if (!MOVES[row.status].includes(status))
    throw new ControlError('fields.Status', 'Manual journal not of valid status for modification');
  const kind = fields.LineAmountTypes ?? row.lineAmountTypes;
  if (kind !== row.lineAmountTypes && !fields.JournalLines)
    throw new ControlError('fields.LineAmountTypes', 'give the JournalLines with it');
  const lines = fields.JournalLines ? enteredLines(company, kind, fields.JournalLines) : row.lines;
  refuseUnbalanced(status, kind, lines);
  change(company, 'manualJournals', row, () => {
    assign(row, {
      narration: fields.Narration,
      date: fields.Date,
      status: fields.Status,
      lineAmountTypes: fields.LineAmountTypes,
      lines,
      showsOnCashBasis: fields.ShowOnCashBasisReports,
      updatedAt: now,
    });
  });
}

/** Journal lines as they are entered, and what Xero refuses of them (xero-api.md 7.2, step 7). */
import type { Company } from '../company/company.ts';
import {
  canJournalTo,
  type JournalLine,
  type JournalStatus,
  journalLines,
  sumOfJournal,
} from '../company/manual-journals.ts';
import type { LineAmountTypes } from '../company/rows.ts';
import { accountCoded, trackingChosen } from './find.ts';
import type { JournalLineFields } from './kind-fields.ts';
import { ControlError } from './refuse.ts';

export function enteredLines(
  company: Company,
  kind: LineAmountTypes,
  lines: readonly JournalLineFields[],
): JournalLine[] {
  const drafts = lines.map((line, at) => {
    const field = `fields.JournalLines.${at}`;
    const account = accountCoded(company, line.AccountCode, `${field}.AccountCode`);
    if (!canJournalTo(company.accounts.at(account))) {
      const message = `Account code '${line.AccountCode}' is not a valid code for this document.`;
      throw new ControlError(`${field}.AccountCode`, message);
    }
    if (line.TaxType !== undefined && !company.taxRate(line.TaxType)) {
      throw new ControlError(`${field}.TaxType`, `no tax rate ${line.TaxType}`);
    }
    return {
      description: line.Description,
      account,
      taxType: line.TaxType ?? 'NONE',
      amount: line.LineAmount,
      tracking: trackingChosen(company, line.Tracking ?? [], `${field}.Tracking`),
    };
  });
  return journalLines(company, kind, drafts);
}

/** A draft may be out of balance; what is posted may not. */
export function refuseUnbalanced(
  status: JournalStatus,
  kind: LineAmountTypes,
  lines: readonly JournalLine[],
) {
  if (status === 'POSTED' && sumOfJournal(kind, lines) !== 0) {
    throw new ControlError('fields.JournalLines', 'The total debits must equal total credits.');
  }
}

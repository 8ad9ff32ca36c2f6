/** Finds what a control action names. */
import { type Company, tableOf } from '../company/company.ts';
import type { LineDraft } from '../company/documents.ts';
import type { RecordKind, Rows } from '../company/kinds.ts';
import type { LineFields } from './fields.ts';
import { ControlError } from './refuse.ts';

/** By tenant id or name; the first organisation where none is named. */
export function companyNamed(companies: readonly Company[], name: string | undefined): Company {
  const company =
    name === undefined
      ? companies[0]
      : companies.find(({ tenantId, profile }) => tenantId === name || profile.name === name);
  if (!company) throw new ControlError('organisation', `no organisation ${name}`);
  return company;
}

export function rowOf<Kind extends RecordKind>(
  company: Company,
  kind: Kind,
  id: string,
  field = 'id',
): Rows[Kind] {
  const index = company.indexOf(kind, id);
  const rows = tableOf(company, kind);
  const row = index !== null && rows.has(index) ? rows.at(index) : undefined;
  if (!row || row.isHidden) throw new ControlError(field, `no such record in ${kind}: ${id}`);
  return row;
}

export function accountCoded(company: Company, code: string, field: string): number {
  const account = company.accounts.find((each) => each.code === code && !each.isHidden);
  if (!account)
    throw new ControlError(field, `Account code '${code}' is not a valid code for this document.`);
  return account.index;
}

/** Lines keep their LineItemID where they give one that the document has. */
export function lineDrafts(
  company: Company,
  lines: LineFields[],
  known: readonly { id: number }[],
  standard: string,
): LineDraft[] {
  return lines.map((line, at) => {
    const kept = known.find(({ id }) => company.id('line', id) === line.LineItemID);
    const isWords = line.Quantity === undefined && line.UnitAmount === undefined;
    if (line.TaxType !== undefined && !company.taxRate(line.TaxType)) {
      throw new ControlError(`fields.LineItems.${at}.TaxType`, `no tax rate ${line.TaxType}`);
    }
    return {
      ...(kept ? { id: kept.id } : {}),
      description: line.Description,
      ...(isWords
        ? {}
        : {
            quantity: line.Quantity ?? 10_000,
            unit: line.UnitAmount ?? 0,
            account:
              line.AccountCode === undefined
                ? company.account(standard)
                : accountCoded(company, line.AccountCode, `fields.LineItems.${at}.AccountCode`),
            taxType: line.TaxType ?? 'NONE',
          }),
    };
  });
}

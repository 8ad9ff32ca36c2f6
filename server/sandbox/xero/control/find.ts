/** Finds what a control action names. */
import { type Company, tableOf } from '../company/company.ts';
import type { LineDraft } from '../company/documents.ts';
import type { RecordKind, Rows } from '../company/kinds.ts';
import type { Contact, TrackingChoice } from '../company/rows.ts';
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
    const item =
      line.ItemCode === undefined
        ? undefined
        : company.items.at(itemCoded(company, line.ItemCode, `fields.LineItems.${at}.ItemCode`));
    return {
      ...(kept ? { id: kept.id } : {}),
      ...(line.Tracking
        ? { tracking: trackingChosen(company, line.Tracking, `fields.LineItems.${at}.Tracking`) }
        : {}),
      ...(item ? { item: item.index } : {}),
      description: line.Description,
      ...(isWords
        ? {}
        : {
            quantity: line.Quantity ?? 10_000,
            unit: line.UnitAmount ?? 0,
            account:
              // What is bought of a tracked item goes to its asset account, whatever else is asked for.
              item?.stock && standard !== 'sales'
                ? item.stock.account
                : line.AccountCode === undefined
                  ? company.account(standard)
                  : accountCoded(company, line.AccountCode, `fields.LineItems.${at}.AccountCode`),
            taxType: line.TaxType ?? 'NONE',
          }),
    };
  });
}

export function itemCoded(company: Company, code: string, field: string): number {
  const item = company.items.find((each) => each.code === code && !each.isHidden);
  if (!item) throw new ControlError(field, `Item code '${code}' is not valid.`);
  return item.index;
}

/** Active options of different categories, by their ids. */
export function trackingChosen(company: Company, ids: readonly string[], field: string): TrackingChoice[] {
  const choices = ids.map((id) => {
    for (const category of company.trackingCategories) {
      const option = category.options.find((each) => company.id('trackingOption', each.id) === id);
      if (option && option.status === 'ACTIVE' && category.status === 'ACTIVE') {
        return { category: category.index, option: option.id };
      }
    }
    throw new ControlError(field, `no active tracking option ${id}`);
  });
  if (new Set(choices.map(({ category }) => category)).size < choices.length) {
    throw new ControlError(field, 'A line has one option of a category at most.');
  }
  return choices;
}

/** The contact named, else the first active one in the organisation's own currency. */
export function contactFor(company: Company, id: string | undefined): Contact {
  if (id !== undefined) return rowOf(company, 'contacts', id, 'fields.ContactID');
  const contact = company.contacts.find(
    (each) => each.status === 'ACTIVE' && !each.isHidden && each.currency === null,
  );
  if (!contact) throw new ControlError('fields.ContactID', 'there is no active contact');
  return contact;
}

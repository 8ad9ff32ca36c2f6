/** Edits tracking categories and their options; ids on lines stay good through renames, archives and deletions. */
import { type Company, change } from '../company/company.ts';
import type { TrackingOption } from '../company/setting-rows.ts';
import { rowOf } from './find.ts';
import { trackingFields } from './kind-fields.ts';
import { assign, parsed } from './parsed.ts';
import { ControlError } from './refuse.ts';

export function editTracking(company: Company, id: string, input: unknown, now: number): void {
  const row = rowOf(company, 'trackingCategories', id);
  const fields = parsed(trackingFields.partial(), input);
  if (row.status === 'DELETED') throw new ControlError('id', 'A deleted category cannot be changed.');
  if (fields.Status === 'ACTIVE') refuseThirdActive(company, row.index);
  let next = nextOptionId(company);
  let options: TrackingOption[] = [...row.options];
  for (const [at, { TrackingOptionID, Name, Status }] of (fields.Options ?? []).entries()) {
    if (TrackingOptionID === undefined) {
      if (Name === undefined)
        throw new ControlError(`fields.Options.${at}.Name`, 'a new option needs a name');
      options.push({ id: next++, name: Name, status: Status ?? 'ACTIVE' });
      continue;
    }
    const known = options.find((option) => company.id('trackingOption', option.id) === TrackingOptionID);
    if (!known) throw new ControlError(`fields.Options.${at}.TrackingOptionID`, 'no such option');
    const changed = { ...known, name: Name ?? known.name, status: Status ?? known.status };
    options = options.map((option) => (option.id === known.id ? changed : option));
  }
  change(company, 'trackingCategories', row, () => {
    assign(row, { name: fields.Name, status: fields.Status, options, updatedAt: now });
  });
}

export function nextOptionId(company: Company): number {
  let next = 0;
  for (const { options } of company.trackingCategories)
    for (const { id } of options) next = Math.max(next, id + 1);
  return next;
}

/** Two active at most, four in all (xero-api.md 3.2). `except` is the category that is to become active again. */
export function refuseThirdActive(company: Company, except: number | null): void {
  const others = company.trackingCategories.filter((each) => !each.isHidden && each.index !== except);
  if (others.filter(({ status }) => status === 'ACTIVE').length >= 2)
    throw new ControlError('fields.Name', 'You can have two active tracking categories at most.');
  if (others.filter(({ status }) => status !== 'DELETED').length >= 4)
    throw new ControlError('fields.Name', 'You can have four tracking categories at most.');
}

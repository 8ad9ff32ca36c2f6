/** `/Currencies`: the organisation's own and those it is subscribed to; a code is all the id they have (xero-api.md 3.2, 2026-11-20). */
import { objectText, stringText } from '../json/json-text.ts';
import { envelope } from './envelope.ts';
import type { Endpoint } from './listing.ts';
import { notFound, validationRefused } from './refusal.ts';
import { parseWhere, type WhereField } from './where.ts';

export const currencies: Endpoint = {
  plural: 'Currencies',
  scope: 'accounting.settings',
  list({ profile }, query, context) {
    const order = /^(code|description)(?: (asc|desc))?$/i.exec(query.get('order') ?? 'Code');
    if (!order) throw validationRefused(`The order '${query.get('order')}' is not supported for Currencies.`);
    const where = query.get('where');
    const condition = where === undefined ? null : parseWhere<string>(where, FIELDS);
    const read = order[1]?.toLowerCase() === 'code' ? FIELDS.Code.read : FIELDS.Description.read;
    const sign = order[2]?.toLowerCase() === 'desc' ? -1 : 1;
    const codes = [profile.baseCurrency, ...profile.foreign.map(({ currency }) => currency)]
      .filter((code) => condition?.matches(code) ?? true)
      .sort((a, b) => (read(a) < read(b) ? -sign : sign));
    return envelope(context, 'Currencies', codes.map(currencyText));
  },
  /** There is no look by code (OAS 16.1 has none). */
  byId() {
    throw notFound();
  },
};

const NAMES = new Intl.DisplayNames('en', { type: 'currency' });
/** "New Zealand Dollar", as Xero says it. */
const spoken = (code: string): string => NAMES.of(code) ?? code;

const FIELDS = {
  Code: { type: 'text' as const, read: (code: string) => code },
  Description: { type: 'text' as const, read: spoken },
} satisfies Record<string, WhereField<string>>;

const currencyText = (code: string): string =>
  objectText(2, ['Code', stringText(code), 'Description', stringText(spoken(code))]);

/** `/TaxRates`: no ids, no paging, no If-Modified-Since; deleted rates stay listed (xero-api.md 3.2, 2026-11-20). */
import type { TaxRate } from '../company/rows.ts';
import { decimalText } from '../json/decimal.ts';
import { booleanText, listText, objectText, stringText } from '../json/json-text.ts';
import { envelope } from './envelope.ts';
import type { Endpoint } from './listing.ts';
import { notFound, validationRefused } from './refusal.ts';
import { parseWhere } from './where.ts';

export const taxRates: Endpoint = {
  plural: 'TaxRates',
  scope: 'accounting.settings',
  list(company, query, context) {
    const where = query.get('where');
    const type = query.get('TaxType');
    const order = query.get('order');
    if (order && !/^(name|taxtype)( (asc|desc))?$/i.test(order)) {
      throw validationRefused(`The order '${order}' is not supported for TaxRates.`);
    }
    const condition = where === undefined ? null : parseWhere<TaxRate>(where, FIELDS);
    const rates = company.taxRates
      .filter(
        (rate) =>
          (condition ? condition.matches(rate) : true) && (type === undefined || rate.taxType === type),
      )
      .sort((a, b) => (a.name < b.name ? -1 : 1));
    return envelope(context, 'TaxRates', rates.map(rateText));
  },
  byId(company, id, _query, context) {
    const rate = company.taxRate(id);
    if (!rate) throw notFound();
    return envelope(context, 'TaxRates', [rateText(rate)]);
  },
};

const FIELDS = {
  Name: { type: 'text' as const, read: (rate: TaxRate) => rate.name },
  TaxType: { type: 'text' as const, read: (rate: TaxRate) => rate.taxType },
  Status: { type: 'text' as const, read: (rate: TaxRate) => rate.status },
};

const rateText = (rate: TaxRate): string =>
  objectText(2, [
    'Name',
    stringText(rate.name),
    'TaxType',
    stringText(rate.taxType),
    'ReportTaxType',
    stringText(rate.reportTaxType),
    'CanApplyToAssets',
    'true',
    'CanApplyToEquity',
    'true',
    'CanApplyToExpenses',
    booleanText(rate.isForPurchases),
    'CanApplyToLiabilities',
    'true',
    'CanApplyToRevenue',
    booleanText(rate.isForSales),
    'DisplayTaxRate',
    decimalText(rate.rate, 4),
    'EffectiveRate',
    decimalText(rate.rate, 4),
    'Status',
    stringText(rate.status),
    'TaxComponents',
    listText(
      3,
      rate.components.map(({ name, rate: part }) =>
        objectText(4, [
          'Name',
          stringText(name),
          'Rate',
          decimalText(part, 4),
          'IsCompound',
          'false',
          'IsNonRecoverable',
          'false',
        ]),
      ),
    ),
  ]);

/** Payments as they stand inside the document that they pay or give back (field order: xero-api.md 3.4). */
import type { Company } from '../company/company.ts';
import type { Payment } from '../company/rows.ts';
import { decimalText, moneyText } from '../json/decimal.ts';
import { listText, objectText, optionalText, stringText } from '../json/json-text.ts';
import { dayText } from '../json/wire-dates.ts';

export const documentPaymentsText = (company: Company, payments: readonly Payment[]): string =>
  listText(
    3,
    payments.map((payment) =>
      objectText(4, [
        'PaymentID',
        stringText(company.id('payments', payment.index)),
        'Date',
        dayText(payment.date),
        'Amount',
        moneyText(payment.amount),
        'Reference',
        optionalText(payment.reference),
        'CurrencyRate',
        decimalText(payment.rate, 10),
        'HasAccount',
        'false',
        'HasValidationErrors',
        'false',
      ]),
    ),
  );

/**
 * `/Reports/AgedReceivablesByContact` and `/Reports/AgedPayablesByContact` (xero-api.md 4.2 and 4.3, published examples, OAS
 * 16.1): what one contact owes or is owed, document by document, in base currency, with what was paid up to `date`.
 */
import type { Context } from '../accounting/envelope.ts';
import type { Query } from '../accounting/query.ts';
import { type Answer, notFound, validationRefused } from '../accounting/refusal.ts';
import type { Company } from '../company/company.ts';
import { moneyText } from '../json/decimal.ts';
import { type Day, dayOfInstant, isoDay, longDay } from '../json/wire-dates.ts';
import { type OpenDocument, openDocuments } from './open-documents.ts';
import { dayParameter } from './report-query.ts';
import { type Cell, type ReportRow, reportAnswer } from './report-text.ts';

type AgedSide = 'receivable' | 'payable';

const NAMES = {
  receivable: { id: 'AgedReceivablesByContact', name: 'Aged Receivables By Contact', number: 'Number' },
  payable: { id: 'AgedPayablesByContact', name: 'Aged Payables By Contact', number: 'Reference' },
} as const;

/** `contactID` is required; `fromDate` and `toDate` are of the documents, `date` of their payments. */
export const agedByContact =
  (side: AgedSide) =>
  (company: Company, query: Query, context: Context): Answer => {
    const { id, name, number } = NAMES[side];
    const contact = contactAsked(company, query);
    const date = dayParameter(query, 'date') ?? company.today(context.now);
    const from = dayParameter(query, 'fromDate') ?? dayOfInstant(company.createdAt);
    const to = dayParameter(query, 'toDate') ?? date;
    const open = openDocuments(company, side, contact, date).filter((document) => document.date <= to);
    const opening = open.filter((document) => document.date < from);
    const listed = open.filter((document) => document.date >= from);
    const [before, totals] = [sumOf(opening), sumOf(listed)];
    return reportAnswer(company, context, {
      id,
      name,
      titles: [
        'Invoices',
        company.contacts.at(contact).name,
        `From ${longDay(from)} to ${longDay(to)}`,
        `Showing payments to ${longDay(date)}`,
      ],
      rows: [
        {
          type: 'Header',
          cells: ['Date', number, 'Due Date', '', 'Total', 'Paid', 'Credited', 'Due'].map((value) => ({
            value,
          })),
        },
        section([
          {
            type: 'Row',
            cells: [
              `${isoDay(from)}T00:00:00`,
              'Opening Balance',
              '',
              '',
              '',
              '',
              '',
              moneyText(before.due),
            ].map((value) => ({ value })),
          },
        ]),
        ...(listed.length === 0
          ? []
          : [section([...listed.map((document) => documentRow(document, date)), summary('Total', totals)])]),
        section([summary('Closing Balance', { ...totals, due: before.due + totals.due })]),
      ],
    });
  };

function contactAsked(company: Company, query: Query): number {
  const text = query.get('contactID');
  if (text === undefined) throw validationRefused('The contactID parameter is required.');
  const index = company.indexOf('contacts', text);
  if (index === null || !company.contacts.has(index) || company.contacts.at(index).isHidden) throw notFound();
  return index;
}

type Amounts = Pick<OpenDocument, 'total' | 'paid' | 'credited' | 'due'>;

const sumOf = (documents: OpenDocument[]): Amounts =>
  documents.reduce(
    (sum, { total, paid, credited, due }) => ({
      total: sum.total + total,
      paid: sum.paid + paid,
      credited: sum.credited + credited,
      due: sum.due + due,
    }),
    { total: 0, paid: 0, credited: 0, due: 0 },
  );

const section = (rows: ReportRow[]): ReportRow => ({ type: 'Section', title: '', rows });

const amountsText = ({ total, paid, credited, due }: Amounts) => [total, paid, credited, due].map(moneyText);

const summary = (name: string, amounts: Amounts): ReportRow => ({
  type: 'SummaryRow',
  cells: [name, '', '', '', ...amountsText(amounts)].map((value) => ({ value })),
});

function documentRow(document: OpenDocument, date: Day): ReportRow {
  const { dueOn } = document;
  const late = dueOn === null ? 0 : date - dueOn;
  const values = [
    `${isoDay(document.date)}T00:00:00`,
    document.number,
    dueOn === null ? '' : `${isoDay(dueOn)}T00:00:00`,
    late > 0 ? `${late} ${late === 1 ? 'day' : 'days'} overdue` : '',
    ...amountsText(document),
  ];
  return {
    type: 'Row',
    cells: values.map(
      (value): Cell => ({ value, attributes: [{ value: document.id, id: document.idName }] }),
    ),
  };
}

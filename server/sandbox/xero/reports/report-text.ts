/** Reports in Xero's shape: nested rows of text cells (xero-api.md 4.3, 2026-11-20). */

import { type Context, envelope } from '../accounting/envelope.ts';
import type { Answer } from '../accounting/refusal.ts';
import type { Company } from '../company/company.ts';
import { listText, objectText, stringText } from '../json/json-text.ts';
import { instantText, longDay } from '../json/wire-dates.ts';

export interface Cell {
  /** Text always, numbers too: "-2894.08". */
  value: string;
  attributes?: { id: string; value: string }[];
}

export type ReportRow =
  | { type: 'Header' | 'Row' | 'SummaryRow'; cells: Cell[] }
  | { type: 'Section'; title: string; rows: ReportRow[] };

export interface Report {
  id: string;
  name: string;
  titles: string[];
  rows: ReportRow[];
}

export function reportAnswer(company: Company, context: Context, report: Report): Answer {
  return envelope(context, 'Reports', [
    objectText(2, [
      'ReportID',
      stringText(report.id),
      'ReportName',
      stringText(report.name),
      'ReportType',
      stringText(report.id),
      'ReportTitles',
      listText(3, report.titles.map(stringText)),
      'ReportDate',
      stringText(longDay(company.today(context.now))),
      'UpdatedDateUTC',
      instantText(context.now),
      'Fields',
      '[]',
      'Rows',
      listText(
        3,
        report.rows.map((row) => rowText(row, 4)),
      ),
    ]),
  ]);
}

function rowText(row: ReportRow, depth: number): string {
  if (row.type === 'Section') {
    return objectText(depth, [
      'RowType',
      '"Section"',
      'Title',
      stringText(row.title),
      'Rows',
      listText(
        depth + 1,
        row.rows.map((inner) => rowText(inner, depth + 2)),
      ),
    ]);
  }
  return objectText(depth, [
    'RowType',
    stringText(row.type),
    'Cells',
    listText(
      depth + 1,
      row.cells.map((cell) => cellText(cell, depth + 2)),
    ),
  ]);
}

const cellText = ({ value, attributes }: Cell, depth: number): string =>
  objectText(depth, [
    'Value',
    stringText(value),
    'Attributes',
    attributes &&
      listText(
        depth + 1,
        attributes.map((attribute) =>
          objectText(depth + 2, ['Value', stringText(attribute.value), 'Id', stringText(attribute.id)]),
        ),
      ),
  ]);

/** Which accounts stand where in a profit and loss: Xero's standard layout, and one that a person rearranged. */
import type { Company } from '../company/company.ts';
import { type ReportLine, reportLines } from './report-lines.ts';

export interface LayoutSection {
  kind: 'section';
  title: string;
  totalName: string;
  /** 1 shows debits as positive, -1 credits. */
  sign: 1 | -1;
  lines: ReportLine[];
}

export type LayoutPart = LayoutSection | { kind: 'result'; name: string };

export function standardLayout(company: Company): LayoutPart[] {
  const lines = reportLines(company);
  const section = (title: string, sign: 1 | -1, ...types: string[]): LayoutSection => ({
    kind: 'section',
    title,
    totalName: `Total ${title.replace(/^(Less|Plus) /, '')}`,
    sign,
    lines: lines.filter(
      (line) => (line.class === 'REVENUE' || line.class === 'EXPENSE') && types.includes(line.type),
    ),
  });
  return [
    section('Income', -1, 'REVENUE', 'SALES'),
    section('Less Cost of Sales', 1, 'DIRECTCOSTS'),
    { kind: 'result', name: 'Gross Profit' },
    section('Plus Other Income', -1, 'OTHERINCOME'),
    section('Less Operating Expenses', 1, 'EXPENSE', 'OVERHEADS', 'DEPRECIATN'),
    { kind: 'result', name: 'Net Profit' },
  ];
}

/**
 * The layout the organisation's own people made: two accounts folded into one line that names no account. Answers differ
 * from the standard layout unless `standardLayout=true` is sent (xero-api.md 4.3); totals do not.
 */
export function customLayout(company: Company): LayoutPart[] {
  const folded = new Set([company.account('advertising'), company.account('entertainment')]);
  return standardLayout(company).map((part): LayoutPart => {
    if (part.kind === 'result') return part;
    const inside = part.lines.filter((line) => line.accounts.every((account) => folded.has(account)));
    if (inside.length === 0) return part;
    const marketing: ReportLine = {
      accounts: inside.flatMap((line) => line.accounts),
      name: 'Marketing',
      code: null,
      class: 'EXPENSE',
      type: 'OVERHEADS',
      attributes: [{ value: company.id('accounts', 1_000_000), id: 'groupID' }],
    };
    return { ...part, lines: [marketing, ...part.lines.filter((line) => !inside.includes(line))] };
  });
}

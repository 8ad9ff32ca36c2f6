/** Which accounts stand where in a balance sheet: Xero's standard layout, and one that a person rearranged. */
import type { Company } from '../company/company.ts';
import { type ReportLine, reportLines } from './report-lines.ts';

/** `side` 1 shows debits as positive, -1 credits. */
export type BalancePart =
  | { kind: 'heading'; title: string }
  | { kind: 'section'; title: string; side: 1 | -1; lines: ReportLine[] }
  | { kind: 'total'; name: string; titles: string[] }
  | { kind: 'net-assets' }
  | { kind: 'equity'; lines: ReportLine[] };

const NON_CURRENT_ASSETS = new Set(['NONCURRENT']);
const LONG_LIABILITIES = new Set(['TERMLIAB', 'LIABILITY']);

/** Every account that is no revenue or expense has one place. All bank accounts, cards too, stand under Bank. */
export function standardBalanceLayout(company: Company): BalancePart[] {
  const lines = reportLines(company);
  const of = (test: (line: ReportLine) => boolean) => lines.filter(test);
  const isOf = (name: string) => (line: ReportLine) => line.class === name && line.type !== 'BANK';
  const assets = of(isOf('ASSET'));
  const liabilities = of(isOf('LIABILITY'));
  const section = (title: string, side: 1 | -1, inside: ReportLine[]): BalancePart => ({
    kind: 'section',
    title,
    side,
    lines: inside,
  });
  const isCurrent = ({ type }: ReportLine) => type !== 'FIXED' && !NON_CURRENT_ASSETS.has(type);
  return [
    { kind: 'heading', title: 'Assets' },
    section(
      'Bank',
      1,
      of(({ type }) => type === 'BANK'),
    ),
    section('Current Assets', 1, assets.filter(isCurrent)),
    section(
      'Fixed Assets',
      1,
      assets.filter(({ type }) => type === 'FIXED'),
    ),
    section(
      'Non-current Assets',
      1,
      assets.filter(({ type }) => NON_CURRENT_ASSETS.has(type)),
    ),
    {
      kind: 'total',
      name: 'Total Assets',
      titles: ['Bank', 'Current Assets', 'Fixed Assets', 'Non-current Assets'],
    },
    { kind: 'heading', title: 'Liabilities' },
    section(
      'Current Liabilities',
      -1,
      liabilities.filter(({ type }) => !LONG_LIABILITIES.has(type)),
    ),
    section(
      'Non-current Liabilities',
      -1,
      liabilities.filter(({ type }) => LONG_LIABILITIES.has(type)),
    ),
    { kind: 'total', name: 'Total Liabilities', titles: ['Current Liabilities', 'Non-current Liabilities'] },
    { kind: 'net-assets' },
    { kind: 'equity', lines: of(isOf('EQUITY')) },
  ];
}

/** The owner's two accounts folded into one line that names no account; totals are those of the standard layout. */
export function customBalanceLayout(company: Company): BalancePart[] {
  const folded = new Set([company.account('ownerFunds'), company.account('ownerDrawings')]);
  return standardBalanceLayout(company).map((part): BalancePart => {
    if (part.kind !== 'equity') return part;
    const inside = part.lines.filter((line) => line.accounts.every((account) => folded.has(account)));
    const [first] = inside;
    if (!first) return part;
    const owner: ReportLine = {
      ...first,
      accounts: inside.flatMap((line) => line.accounts),
      name: 'Owner’s Funds',
      code: null,
      attributes: [{ value: company.id('accounts', 1_000_001), id: 'groupID' }],
    };
    return { ...part, lines: [owner, ...part.lines.filter((line) => !inside.includes(line))] };
  });
}

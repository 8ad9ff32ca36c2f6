/**
 * A report's stored answer as a tree of text cells, and what every report's rows share. Xero sends figures as strings, so
 * nothing here is ever a float. Labels may hold brackets of their own, so accounts are told by their id attribute and named
 * from the chart of accounts, never by taking a label apart; the bank summary calls the attribute otherwise (xero-api.md 4.2
 * and 4.3, 2026-11-20).
 */
import { z } from 'zod';
import { canonicalDecimal } from '../domain/money.ts';
import type { ReportCall } from '../domain/report-calls.ts';
import { FatalError } from '../errors.ts';
import type { Cell } from '../mirror/mirror.ts';
import type { Column } from '../resources/resource.ts';

const cellSchema = z.object({
  Value: z.string().nullish(),
  Attributes: z.array(z.object({ Id: z.string().nullish(), Value: z.string().nullish() })).nullish(),
});
const rowSchema = z.object({
  RowType: z.string(),
  Title: z.string().nullish(),
  Cells: z.array(cellSchema).nullish(),
  get Rows() {
    return z.array(rowSchema).nullish();
  },
});
const reportSchema = z.object({ Rows: z.array(rowSchema) });
type RawRow = z.infer<typeof rowSchema>;

export interface Account {
  code: string;
  name: string;
  type: string;
}

/** One call of the report with the text of its answer. */
export interface Answer {
  call: ReportCall;
  raw: string;
}

export interface TableRow {
  /** The same for the same row whatever period is asked. */
  key: string;
  cells: ReadonlyMap<string, Cell>;
}

export interface ReportTable {
  /** What `months` stands for; empty for a report without months. */
  months: Column[];
  rows: TableRow[];
  /** Figures that were there but are no numbers. */
  unreadable: number;
}

export type ReportRows = (answers: readonly Answer[], accounts: ReadonlyMap<string, Account>) => ReportTable;

/** A row of a report with its section; `accountId` is empty for totals. */
export interface ReportLine {
  section: string;
  label: string;
  accountId: string;
  /** Every cell but the first. */
  figures: string[];
}

/** How many figure columns an answer has to have, and for whom: `what` is the report's label. */
export interface Expected {
  what: string;
  columns: number;
  /** Why so many. */
  because: 'expected' | 'asked for';
}

/**
 * The lines of an answer in its own order, without headers and empty headings. The same line has one key in every answer.
 * Another number of figure columns than must be is FatalError `XERO_PAGE_UNREADABLE`.
 */
export function linesOf(
  raw: string,
  { what, columns, because }: Expected,
): Array<{ key: string; line: ReportLine }> {
  const { Rows } = reportSchema.parse(JSON.parse(raw));
  const found = (Rows.find((row) => row.RowType === 'Header')?.Cells?.length ?? 1) - 1;
  if (found !== columns)
    throw new FatalError('XERO_PAGE_UNREADABLE', {
      what,
      problem: `${columns} columns were ${because}, ${found} came`,
    });
  const times = new Map<string, number>();
  return Rows.flatMap((row) => linesUnder(row, '')).map((line) => {
    const name = line.accountId === '' ? `total:${line.section}/${line.label}` : line.accountId;
    const time = (times.get(name) ?? 0) + 1;
    times.set(name, time);
    return { key: time === 1 ? name : `${name}#${time}`, line };
  });
}

function linesUnder(row: RawRow, section: string): ReportLine[] {
  if (row.RowType === 'Header') return [];
  if (row.RowType === 'Section')
    return (row.Rows ?? []).flatMap((inner) => linesUnder(inner, (row.Title ?? '').trim() || section));
  const [first, ...rest] = row.Cells ?? [];
  const label = (first?.Value ?? '').trim();
  if (label === '' && rest.every((cell) => (cell.Value ?? '') === '')) return [];
  const accountId = first?.Attributes?.find(({ Id }) => Id === 'account' || Id === 'accountID')?.Value ?? '';
  return [{ section, label, accountId, figures: rest.map((cell) => (cell.Value ?? '').trim()) }];
}

/** Names a line's account from the chart of accounts, else by the label that Xero printed. */
export function accountCells(
  line: ReportLine,
  accounts: ReadonlyMap<string, Account>,
): Array<[string, Cell]> {
  const account = accounts.get(line.accountId);
  return [
    ['section', line.section],
    ['account-code', account?.code ?? ''],
    ['account', account?.name ?? line.label],
    ['account-type', account?.type ?? ''],
    ['account-id', line.accountId],
    ['kind', line.accountId === '' ? 'total' : 'account'],
  ];
}

/** A figure as plain decimal text; undefined when it is none. */
export const figureOf = (text: string): string | undefined => (text === '' ? '0' : canonicalDecimal(text));

/** Stands for a report's months, as many as it has. */
export const monthsColumn = (label: string): Column => ({
  key: 'months',
  label,
  type: 'money',
  path: '',
  isDefault: true,
});

/** The columns that every report has before its figures, and after them. */
export const reportColumns = (figures: readonly Column[]): readonly Column[] => [
  { key: 'section', label: 'Section', type: 'text', path: '', isDefault: true },
  { key: 'account-code', label: 'Account code', type: 'text', path: '', isDefault: true },
  { key: 'account', label: 'Account', type: 'text', path: '', isDefault: true },
  ...figures,
  { key: 'account-type', label: 'Account type', type: 'text', path: '', isDefault: false },
  { key: 'kind', label: 'Kind of row', type: 'text', path: '', isDefault: false },
  { key: 'account-id', label: 'Account ID', type: 'text', path: '', isDefault: false },
  { key: 'row-key', label: 'Row key', type: 'text', path: '', isDefault: false },
];

/** Reads a report of the sandbox into what tests ask of it. */

import type { Caller } from '../caller.ts';
import { scaled } from '../exact.ts';

export interface WireRow {
  RowType: string;
  Title?: string;
  Rows?: WireRow[];
  Cells?: { Value: string; Attributes?: { Id: string; Value: string }[] }[];
}

export interface WireReport {
  ReportName: string;
  ReportTitles: string[];
  Rows: WireRow[];
}

export async function readReport(user: Caller, path: string, tenantId?: string): Promise<WireReport> {
  const reply = await user.get(
    `Reports/${path}`,
    tenantId === undefined ? {} : { 'xero-tenant-id': tenantId },
  );
  if (reply.status !== 200) throw new Error(`${path} answered ${reply.status}: ${reply.text}`);
  return reply.json.Reports[0];
}

export const valuesOf = (row: WireRow | undefined): string[] => (row?.Cells ?? []).map(({ Value }) => Value);

/** Rows of sections in order, headers left out. */
export const rowsIn = ({ Rows }: WireReport): WireRow[] => Rows.flatMap((row) => row.Rows ?? []);

export const rowNamed = (report: WireReport, name: string): WireRow | undefined =>
  rowsIn(report).find((row) => valuesOf(row)[0] === name);

export const cents = (value: string | undefined): bigint => scaled(value || '0', 2);

/** The amounts of a row as cents. */
export const amountsOf = (report: WireReport, name: string): bigint[] =>
  valuesOf(rowNamed(report, name)).slice(1).map(cents);

/** Debit less credit, year to date, per account id; lines that stand for several accounts go by their attribute. */
export async function trialBalances(user: Caller, date: string, tenantId?: string, more = '') {
  const report = await readReport(user, `TrialBalance?date=${date}${more}`, tenantId);
  const balances = new Map<string, bigint>();
  for (const row of rowsIn(report)) {
    const id = row.Cells?.[0]?.Attributes?.[0]?.Value;
    const [, , , debit, credit] = valuesOf(row);
    if (id) balances.set(id, cents(debit) - cents(credit));
  }
  return balances;
}

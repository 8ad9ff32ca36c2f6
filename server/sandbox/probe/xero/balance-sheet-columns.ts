/** Which columns a balance sheet has when none are asked for. */
import { finding, type Probe } from '../probe.ts';
import type { XeroAsker } from '../xero-asker.ts';

export const balanceSheetColumns: Probe<XeroAsker> = {
  name: 'balance-sheet-columns',
  rules: ['xero-balance-sheet-comparative'],
  asks: 'The balance sheet of 31 October 2026 without periods, and its header.',
  expects: 'Two columns: that day, and the same day a year before.',
  calls: 1,
  async run({ get }) {
    const { status, json } = await get('Reports/BalanceSheet?date=2026-10-31');
    const [report] = (json['Reports'] ?? []) as { Rows?: { Cells?: { Value?: string }[] }[] }[];
    // Dates of the header are of our own asking, so they may be told.
    const header = (report?.Rows?.[0]?.Cells ?? [])
      .map(({ Value = '' }) => Value)
      .filter((text) => text !== '');
    return finding(
      header.length === 2 && /2026/.test(header[0] ?? '') && /2025/.test(header[1] ?? ''),
      `It is ${status} with ${header.length} columns: ${header.filter((text) => /^[\dA-Za-z ]*\d{4}$/.test(text)).join(', ')}.`,
    );
  },
};
